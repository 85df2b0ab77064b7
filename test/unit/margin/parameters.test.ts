import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash } from '../../../subgraphs/margin/domain/canonicalJson.js';
import {
  standardParameters,
  standardParametersInForce,
  standardParametersNamed,
} from '../../../subgraphs/margin/parameters/standardParameters.js';
import { ratio, usd } from '../../../subgraphs/shared/units.js';

const read = (name: string) =>
  readFileSync(
    new URL(`../../../subgraphs/margin/parameters/${name}.json`, import.meta.url),
    'utf8',
  );
const text = read('standard-2');

describe('standardParameters', () => {
  it('are named by the SHA-256 of their canonical JSON', () => {
    const canonical = canonicalJson(JSON.parse(text) as never);

    expect(standardParametersInForce()).toMatchObject({
      name: 'standard-2',
      hash: createHash('sha256').update(canonical).digest('hex'),
      effectiveFrom: new Date('2026-11-22T00:00:00Z'),
    });
  });

  it('keep their hash when the file is laid out anew, and lose it with any other number', () => {
    const { hash } = standardParameters(text);

    expect(standardParameters(JSON.stringify(JSON.parse(text))).hash).toBe(hash);
    expect(standardParameters(text.replace('"0.066"', '"0.067"')).hash).not.toBe(hash);
  });

  it('keep the first set as it was: without offsets, under the hash that its results name', () => {
    const first = standardParametersNamed('standard-1');

    expect(first).toMatchObject({
      hash: 'b9891e13c3cc41d419c4baae6bc3237c4378515b803f48fe63f69974a56ba4bd',
      effectiveFrom: new Date(0),
      rules: { spreads: null, confidence: null, depeg: null },
    });
    const { futures, shortOptions } = standardParameters(text).rules;
    expect(first.rules).toMatchObject({ futures, shortOptions });
  });

  it('read the rules of Regulation T in place of those of Derive', () => {
    expect(standardParametersNamed('standard-cboe-1').rules.shortOptions).toEqual({
      source: 'CBOE',
      spot: ratio('0.2'),
      callSpotMin: ratio('0.1'),
      putStrikeMin: ratio('0.1'),
    });
  });

  it('read caps of open interest, in order, and never beside a ladder', () => {
    const capped = (caps: string) =>
      standardParameters(text.replace('"others": {', `"others": { "openInterest": ${caps},`));
    const caps = '{ "lower": "10000000", "upper": "20000000" }';

    expect(capped(caps).rules.futures.others.openInterest).toEqual({
      lower: usd('10000000'),
      upper: usd('20000000'),
    });
    expect(() => capped('{ "lower": "2", "upper": "2" }')).toThrow(
      'the upper cap of open interest is not above the lower one',
    );
    const ladder = '"ladder": { "perUnit": "0.00005", "rateMax": "0.5" }';
    expect(() => capped(`${caps}, ${ladder}`)).toThrow('and not with both');
  });

  it('read a ladder of rates by size', () => {
    const laddered = text.replace(
      '"others": {',
      '"others": { "ladder": { "perUnit": "0.00005", "rateMax": "0.5" },',
    );
    expect(standardParameters(laddered).rules.futures.others.ladder).toEqual({
      perUnit: ratio('0.00005'),
      rateMax: ratio('0.5'),
    });
    expect(() => standardParameters(laddered.replace('"0.5"', '"0.05"'))).toThrow(
      'the rate that the ladder ends at is below the initial rate',
    );
  });

  it.each([
    ['"call": "1.10"', '"call": "1.16"', 'levels must rise'],
    ['"initial": "0.1"', '"initial": "0.01"', 'the initial rate is below the maintenance rate'],
    ['"initialSpot": "0.15"', '"initialSpot": 0.15', 'expected string'],
    ['"initialSpot": "0.15"', '"initialSpot": "-0.15"', 'not negative'],
    ['"priceAgeMsMax": 10000', '"priceAgeMax": 10000', 'Unrecognized key'],
    ['"unpairedInitial": "1.2"', '"unpairedInitial": "1"', 'less initial than maintenance'],
    ['"threshold": "0.99"', '"threshold": "x"', 'a price such as'],
    ['"2026-11-22"', '"22 November"', 'a day such as'],
    ['"shortOptions"', '"someOptions"', 'one of shortOptions and cboeShortOptions'],
    [
      '"spreads"',
      '"cboeShortOptions": { "spot": "1", "callSpotMin": "1", "putStrikeMin": "1" }, "spreads"',
      'one of shortOptions and cboeShortOptions, and not both',
    ],
  ])('are refused with %s changed to %s', (before, after, message) => {
    expect(text).toContain(before);
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
