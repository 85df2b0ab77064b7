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
        fast.forEach((profit, s) => {
          expect(Math.abs(profit - full[s]!)).toBeLessThanOrEqual(roundingOf(book));
        });
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
    const before = underlying({ options: [call(1), put(-2, { strike: 90 })] });
    const [held, moved] = before.options as [
      (typeof before.options)[0],
      (typeof before.options)[0],
    ];
    const after = { ...before, options: [held, { ...moved, volatility: 0.8 }] };
    const arrays = riskArrays(scanMarket(fullScan, before));
    const [kept] = holdings(arrays, before);
    const [array] = arrays.options([after.options[1]!]);

    const incremental = accountScan(arrays.market, [kept!, { quantity: -2, array: array! }]);
    const full = scanProfits(preparedScan(fullScan, after));
    expect([...incremental]).toEqual([...full].map((profit) => expect.closeTo(profit, 10)));
  });
});
