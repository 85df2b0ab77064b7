import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portable, restored } from '../../../subgraphs/margin/liquidation/portableInputs.js';
import { price, quantity } from '../../../subgraphs/shared/units.js';
import { NOW } from './books.js';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }), fc.nat({ max: 999_999_999 }))
  .map(([whole, fraction]) => quantity(`${whole}.${String(fraction).padStart(18, '0')}`));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    decimals,
    fc.constant(NOW),
    fc.constant(null),
    fc.string(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('size', 'state', 'venues'), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    fc
      .dictionary(fc.string(), tie('value'), { maxKeys: 3 })
      .map((of) => new Map(Object.entries(of))),
  ),
}));

describe('inputs that are sent to another thread', () => {
  it('arrive as they were', () => {
    const inputs = {
      market: { at: NOW, assets: new Map([['BTC', { price: price('60000.5') }]]) },
      book: { venues: [{ state: null, size: quantity('-0.000000000000000001') }] },
    };

    expect(restored(structuredClone(portable(inputs)))).toEqual(inputs);
  });

  it('arrive as they were, whatever they are', () => {
    fc.assert(
      fc.property(value, (of) => {
        expect(restored(structuredClone(portable(of)))).toEqual(of);
      }),
    );
  });
});
