import { describe, expect, it } from 'vitest';
import {
  authorizationOf,
  bearerToken,
} from '../../../../../gateway/admission/authentication/bearerToken.js';

describe('bearerToken', () => {
  it('takes the token out of the header', () => {
    expect(bearerToken('Bearer e30.e30.AAAA')).toBe('e30.e30.AAAA');
  });

  it('takes a header of 8,192 characters, and none that is longer', () => {
    const header = (characters: number) => `Bearer  e30.e30.${'A'.repeat(characters - 16)}`;

    expect(bearerToken(header(8_192))).toHaveLength(8_184);
    expect(() => bearerToken(header(8_193))).toThrow('longer than 8192 characters');
  });

  it('refuses a token whose last character is written in another way', () => {
    // Both `AA` and `AB` are one byte of zeros; only the first is written by who encodes it.
    expect(bearerToken('Bearer e30.e30.AA')).toBe('e30.e30.AA');
    expect(() => bearerToken('Bearer e30.e30.AB')).toThrow('one signed JWT');
  });
});

describe('authorizationOf', () => {
  it.each<[string, string[], string | undefined]>([
    ['nothing where there is none', ['host', 'a', 'x-authorization', 'Bearer x'], undefined],
    ['the header in any spelling', ['host', 'a', 'AuthoriZation', 'Bearer x'], 'Bearer x'],
    ['an empty header, which is not none', ['authorization', ''], ''],
    [
      'two headers as what no token can be',
      ['authorization', 'Bearer x', 'Authorization', 'Bearer y'],
      'Bearer x, Bearer y',
    ],
    ['no value as a name', ['x-name', 'authorization', 'host', 'a'], undefined],
  ])('gives %s', (_name, rawHeaders, expected) => {
    expect(authorizationOf(rawHeaders)).toBe(expected);
  });
});
