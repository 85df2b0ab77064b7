/** Accounts over one chain of instruments, as an engine that serves many of them sees them. */

import type { RiskBook, UnderlyingRisk } from '../../../subgraphs/margin/domain/risk/riskBook.js';
import { optionBook } from './optionBook.js';

export interface AccountUniverse {
  /** Every instrument, as one book. */
  readonly whole: UnderlyingRisk;
  /** Each holds some of them, in its own quantities. */
  readonly accounts: readonly RiskBook[];
}

/** Each account holds `positions` of 200 options and 20 perpetuals. */
export function accountUniverse(
  accounts: number,
  positions: number,
  random: () => number,
): AccountUniverse {
  const book = optionBook(200, 20, random);
  const whole = book.underlyings[0]!;
  const account = (): RiskBook => {
    const chosen = new Set<number>();
    while (chosen.size < positions) chosen.add(Math.floor(random() * book.lines.length));
    const held = <Held extends { line: number; quantity: number }>(all: readonly Held[]) =>
      all
        .filter(({ line }) => chosen.has(line))
        .map((one) => ({ ...one, quantity: 4 * random() - 2 }));
    const underlying = { ...whole, options: held(whole.options), futures: held(whole.futures) };
    return { ...book, underlyings: [underlying] };
  };
  return { whole, accounts: Array.from({ length: accounts }, account) };
}
