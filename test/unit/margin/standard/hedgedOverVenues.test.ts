import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hedgedOverVenues } from '../../../../subgraphs/margin/domain/standard/hedgedOverVenues.js';
import { quantity } from '../../../../subgraphs/shared/units.js';
import { anyOptions } from './arbitraryOptions.js';
import { call, put } from './standardPositions.js';

describe('hedgedOverVenues', () => {
  it('is nothing at one venue, however well hedged', () => {
    const spread = [call({ units: '-3', strike: '1800' }), call({ units: '3', strike: '2000' })];

    expect(hedgedOverVenues(spread)).toEqual(quantity('0'));
  });

  it('is what a long at one venue gains for a short at another', () => {
    const short = call({ units: '-3', strike: '1800' });
    const long = call({ units: '2', strike: '2000', venue: 'okx:7' });

    expect(hedgedOverVenues([short, long])).toEqual(quantity('2'));
  });

  it('looks at settlement below every strike', () => {
    const short = put({ units: '-2', strike: '1800' });
    const long = put({ units: '2', strike: '1800', venue: 'okx:7' });

    expect(hedgedOverVenues([short, long])).toEqual(quantity('2'));
  });

  it('counts puts against calls, where both pay', () => {
    // Between 1 800 and 2 200, a falling price costs the short put what the short calls gain.
    const shortPut = put({ units: '-1', strike: '2200' });
    const shortCall = call({ units: '-4', strike: '1800', venue: 'okx:7' });

    expect(hedgedOverVenues([shortPut, shortCall])).toEqual(quantity('1'));
  });

  it('is nothing where one has stopped before the other begins', () => {
    const shortPut = put({ units: '-1', strike: '1800' });
    const shortCall = call({ units: '-4', strike: '2200', venue: 'okx:7' });

    expect(hedgedOverVenues([shortPut, shortCall])).toEqual(quantity('0'));
  });

  it('takes both legs of one strike at once', () => {
    // Above 2 000 the venues are flat; halfway through the strike they would not be.
    const flat = (venue: string, id: string) => [
      call({ units: '1', strike: '2000', venue, id: `${id} long` }),
      call({ units: '-1', strike: '2000', venue, id: `${id} short` }),
    ];
    const [longA, shortA] = flat('deribit:1', 'a');
    const [longB, shortB] = flat('okx:7', 'b');
    if (!longA || !shortA || !longB || !shortB) throw new Error('four legs');

    expect(hedgedOverVenues([longA, shortB, shortA, longB])).toEqual(quantity('0'));
  });

  it('does not depend on the order of any options', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        expect(hedgedOverVenues(options.toReversed())).toEqual(hedgedOverVenues(options));
      }),
    );
  });
});
