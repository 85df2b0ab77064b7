/** Derive's standard margin: cash, options of one expiry, and perpetuals. */

import { z } from 'zod';
import type { RequirementPart } from '../../../subgraphs/margin/domain/marginModel.js';
import { amountOf } from '../../../subgraphs/margin/domain/standard/exactRequirement.js';
import { spreadMargin } from '../../../subgraphs/margin/domain/standard/spreadMargin.js';
import type { StandardBook } from '../../../subgraphs/margin/domain/standard/standardPosition.js';
import { standardRequirement } from '../../../subgraphs/margin/domain/standard/standardRequirement.js';
import type { StandardRules } from '../../../subgraphs/margin/domain/standard/standardRules.js';
import { toFloat } from '../../../subgraphs/shared/units.js';
import { balanceOf, futureOf, optionOf } from '../standardBooks/standardBooks.js';
import type { Comparison } from '../vectorSet.js';
import { printedNumbers, type WorkedExample } from './printed.js';
import { standardExampleRules } from './standardExampleRules.js';

const option = z.object({
  und: z.string(),
  strike: z.number(),
  right: z.enum(['call', 'put']),
  qty: z.number(),
  /** Left out where it decides nothing, as of options that are held. */
  mark: z.number().default(0),
});

const whole = z.object({
  spot: z.record(z.string(), z.number()),
  cash_usdc: z.number(),
  options: z.array(option),
});

/** «ex2 with cash 25000 plus 7 BTC perps, mark 28000, zero uPnL». */
const CHANGED = /^(\w+) with cash ([\d.]+) plus (-?[\d.]+) (\w+) perps?, mark ([\d.]+), zero uPnL$/;

const changed = z.object({ as: z.string().regex(CHANGED) });

const expected = z.strictObject({
  option_im: z.number().optional(),
  option_mm: z.number().optional(),
  isolated_im: z.number().optional(),
  isolated_mm: z.number().optional(),
  max_loss_offset: z.number().optional(),
  IM: z.number().optional(),
  MM: z.number().optional(),
});

export const isStandardExample = ({ model }: WorkedExample): boolean => model === 'SRM';

/** @param all Where an example changes another, that one is among them. */
export function standardExample(
  one: WorkedExample,
  all: readonly WorkedExample[],
): readonly Comparison[] {
  const rules = standardExampleRules(one.inputs);
  const book = bookOf(one, all);
  const both = spreadMargin(book, rules);
  const options = {
    positions: book.positions.filter(({ kind }) => kind === 'OPTION'),
    balances: [],
  };
  const alone = { ...rules, spreads: null };
  return printedNumbers(expected.parse(one.expected), {
    option_im: required(options, rules, 'initialMargin'),
    option_mm: required(options, rules, 'maintenanceMargin'),
    isolated_im: required(options, alone, 'initialMargin'),
    isolated_mm: required(options, alone, 'maintenanceMargin'),
    max_loss_offset: maxLossOf(standardRequirement(options, rules, 'initialMargin').part),
    IM: toFloat(both.initialMargin),
    MM: toFloat(both.maintenanceMargin),
  });
}

/** The document writes what is required as a negative number. */
const required = (
  book: StandardBook,
  rules: StandardRules,
  kind: 'initialMargin' | 'maintenanceMargin',
) => -toFloat(amountOf(standardRequirement(book, rules, kind)));

function maxLossOf({ code, amount, parts }: RequirementPart): number {
  if (code === 'MAX_LOSS') return -toFloat(amount);
  return parts.reduce((sum, part) => sum + maxLossOf(part), 0);
}

function bookOf(one: WorkedExample, all: readonly WorkedExample[]): StandardBook {
  const change = changed.safeParse(one.inputs);
  if (!change.success) return wholeBook(whole.parse(one.inputs));
  const [, name = '', cash, units, underlying = '', mark] = CHANGED.exec(change.data.as) ?? [];
  const base = all.find(({ id }) => id.endsWith(name));
  if (base === undefined) throw new RangeError(`${one.id}: there is no ${name} to change`);
  const book = wholeBook({ ...whole.parse(base.inputs), cash_usdc: Number(cash) });
  const terms = { underlying, units: Number(units), mark: Number(mark), spot: Number(mark) };
  return { ...book, positions: [...book.positions, futureOf({ ...terms, entry: null })] };
}

const wholeBook = ({ spot, cash_usdc: cash, options }: z.infer<typeof whole>): StandardBook => ({
  positions: options.map(({ und, strike, right, qty, mark }) => {
    const index = spot[und];
    if (index === undefined) throw new RangeError(`spot: no ${und}`);
    return optionOf({ underlying: und, type: right, strike, units: qty, mark, spot: index });
  }),
  balances: [balanceOf('USDC', cash, 1, 1, 1)],
});
