import { z } from 'zod';
import { openSizeMargin } from '../../../subgraphs/margin/domain/delta/openSize.js';
import type { Comparison } from '../vectorSet.js';
import { printedNumbers, type WorkedExample } from './printed.js';

const inputs = z.object({
  position: z.number(),
  buy_orders: z.number(),
  sell_orders: z.number(),
  imf: z.number(),
  mark: z.number(),
});

const expected = z.strictObject({ net_imr: z.number() });

export const isOpenOrdersExample = ({ inputs: given }: WorkedExample): boolean =>
  'buy_orders' in given && 'imf' in given;

export function openOrdersExample(one: WorkedExample): readonly Comparison[] {
  const { position, buy_orders: buying, sell_orders: selling, ...rest } = inputs.parse(one.inputs);
  const margin = openSizeMargin({ position, buying, selling }, rest.mark, rest.imf);
  return printedNumbers(expected.parse(one.expected), { net_imr: margin });
}
