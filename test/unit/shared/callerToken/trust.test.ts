import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newServiceKeys } from '../../../../cli/start/serviceKeys.js';
import {
  newSigningKeyText,
  signingKeyVariable,
} from '../../../../subgraphs/shared/callerToken/signingKey.js';
import { trustVariables, verifierOf } from '../../../../subgraphs/shared/callerToken/trust.js';

type Environment = Readonly<Record<string, string>>;

const { trusted, gateway } = newServiceKeys();
const read = (environment: Environment) =>
  z.object(trustVariables(environment)).safeParse(environment);

describe('whom a subgraph answers', () => {
  it.each<[string, Environment, boolean]>([
    ['anybody, without keys', {}, true],
    ['who has a key', { TRUSTED_KEYS: trusted }, true],
    ['nobody, in production without keys', { NODE_ENV: 'production' }, false],
    [
      'nobody, in production where signing may not be left out',
      { NODE_ENV: 'production', ALLOW_UNSIGNED: 'false' },
      false,
    ],
    [
      'anybody, in production where that is wished for',
      { NODE_ENV: 'production', ALLOW_UNSIGNED: 'true' },
      true,
    ],
    ['who has a key, in production', { NODE_ENV: 'production', TRUSTED_KEYS: trusted }, true],
    ['nobody, where a word is misspelt', { ALLOW_UNSIGNED: 'yes' }, false],
  ])('is %s', (_, environment, starts) => {
    expect(read(environment).success).toBe(starts);
  });

  it('is said how to set in production', () => {
    const { error } = read({ NODE_ENV: 'production' });
    expect(error?.issues).toMatchObject([
      {
        path: ['TRUSTED_KEYS'],
        message: expect.stringContaining('`npx margin-graph keys`') as string,
      },
    ]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no keys', '{"keys":[]}'],
    ['a private key', JSON.stringify({ keys: [{ ...JSON.parse(gateway), kid: 'a', iss: 'b' }] })],
    ['one key id twice', trusted.replaceAll(/"kid":"[^"]*"/g, '"kid":"same"')],
    ['a key of nobody', trusted.replaceAll('"iss":"gateway"', '"iss":""')],
    ['a key of another kind', trusted.replaceAll('Ed25519', 'X25519')],
  ])('is not read from %s', (_, TRUSTED_KEYS) => {
    const { error } = read({ TRUSTED_KEYS });
    expect(error?.issues).toMatchObject([{ path: ['TRUSTED_KEYS'] }]);
    expect(JSON.stringify(error?.issues)).not.toContain('"d"');
  });

  it('is warned of where it is anybody', () => {
    const warnings: unknown[] = [];
    const log = { warn: (text: unknown) => void warnings.push(text) };
    expect([verifierOf(undefined, 'oracle', log, Date.now), warnings.length]).toEqual([
      undefined,
      1,
    ]);
  });
});

describe('a signing key', () => {
  it('goes by the same name each time that it is read', () => {
    const text = newSigningKeyText();
    const [first, second] = [signingKeyVariable.parse(text), signingKeyVariable.parse(text)];
    expect(first.id).toBe(second.id);
    expect(first.id).toMatch(/^[\w-]{43}$/);
  });

  it.each(['', '{}', newSigningKeyText().replace('"d"', '"e"'), trusted])(
    'is not read from anything else, nor shown: %#',
    (text) => {
      const { error } = signingKeyVariable.safeParse(text);
      expect(error?.issues).toHaveLength(1);
      expect(JSON.stringify(error?.issues)).not.toMatch(/"x"|[\w-]{43}/);
    },
  );
});
