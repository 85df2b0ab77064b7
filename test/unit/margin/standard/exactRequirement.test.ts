import { describe, expect, it } from 'vitest';
import {
  amountOf,
  commonCharge,
  largestOf,
  lineCharge,
  smallestOf,
  sumOf,
} from '../../../../subgraphs/margin/domain/standard/exactRequirement.js';
import { usd } from '../../../../subgraphs/shared/units.js';

const line = (id: string) => ({ venueAccountId: 'a:1', id, kind: 'POSITION' as const });
const [first, second] = [line('1'), line('2')];
const six = lineCharge({ code: 'A', of: 'x', detail: 'why' }, usd('6'), first);
const three = lineCharge({ code: 'B' }, usd('3'), second);
const nine = sumOf({ code: 'BOTH' }, [six, three]);

describe('the tree of an exact requirement', () => {
  it('adds its parts and what each line has in them', () => {
    expect(nine.part).toEqual({
      code: 'BOTH',
      of: null,
      operation: 'SUM',
      factor: null,
      amount: usd('9'),
      detail: null,
      parts: [
        {
          code: 'A',
          of: 'x',
          operation: 'LEAF',
          factor: null,
          amount: usd('6'),
          detail: 'why',
          parts: [],
        },
        three.part,
      ],
    });
    expect(sumOf({ code: 'TWICE' }, [nine, six]).shares()).toEqual(
      new Map([
        [first, usd('12')],
        [second, usd('3')],
      ]),
    );
    expect(amountOf(sumOf({ code: 'NONE' }, []))).toEqual(usd('0'));
  });

  it('splits a common charge as its lines share another', () => {
    const common = commonCharge({ code: 'LOSS' }, usd('1.5'), nine);

    expect(amountOf(common)).toEqual(usd('1.5'));
    expect(common.shares()).toEqual(
      new Map([
        [first, usd('1')],
        [second, usd('0.5')],
      ]),
    );
  });

  it('takes the first of the smallest and of the largest, with its shares', () => {
    const alsoSix = lineCharge({ code: 'C' }, usd('6'), second);

    const least = smallestOf({ code: 'LEAST' }, [nine, six, alsoSix]);
    expect(least.part).toMatchObject({ operation: 'SMALLEST', amount: usd('6') });
    expect(least.part.parts).toHaveLength(3);
    expect(least.shares()).toEqual(new Map([[first, usd('6')]]));

    const most = largestOf({ code: 'MOST' }, [three, six, alsoSix]);
    expect(most.part).toMatchObject({ operation: 'LARGEST', amount: usd('6') });
    expect(most.shares()).toEqual(new Map([[first, usd('6')]]));
  });
});
