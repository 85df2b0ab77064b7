import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountScan, holdings } from '../../../../subgraphs/margin/domain/scenario/accountScan.js';
import { preparedScan } from '../../../../subgraphs/margin/domain/scenario/preparedScan.js';
import { riskArrays } from '../../../../subgraphs/margin/domain/scenario/riskArrays.js';
import { scanProfits } from '../../../../subgraphs/margin/domain/scenario/scan.js';
import { scanMarket } from '../../../../subgraphs/margin/domain/scenario/scanMarket.js';
import {
  anyUnderlying,
  call,
  fullScan,
  perpetual,
  put,
  roundingOf,
  scaledBy,
  underlying,
} from './riskBooks.js';

describe('accountScan', () => {
  it('comes to what the full revaluation comes to', () => {
    const scans = fc.constantFrom(
      fullScan,
      { ...fullScan, numeraire: 'UNDERLYING' as const },
      { ...fullScan, shockOf: 'INDEX' as const, profitShare: 0.5 },
    );
    fc.assert(
      fc.property(anyUnderlying, scans, (book, scan) => {
        const full = scanProfits(preparedScan(scan, book));
        const arrays = riskArrays(scanMarket(scan, book));
        const fast = accountScan(arrays.market, holdings(arrays, book));
        const apart = fast.map((profit, s) => Math.abs(profit - (full[s] ?? NaN)));
        expect(Math.max(...apart)).toBeLessThanOrEqual(roundingOf(book));
      }),
    );
  });

  it('serves other accounts of the same instruments without pricing them again', () => {
    const book = underlying({ options: [call(1), put(2)], futures: [perpetual(1)] });
    const arrays = riskArrays(scanMarket(fullScan, book));
    const first = holdings(arrays, book);
    const other = holdings(arrays, scaledBy(-3, book));

    expect(other[0]?.array).toBe(first[0]?.array);
    expect(other[1]?.array).toBe(first[1]?.array);
    expect(first[0]?.array).not.toBe(first[1]?.array);
  });

  it('follows a price by taking the new array of what moved', () => {
    const [held, moved] = [call(1), put(-2, { strike: 90 })];
    const after = { ...moved, volatility: 0.8 };
    const arrays = riskArrays(scanMarket(fullScan, underlying()));
    const kept = holdings(arrays, underlying({ options: [held, moved] })).slice(0, 1);
    const taken = holdings(arrays, underlying({ options: [after] }));

    const incremental = accountScan(arrays.market, [...kept, ...taken]);
    const full = scanProfits(preparedScan(fullScan, underlying({ options: [held, after] })));
    const apart = incremental.map((profit, s) => Math.abs(profit - (full[s] ?? NaN)));
    expect(Math.max(...apart)).toBeLessThan(1e-10);
  });
});
