/** Short listed options under Regulation T, checked upstream against Cboe's margin calculator. */

import { z } from 'zod';
import { positionRequirement } from '../../subgraphs/margin/domain/standard/positionRequirement.js';
import { standardParametersNamed } from '../../subgraphs/margin/parameters/standardParameters.js';
import { productExact, quantity, ratio, toFloat } from '../../subgraphs/shared/units.js';
import { casesOfFiles } from './caseFiles.js';
import { exact } from './compare.js';
import { optionOf, priceOf } from './standardBooks/standardBooks.js';
import type { VectorCase, VectorSet } from './vectorSet.js';

const shape = z.object({
  contract_multiplier: z.number(),
  single_leg: z.array(
    z.object({
      id: z.string(),
      right: z.enum(['call', 'put']),
      underlying: z.number(),
      strike: z.number(),
      price: z.number(),
      /** The price that it was opened at, where that is not the current one. */
      entry_price: z.number().optional(),
      quantity: z.number(),
      expected_maint: z.number(),
    }),
  ),
});

type SingleLeg = z.infer<typeof shape>['single_leg'][number];

export const leanCboe: VectorSet = {
  name: 'lean-cboe',
  cases: (directory) =>
    casesOfFiles(directory, '.json', (text) => {
      const { single_leg, contract_multiplier } = shape.parse(JSON.parse(text));
      return single_leg.map((leg) => singleLeg(leg, contract_multiplier));
    }),
};

const { rules } = standardParametersNamed('standard-cboe-1');

const singleLeg = (leg: SingleLeg, multiplier: number): VectorCase => ({
  id: leg.id,
  check() {
    const units = productExact(quantity(String(leg.quantity)), ratio(String(multiplier)));
    if (units === null) throw new RangeError(`${leg.id}: too many digits`);
    const option = {
      ...optionOf({
        underlying: 'ANY',
        type: leg.right,
        strike: leg.strike,
        units: toFloat(units),
        mark: leg.price,
        spot: leg.underlying,
      }),
      entryPrice: leg.entry_price === undefined ? null : priceOf(leg.entry_price),
    };
    const { maintenanceMargin } = positionRequirement(option, rules);
    return [exact('maintenance', leg.expected_maint, toFloat(maintenanceMargin))];
  },
});
