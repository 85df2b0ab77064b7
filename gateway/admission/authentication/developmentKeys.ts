/**
 * An identity provider for one machine: a key pair in a file, that tokens for trying things out are
 * signed with. Who can read the file can be anybody, so production trusts a real provider instead.
 */

import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
} from 'jose';

export const DEVELOPMENT_ISSUER = 'margin-graph-development';
export const DEVELOPMENT_AUDIENCE = 'margin-graph';

export interface DevelopmentToken {
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Whole seconds, from when it is signed. */
  readonly ttlSeconds: number;
}

const ALGORITHM = 'EdDSA';
const FILE = 'development-key.json';
/** Its owner may read and write it. */
const PRIVATE_MODE = 0o600;

export class DevelopmentKeys {
  readonly issuer = DEVELOPMENT_ISSUER;
  readonly audience = DEVELOPMENT_AUDIENCE;

  private constructor(
    /** Where the key pair is. */
    readonly file: string,
    /** Whether the key pair was made by this call, and so is new to everybody. */
    readonly wasMade: boolean,
    /** The public key, for who checks tokens. */
    readonly jwks: JSONWebKeySet,
    private readonly privateKey: CryptoKey,
    private readonly keyId: string,
    private readonly now: () => number,
  ) {}

  /**
   * The key pair in the folder, made when there is none; processes that open a new folder together
   * get the same one. `now` is in ms since 1970. Rejects with a message for people where the file
   * cannot be written, or holds something else.
   */
  static async open(folder: string, now: () => number): Promise<DevelopmentKeys> {
    const file = join(folder, FILE);
    const wasMade = !(await exists(file)) && (await make(folder, file));
    try {
      await keepPrivate(file);
      const pair = JSON.parse(await readFile(file, 'utf8')) as JWK;
      const privateKey = (await importJWK(pair, ALGORITHM)) as CryptoKey;
      if (privateKey.type !== 'private') throw new Error('it holds no private key');
      const keyId = await calculateJwkThumbprint(pair);
      const { kty, crv, x } = pair;
      const jwks = { keys: [{ kty, crv, x, kid: keyId, alg: ALGORITHM, use: 'sig' } as JWK] };
      return new DevelopmentKeys(file, wasMade, jwks, privateKey, keyId, now);
    } catch (cause) {
      const { message } = cause as Error;
      throw new Error(
        `The development key ${file} cannot be used: ${message}. Remove it, and another is made.`,
        { cause },
      );
    }
  }

  /** A token for this service's gateway, in the form that `TokenVerifier` asks for. */
  sign({ subject, scopes, ttlSeconds }: DevelopmentToken): Promise<string> {
    const issuedAt = Math.floor(this.now() / 1_000);
    return new SignJWT({ scope: scopes.join(' ') })
      .setProtectedHeader({ alg: ALGORITHM, kid: this.keyId, typ: 'at+jwt' })
      .setIssuer(this.issuer)
      .setAudience(this.audience)
      .setSubject(subject)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ttlSeconds)
      .sign(this.privateKey);
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/**
 * False when another process was first. The file appears under its name with all its content, and
 * never replaces one that is there: that is what `link` does, and neither writing nor renaming.
 */
async function make(folder: string, file: string): Promise<boolean> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const text = `${JSON.stringify(await exportJWK(privateKey))}\n`;
  const draft = `${file}.${randomUUID()}`;
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(draft, text, { mode: PRIVATE_MODE, flag: 'wx', flush: true });
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Copying a folder may have opened the file to others. */
async function keepPrivate(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) await chmod(file, PRIVATE_MODE);
}
