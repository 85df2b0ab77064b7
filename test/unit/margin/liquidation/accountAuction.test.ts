import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountAfterBid,
  auctionFee,
  bidAt,
  bidderCash,
  bidPrice,
  bufferExcess,
  fractionForSale,
  type AuctionedAccount,
} from '../../../../subgraphs/margin/domain/liquidation/accountAuction.js';
import {
  bidShareAt,
  type AuctionRules,
} from '../../../../subgraphs/margin/domain/liquidation/auctionRules.js';
import { insolventPayment } from '../../../../subgraphs/margin/domain/liquidation/insolventAuction.js';
import { socialisedShare } from '../../../../subgraphs/margin/domain/liquidation/socialisedShare.js';

const rules: AuctionRules = {
  bufferScale: 0.25,
  startShare: 0.9,
  cutOffShare: 0.6,
  fastSeconds: 60,
  slowSeconds: 600,
  insolventSeconds: 100,
  feeShare: 0.1,
};

/** Worth 1,000, and 200 short of its maintenance margin. */
const breached: AuctionedAccount = { markValue: 1_000, maintenanceExcess: -200, reservedCash: 0 };

describe('bidShareAt', () => {
  it.each([
    [0, 0.9],
    [30, 0.75],
    [60, 0.6],
    [360, 0.3],
    [660, 0],
    [100_000, 0],
  ])('after %d seconds is %d', (seconds, share) => {
    expect(bidShareAt(rules, seconds)).toBeCloseTo(share, 12);
  });

  it('skips a phase that has no length', () => {
    expect(bidShareAt({ ...rules, fastSeconds: 0 }, 0)).toBe(0.6);
    expect(bidShareAt({ ...rules, fastSeconds: 0, slowSeconds: 0 }, 0)).toBe(0);
  });

  it.each([
    ['seconds', rules, -1],
    ['seconds', rules, NaN],
    ['startShare', { ...rules, startShare: 1.1 }, 0],
    ['cutOffShare', { ...rules, cutOffShare: 0.91 }, 0],
    ['fastSeconds', { ...rules, fastSeconds: -1 }, 0],
    ['slowSeconds', { ...rules, slowSeconds: NaN }, 0],
  ])('refuses an impossible %s', (field, terms, seconds) => {
    expect(() => bidShareAt(terms, seconds)).toThrow(field);
  });
});

describe('the sale of an account', () => {
  it('buffers the requirement with a share of it', () => {
    // −200 + 0.25 × (−200 − 1,000).
    expect(bufferExcess(breached, rules)).toBe(-500);
  });

  it('offers what brings the buffer back', () => {
    // 500 ÷ (500 + 0.9 × 1,000).
    expect(fractionForSale(breached, rules, 0.9)).toBeCloseTo(500 / 1_400, 12);
  });

  it('leaves reserved cash out of the sale', () => {
    // 500 ÷ (500 + 0.9 × 1,000 + 100 × 0.1), at 0.9 × (1,000 − 100).
    const bidOn = { ...breached, reservedCash: 100 };
    expect(fractionForSale(bidOn, rules, 0.9)).toBeCloseTo(500 / 1_410, 12);
    expect(bidPrice(bidOn, 0.9, 0.5)).toBeCloseTo(405, 12);
  });

  it('offers nothing of an account whose buffer is whole', () => {
    const whole = { ...breached, maintenanceExcess: 200 };
    expect(bufferExcess(whole, rules)).toBe(0);
    expect(fractionForSale(whole, rules, 0.9)).toBe(0);
  });

  it('offers everything where nothing less helps', () => {
    // Owing 300 at −350, each part sold at a share of its value still makes it no better.
    const owing = { markValue: -300, maintenanceExcess: -350, reservedCash: 0 };
    expect(fractionForSale(owing, rules, 1)).toBe(1);
    expect(fractionForSale(breached, rules, 0)).toBe(1);
    const worse = { markValue: -1_000, maintenanceExcess: -1_000, reservedCash: 0 };
    expect(fractionForSale(worse, rules, 1)).toBe(1);
    expect(bidPrice(worse, 1, 1)).toBe(0);
  });

  it('asks a bidder for the price and for the margin of what is taken', () => {
    // 0.9 × 0.2 × 1,000, and a fifth of the 500 that the buffer lacks.
    expect(bidderCash(breached, rules, 0.9, 0.2)).toBeCloseTo(180 + 100, 12);
    const bidOn = { ...breached, reservedCash: 100 };
    expect(bidderCash(bidOn, rules, 0.9, 0.2)).toBeCloseTo(162 + 120, 12);
  });

  it('keeps the price as reserved cash', () => {
    expect(accountAfterBid(breached, 0.2, 180)).toEqual({
      markValue: 980,
      maintenanceExcess: 20,
      reservedCash: 180,
    });
    const again = accountAfterBid(accountAfterBid(breached, 0.2, 180), 0.5, 40);
    // Half of 980 − 180, and of 20 − 180, and 220 beside.
    expect(again).toEqual({ markValue: 620, maintenanceExcess: 140, reservedCash: 220 });
  });

  it('takes a fee of what could be sold undiscounted', () => {
    // 500 ÷ 1,500 of 1,000, and a tenth of that.
    expect(auctionFee(breached, rules)).toBeCloseTo(100 / 3, 12);
    expect(auctionFee({ ...breached, markValue: -1, maintenanceExcess: -500 }, rules)).toBe(0);
  });

  it('quotes a bidder at a time, up to what is for sale', () => {
    // At 60 s 0.6 is paid: 500 ÷ 1,100 of the account for 0.6 of its worth.
    const most = bidAt(breached, rules, { seconds: 60, wanted: 1 });
    expect(most.fraction).toBeCloseTo(5 / 11, 12);
    expect(most.price).toBeCloseTo(3_000 / 11, 12);
    expect(bidAt(breached, rules, { seconds: 60, wanted: 0.1 })).toEqual({
      fraction: 0.1,
      price: 60,
    });
  });

  it.each([
    ['markValue', { ...breached, markValue: NaN }],
    ['maintenanceExcess', { ...breached, maintenanceExcess: -Infinity }],
    ['maintenanceExcess', { ...breached, maintenanceExcess: 1_001 }],
    ['reservedCash', { ...breached, reservedCash: -1 }],
  ])('refuses an impossible %s', (field, account) => {
    expect(() => bufferExcess(account, rules)).toThrow(field);
    expect(() => accountAfterBid(account, 0, 0)).toThrow(field);
    expect(() => bidPrice(account, 1, 1)).toThrow(field);
  });

  it('refuses shares outside 0 to 1, and a price that is no number', () => {
    expect(() => bufferExcess(breached, { ...rules, bufferScale: -1 })).toThrow('bufferScale');
    expect(() => fractionForSale(breached, rules, 1.1)).toThrow('bidShare');
    expect(() => bidPrice(breached, -0.1, 1)).toThrow('bidShare');
    expect(() => bidPrice(breached, 1, 1.1)).toThrow('fraction');
    expect(() => accountAfterBid(breached, -0.1, 0)).toThrow('fraction');
    expect(() => accountAfterBid(breached, 0.1, NaN)).toThrow('price');
    expect(() => bidAt(breached, rules, { seconds: 0, wanted: 2 })).toThrow('wanted');
  });
});

describe('insolventPayment', () => {
  const insolvent = { markValue: -100, maintenanceExcess: -300, reservedCash: 0 };
  const at = (seconds: number, fraction = 1, account: AuctionedAccount = insolvent) =>
    insolventPayment(account, rules, { seconds, fraction });

  it('rises from what is owed to the whole requirement', () => {
    expect([at(0), at(50), at(100), at(1_000)]).toEqual([100, 200, 300, 300]);
  });

  it('is for the part that is taken', () => {
    expect(at(50, 0.25)).toBe(50);
  });

  it('begins at nothing while the account is worth something', () => {
    const worth = { markValue: 40, maintenanceExcess: -300, reservedCash: 0 };
    expect([at(0, 1, worth), at(50, 1, worth)]).toEqual([0, 150]);
  });

  it('pays nothing for an account that lacks nothing', () => {
    expect(at(100, 1, { markValue: 40, maintenanceExcess: 20, reservedCash: 0 })).toBe(0);
  });

  it('refuses impossible times and parts', () => {
    expect(() => at(-1)).toThrow('seconds');
    expect(() => at(1, 1.5)).toThrow('fraction');
    expect(() => at(1, 1, { ...insolvent, markValue: NaN })).toThrow('markValue');
    const never = { ...rules, insolventSeconds: 0 };
    expect(() => insolventPayment(insolvent, never, { seconds: 1, fraction: 1 })).toThrow(
      'insolventSeconds',
    );
  });
});

describe('socialisedShare', () => {
  it('is what a debt takes of every deposit', () => {
    expect(socialisedShare(25, 75)).toBe(0.25);
    expect(socialisedShare(0, 0)).toBe(0);
    expect(socialisedShare(1, 0)).toBe(1);
    expect(() => socialisedShare(-1, 1)).toThrow('debt');
    expect(() => socialisedShare(1, -1)).toThrow('deposits');
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const accounts = fc
  .record({
    markValue: fc.double({ min: 1, max: 1e6, noNaN: true }),
    shortfall: fc.double({ min: 1, max: 1e6, noNaN: true }),
    reserved: share,
  })
  .map(({ markValue, shortfall, reserved }) => ({
    markValue,
    maintenanceExcess: -shortfall,
    reservedCash: reserved * markValue,
  }));

describe('a sale, of any breached account', () => {
  it('ends with a buffer of zero once all that is for sale is sold', () => {
    fc.assert(
      fc.property(accounts, share, (account, bidShare) => {
        const fraction = fractionForSale(account, rules, bidShare);
        fc.pre(fraction < 1);
        const price = bidPrice(account, bidShare, fraction);
        const after = accountAfterBid(account, fraction, price);
        const scale = account.markValue - account.maintenanceExcess;
        expect(Math.abs(bufferExcess(after, rules)) / scale).toBeLessThan(1e-9);
      }),
    );
  });

  it('improves the buffer with every bid, and offers more the less a bidder pays', () => {
    fc.assert(
      fc.property(accounts, share, share, share, (account, a, b, part) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const most = fractionForSale(account, rules, high);
        expect(fractionForSale(account, rules, low)).toBeGreaterThanOrEqual(most - 1e-12);
        const price = bidPrice(account, high, part * most);
        const after = accountAfterBid(account, part * most, price);
        const before = bufferExcess(account, rules);
        expect(bufferExcess(after, rules)).toBeGreaterThanOrEqual(before * (1 + 1e-12));
      }),
    );
  });

  it('comes cheaper as time passes', () => {
    const seconds = fc.double({ min: 0, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const [sooner, later] = [Math.min(a, b), Math.max(a, b)];
        expect(bidShareAt(rules, later)).toBeLessThanOrEqual(bidShareAt(rules, sooner));
      }),
    );
  });
});
