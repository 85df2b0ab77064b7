/** Exchange rates as the pack's market files give them: «20201228 FX/RATE/EUR/USD 1.132337». */

import type { UsdRate } from '../../../subgraphs/margin/domain/sensitivity/crif.js';

const RATE = /^\S+\s+FX\/RATE\/([A-Z]{3})\/([A-Z]{3})\s+(\S+)$/;

/** Directly where quoted, the other way round, or else over one more currency. */
export function usdRates(files: readonly string[]): UsdRate {
  const quotes = new Map<string, number>();
  for (const line of files.flatMap((file) => file.split('\n'))) {
    const [, from = '', into = '', rate] = RATE.exec(line.trim()) ?? [];
    if (rate !== undefined) quotes.set(from + into, Number(rate));
  }
  const currencies = new Set(
    [...quotes.keys()].flatMap((pair) => [pair.slice(0, 3), pair.slice(3)]),
  );
  const direct = (from: string, into: string): number | null => {
    if (from === into) return 1;
    const there = quotes.get(from + into);
    const back = quotes.get(into + from);
    return there ?? (back === undefined ? null : 1 / back);
  };
  return (currency) => {
    const known = direct(currency, 'USD');
    if (known !== null) return known;
    for (const over of currencies) {
      const [first, second] = [direct(currency, over), direct(over, 'USD')];
      if (first !== null && second !== null) return first * second;
    }
    return null;
  };
}
