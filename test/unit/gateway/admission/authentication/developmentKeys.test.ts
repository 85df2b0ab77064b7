import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { decodeJwt, decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DevelopmentKeys } from '../../../../../gateway/admission/authentication/developmentKeys.js';
import { TokenVerifier } from '../../../../../gateway/admission/authentication/tokenVerifier.js';
import { NOW, NOW_S } from './testIssuer.js';

const PROCESS = fileURLToPath(new URL('openDevelopmentKeys.ts', import.meta.url));
const FILE = 'development-key.json';
const now = () => NOW;
const token = { subject: 'ann', scopes: ['read', 'write'], ttlSeconds: 60 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'development-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('DevelopmentKeys', () => {
  it('are made once, in a file for their owner alone and in a folder that may be missing', async () => {
    const data = join(folder, 'new', 'data');
    const made = await DevelopmentKeys.open(data, now);
    const found = await DevelopmentKeys.open(data, now);

    expect([made.wasMade, found.wasMade]).toEqual([true, false]);
    expect(found.jwks).toEqual(made.jwks);
    expect(await readdir(data)).toEqual([FILE]);
    expect(((await stat(made.file)).mode & 0o777).toString(8)).toBe('600');
  });

  it('publish what checks a signature, and nothing that makes one', async () => {
    const { jwks } = await DevelopmentKeys.open(folder, now);

    expect(jwks).toEqual({
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          x: expect.stringMatching(/^[\w-]{43}$/) as string,
          kid: expect.stringMatching(/^[\w-]{43}$/) as string,
          alg: 'EdDSA',
          use: 'sig',
        },
      ],
    });
  });

  it('sign tokens that say who, what and until when', async () => {
    const keys = await DevelopmentKeys.open(folder, now);
    const signed = await keys.sign(token);

    expect(decodeProtectedHeader(signed)).toEqual({
      alg: 'EdDSA',
      kid: keys.jwks.keys[0]?.kid,
      typ: 'at+jwt',
    });
    expect(decodeJwt(signed)).toEqual({
      iss: 'margin-graph-development',
      aud: 'margin-graph',
      sub: 'ann',
      scope: 'read write',
      iat: NOW_S,
      exp: NOW_S + 60,
    });
  });

  it('sign what a gateway that opened them earlier or later takes', async () => {
    const [one, other] = await Promise.all([
      DevelopmentKeys.open(folder, now),
      DevelopmentKeys.open(folder, now),
    ]);
    const { issuer, audience, jwks } = one;
    const verifier = new TokenVerifier({
      issuers: [{ issuer, audiences: [audience], keys: jwks }],
      now,
    });

    expect(await verifier.verify(`Bearer ${await other.sign(token)}`)).toEqual({
      subject: 'ann',
      scopes: new Set(['read', 'write']),
      expiresAt: NOW + 60_000,
    });
  });

  it('are closed to others again when a copy has opened them', async () => {
    const { file } = await DevelopmentKeys.open(folder, now);
    await chmod(file, 0o644);
    await DevelopmentKeys.open(folder, now);

    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'key'],
    ['no key', '{}'],
    ['a secret', '{"kty":"oct","k":"c2VjcmV0"}'],
  ])('are not replaced where their file holds %s, which is said', async (_name, content) => {
    const file = join(folder, FILE);
    await writeFile(file, content);

    await expect(DevelopmentKeys.open(folder, now)).rejects.toThrow(
      new RegExp(`^The development key ${file} cannot be used: .+ Remove it, and another is made`),
    );
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  it('are not used where their file holds a public key only', async () => {
    const { jwks } = await DevelopmentKeys.open(folder, now);
    await writeFile(join(folder, FILE), JSON.stringify(jwks.keys[0]));

    await expect(DevelopmentKeys.open(folder, now)).rejects.toThrow('it holds no private key');
  });
});

describe('DevelopmentKeys, opened by many at once', () => {
  const agreement = (opened: readonly { wasMade: boolean; jwks: JSONWebKeySet }[]) => ({
    makers: opened.filter(({ wasMade }) => wasMade).length,
    keys: new Set(opened.map(({ jwks }) => JSON.stringify(jwks))).size,
  });

  it('are one key pair, of which one opener says that it made it', async () => {
    const opened = await Promise.all(
      Array.from({ length: 20 }, () => DevelopmentKeys.open(folder, now)),
    );
    expect(agreement(opened)).toEqual({ makers: 1, keys: 1 });
    expect(await readdir(folder)).toEqual([FILE]);
  });

  it('are one key pair for two processes too', async () => {
    const children = [1, 2].map(() =>
      spawn(process.execPath, ['--import', 'tsx', PROCESS, folder], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    await Promise.all(children.map(({ stdout }) => once(stdout, 'data')));
    const outputs = children.map(({ stdout }) => text(stdout));
    for (const { stdin } of children) stdin.write('open\n');
    const opened = (await Promise.all(outputs)).map(
      (output) => JSON.parse(output) as { wasMade: boolean; jwks: JSONWebKeySet },
    );

    expect(agreement(opened)).toEqual({ makers: 1, keys: 1 });
  }, 30_000);
});
