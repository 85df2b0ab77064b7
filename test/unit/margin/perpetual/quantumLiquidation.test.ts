import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillablePrice } from '../../../../subgraphs/margin/domain/perpetual/quantum/fillablePrice.js';
import { insuranceFundDelta } from '../../../../subgraphs/margin/domain/perpetual/quantum/insuranceFundDelta.js';
import {
  accountRequirement,
  netCollateral,
} from '../../../../subgraphs/margin/domain/perpetual/quantum/quantumAccount.js';
import { quantumBankruptcyPrice } from '../../../../subgraphs/margin/domain/perpetual/quantum/quantumBankruptcyPrice.js';
import { account, bitcoin, BITCOIN, ether, held, unit, USDC } from './quantumBooks.js';

const QUARTER = BITCOIN / 4n;
const ETHER = 1_000_000_000n;

const sell = (quantums: bigint) => ({ perpetualId: 0, deltaQuantums: -quantums });
const buy = (quantums: bigint) => ({ perpetualId: 0, deltaQuantums: quantums });
const priceOf = (quoteQuantums: bigint) => ({ kind: 'price', quoteQuantums });
const none = (reason: string) => ({ kind: 'none', reason });

describe('quantumBankruptcyPrice', () => {
  it('is what an account owes, when all that it has is closed', () => {
    const long = account(-9_800n * USDC, held(0, bitcoin, QUARTER));
    const short = account(10_200n * USDC, held(0, bitcoin, -QUARTER));

    expect(quantumBankruptcyPrice(long, sell(QUARTER))).toEqual(priceOf(9_800n * USDC));
    expect(quantumBankruptcyPrice(short, buy(QUARTER))).toEqual(priceOf(-10_200n * USDC));
  });

  it('shares what is left by maintenance margin', () => {
    // 10,000 + 2,000 − 11,800 leaves 200; the bitcoins maintain 300 of 400, so 150 of it is theirs.
    const both = account(-11_800n * USDC, held(0, bitcoin, QUARTER), held(1, ether, ETHER));
    expect(quantumBankruptcyPrice(both, sell(QUARTER))).toEqual(priceOf(9_850n * USDC));
  });

  it('shares it by size when a part is closed', () => {
    const long = account(-9_800n * USDC, held(0, bitcoin, QUARTER));
    expect(quantumBankruptcyPrice(long, sell(QUARTER / 5n))).toEqual(priceOf(1_960n * USDC));
  });

  it('is above the worth of what an account sells that is already bankrupt', () => {
    const long = account(-10_100n * USDC, held(0, bitcoin, QUARTER));
    expect(quantumBankruptcyPrice(long, sell(QUARTER))).toEqual(priceOf(10_100n * USDC));
  });

  it('is negative when no price takes what the account has', () => {
    const long = account(50n * USDC, held(0, bitcoin, QUARTER));
    expect(quantumBankruptcyPrice(long, sell(QUARTER))).toEqual(priceOf(-50n * USDC));
  });

  it('rounds up, of a sale and of a purchase', () => {
    // A third of a net worth of ±1 is shared: ±0.33 rounds down to 0 and to −1 before it is taken off.
    const market = unit(1_000_000n, 1_000_000n);
    expect(quantumBankruptcyPrice(account(-2n, held(0, market, 3n)), sell(1n))).toEqual(
      priceOf(1n),
    );
    expect(quantumBankruptcyPrice(account(-4n, held(0, market, 3n)), sell(1n))).toEqual(
      priceOf(2n),
    );
    expect(quantumBankruptcyPrice(account(4n, held(0, market, -3n)), buy(1n))).toEqual(
      priceOf(-1n),
    );
    expect(quantumBankruptcyPrice(account(2n, held(0, market, -3n)), buy(1n))).toEqual(priceOf(0n));
  });

  it.each([
    ['of nothing', sell(0n)],
    ['that adds to the position', buy(1n)],
    ['of more than there is', sell(QUARTER + 1n)],
    ['of what is not held', { perpetualId: 7, deltaQuantums: -1n }],
  ])('has no price for a change %s', (_, delta) => {
    const long = account(-9_800n * USDC, held(0, bitcoin, QUARTER));
    expect(quantumBankruptcyPrice(long, delta)).toEqual(none('SIZE_DELTA_INVALID'));
    expect(fillablePrice(long, delta, SPREAD)).toEqual(none('SIZE_DELTA_INVALID'));
  });

  it('has no price where nothing must be maintained', () => {
    const free = account(1n, held(0, unit(0n, 0n), 5n));
    expect(quantumBankruptcyPrice(free, sell(1n))).toEqual(none('NO_REQUIREMENT'));
    expect(fillablePrice(free, sell(1n), SPREAD)).toEqual(none('NO_REQUIREMENT'));
  });

  it('refuses an account that names a perpetual twice', () => {
    const twice = account(0n, held(0, bitcoin, 1n), held(0, bitcoin, 1n));
    expect(() => quantumBankruptcyPrice(twice, sell(1n))).toThrow('positions');
  });
});

/** A tenth of the position's maintenance margin at most. */
const SPREAD = { bankruptcyAdjustmentPpm: 1_000_000n, spreadToMaintenancePpm: 100_000n };

/** Whether a fraction is `quote` quote quantums for a quarter of a bitcoin. */
function expectForQuarter(price: ReturnType<typeof fillablePrice>, quote: bigint): void {
  if (price.kind === 'none') throw new Error(price.reason);
  expect(price.denominator > 0n).toBe(true);
  expect(price.numerator * QUARTER).toBe(quote * price.denominator);
}

describe('fillablePrice', () => {
  it('worsens the oracle price with the shortfall', () => {
    // 200 of 300 is there: a third of a tenth of 300 is 10.
    const long = account(-9_800n * USDC, held(0, bitcoin, QUARTER));
    const short = account(10_200n * USDC, held(0, bitcoin, -QUARTER));

    expectForQuarter(fillablePrice(long, sell(QUARTER), SPREAD), 9_990n * USDC);
    expectForQuarter(fillablePrice(short, buy(QUARTER), SPREAD), 10_010n * USDC);
  });

  it('widens faster with the bankruptcy adjustment', () => {
    const long = account(-9_800n * USDC, held(0, bitcoin, QUARTER));
    const faster = { ...SPREAD, bankruptcyAdjustmentPpm: 1_500_000n };
    expectForQuarter(fillablePrice(long, sell(QUARTER), faster), 9_985n * USDC);
  });

  it('is the oracle price at the requirement and above', () => {
    const safe = account(-9_000n * USDC, held(0, bitcoin, QUARTER));
    expectForQuarter(fillablePrice(safe, sell(QUARTER), SPREAD), 10_000n * USDC);
  });

  it('is at most the widest spread away, however bankrupt the account', () => {
    const bankrupt = account(-20_000n * USDC, held(0, bitcoin, QUARTER));
    expectForQuarter(fillablePrice(bankrupt, sell(QUARTER), SPREAD), 9_970n * USDC);
  });

  it('rates the account, and spreads by the position', () => {
    // 100 of 400 is there: three quarters of a tenth of the bitcoins' 300 is 22.5.
    const both = account(-11_900n * USDC, held(0, bitcoin, QUARTER), held(1, ether, ETHER));
    expectForQuarter(fillablePrice(both, sell(QUARTER), SPREAD), 9_977_500_000n);
  });
});

describe('insuranceFundDelta', () => {
  const fill = {
    quoteQuantums: 9_820n * USDC,
    bankruptcyQuoteQuantums: 9_800n * USDC,
    liquidationFeePpmMax: 5_000n,
  };

  it('takes what the fill brings above bankruptcy', () => {
    expect(insuranceFundDelta(fill)).toBe(20n * USDC);
  });

  it('takes no more than the fee, cut to a whole quantum', () => {
    // Half a per cent of 9,900 is 49.5, and of 9,900.000199 the same.
    expect(insuranceFundDelta({ ...fill, quoteQuantums: 9_900n * USDC })).toBe(49_500_000n);
    expect(insuranceFundDelta({ ...fill, quoteQuantums: 9_900_000_199n })).toBe(49_500_000n);
  });

  it('takes of a purchase as of a sale', () => {
    const purchase = {
      ...fill,
      quoteQuantums: -10_000n * USDC,
      bankruptcyQuoteQuantums: -10_200n * USDC,
    };
    expect(insuranceFundDelta(purchase)).toBe(50n * USDC);
  });

  it('pays the whole loss of a fill that is worse than bankruptcy', () => {
    expect(insuranceFundDelta({ ...fill, quoteQuantums: 9_000n * USDC })).toBe(-800n * USDC);
  });
});

const bookCases = fc.record({
  balance: fc.bigInt(-(10n ** 12n), 10n ** 12n),
  bitcoins: fc.bigInt(-(10n ** 9n), 10n ** 9n).filter((size) => size !== 0n),
  ethers: fc.bigInt(-(10n ** 11n), 10n ** 11n),
  share: fc.bigInt(1n, 1_000n),
});

describe('a liquidation at the bankruptcy price, for any account', () => {
  it('leaves collateral over requirement no worse than it was', () => {
    fc.assert(
      fc.property(bookCases, ({ balance, bitcoins, ethers, share }) => {
        const before = account(balance, held(0, bitcoin, bitcoins), held(1, ether, ethers));
        const delta = { perpetualId: 0, deltaQuantums: -((bitcoins * share) / 1_000n) };
        const outcome = quantumBankruptcyPrice(before, delta);
        fc.pre(outcome.kind === 'price');
        const after = account(
          balance + outcome.quoteQuantums,
          held(0, bitcoin, bitcoins + delta.deltaQuantums),
          held(1, ether, ethers),
        );
        const required = accountRequirement(before).maintenance;
        expect(
          netCollateral(after) * required >=
            netCollateral(before) * accountRequirement(after).maintenance,
        ).toBe(true);
      }),
    );
  });

  it('is never above the oracle price of what a solvent account sells', () => {
    fc.assert(
      fc.property(bookCases, ({ balance, bitcoins, share }) => {
        const size = bitcoins < 0n ? -bitcoins : bitcoins;
        const book = account(balance, held(0, bitcoin, size));
        fc.pre(netCollateral(book) >= 0n);
        const part = (size * share) / 1_000n;
        const outcome = quantumBankruptcyPrice(book, sell(part));
        fc.pre(outcome.kind === 'price');
        // A quantum of bitcoin is worth 400 of the quote.
        expect(outcome.quoteQuantums <= part * 400n).toBe(true);
      }),
    );
  });
});
