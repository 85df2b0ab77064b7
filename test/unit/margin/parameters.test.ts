import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash } from '../../../subgraphs/margin/domain/canonicalJson.js';
import {
  standardParameters,
  standardParametersInForce,
} from '../../../subgraphs/margin/parameters/standardParameters.js';

const text = readFileSync(
  new URL('../../../subgraphs/margin/parameters/standard-1.json', import.meta.url),
  'utf8',
);

describe('standardParameters', () => {
  it('are named by the SHA-256 of their canonical JSON', () => {
    const canonical = canonicalJson(JSON.parse(text) as never);

    expect(standardParametersInForce()).toMatchObject({
      name: 'standard-1',
      hash: createHash('sha256').update(canonical).digest('hex'),
    });
  });

  it('keep their hash when the file is laid out anew, and lose it with any other number', () => {
    const { hash } = standardParameters(text);

    expect(standardParameters(JSON.stringify(JSON.parse(text))).hash).toBe(hash);
    expect(standardParameters(text.replace('"0.066"', '"0.067"')).hash).not.toBe(hash);
  });

  it.each([
    ['"call": "1.10"', '"call": "1.16"', 'levels must rise'],
    ['"initial": "0.1"', '"initial": "0.01"', 'the initial rate is below the maintenance rate'],
    ['"initialSpot": "0.15"', '"initialSpot": 0.15', 'expected string'],
    ['"initialSpot": "0.15"', '"initialSpot": "-0.15"', 'not negative'],
    ['"priceAgeMsMax": 10000', '"priceAgeMax": 10000', 'Unrecognized key'],
  ])('are refused with %s changed to %s', (before, after, message) => {
    expect(() => standardParameters(text.replace(before, after))).toThrow(message);
  });
});

describe('canonicalJson', () => {
  it('sorts keys and keeps lists', () => {
    expect(canonicalJson({ b: [2, 1, { d: null, c: 'é"' }], a: true })).toBe(
      '{"a":true,"b":[2,1,{"c":"é\\"","d":null}]}',
    );
  });

  it('says the same as JSON, with one text and one hash for any order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Record<string, never>;
        const reversed = Object.fromEntries(Object.entries(json).reverse());

        expect(JSON.parse(canonicalJson(json))).toEqual(json);
        expect(contentHash(reversed)).toBe(contentHash(json));
      }),
    );
  });
});
