import { describe, expect, it } from 'vitest';
import { price, ratio, usd } from '../../../../subgraphs/shared/units.js';
import type { Balance } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { CollateralValue } from '../../../../subgraphs/margin/domain/marginModel.js';
import { collateralExposure } from '../../../../subgraphs/margin/domain/portfolio/collateralExposure.js';
import type {
  CollateralRules,
  CollateralTerms,
} from '../../../../subgraphs/margin/domain/scenario/collateralRules.js';
import { assetQuote, balance, market } from '../books.js';

const terms = (
  maintenanceHaircut: number,
  initialHaircut: number,
  isRiskCancellingOf: string | null = null,
): CollateralTerms => ({ maintenanceHaircut, initialHaircut, isRiskCancellingOf });

const rules: CollateralRules = {
  countedIn: 'USD',
  byAsset: new Map([
    ['BTC', terms(0.1, 0.05, 'BTC')],
    ['WBTC', terms(0.1, 0.05, 'BTC')],
    ['USDT', terms(0.01, 0.02)],
  ]),
  others: terms(0.5, 0.25),
};
const prices = market({
  BTC: assetQuote('60000', { confidence: '0.9' }),
  WBTC: '59000',
  USDT: '0.99',
  SOL: '150',
});
const BTC_PRICE = { price: 60_000, confidence: 0.9 };
const line = { venueAccountId: 'deribit:1', id: 'BTC', kind: 'COLLATERAL' as const };

const worth = (of: Balance, more: Partial<CollateralValue> = {}): CollateralValue => ({
  assetId: of.asset,
  quantity: of.quantity,
  price: price('1'),
  marketValue: usd('0'),
  haircut: ratio('0'),
  creditedValue: usd('0'),
  ...more,
});
const exposureOf = (of: Balance, more: Partial<CollateralValue> = {}, by = rules) =>
  collateralExposure(of, worth(of, more), line, by, prices);

describe('the exposure of a held asset', () => {
  it('is all of it under the haircuts of the rules, where the registry cuts nothing', () => {
    expect(exposureOf(balance('BTC', '2'))).toEqual({
      kind: 'COLLATERAL',
      line,
      underlying: 'BTC',
      risk: {
        asset: 'BTC',
        quantity: 2,
        price: BTC_PRICE,
        isRiskCancelling: true,
        maintenanceHaircut: 0.1,
        initialHaircut: expect.closeTo(0.05, 12) as number,
      },
    });
  });

  it('is what the registry’s haircut leaves, and only what a larger haircut takes beyond it', () => {
    const exposure = exposureOf(balance('BTC', '2'), { haircut: ratio('0.05') });

    // 2 × 0.95; (0.10 − 0.05) ÷ 0.95 for maintenance, (0.15 − 0.05) ÷ 0.95 for both.
    expect(exposure?.risk).toMatchObject({
      quantity: 1.9,
      maintenanceHaircut: expect.closeTo(0.05 / 0.95, 12) as number,
      initialHaircut: expect.closeTo(0.05 / 0.95, 12) as number,
    });
  });

  it('has no further haircut where the registry’s is the larger', () => {
    expect(exposureOf(balance('BTC', '2'), { haircut: ratio('0.2') })?.risk).toMatchObject({
      quantity: 1.6,
      maintenanceHaircut: 0,
      initialHaircut: 0,
    });
  });

  it('hedges the underlying that it moves with', () => {
    expect(exposureOf(balance('WBTC', '2'))).toMatchObject({
      underlying: 'BTC',
      risk: { asset: 'WBTC', isRiskCancelling: true },
    });
  });

  it('hedges nothing under the rule for the rest', () => {
    expect(exposureOf(balance('SOL', '2'))).toMatchObject({
      underlying: 'SOL',
      risk: { isRiskCancelling: false, maintenanceHaircut: 0.5, initialHaircut: 0.25 },
    });
  });

  it('is none for what does not count, whatever its price', () => {
    expect(exposureOf(balance('BTC', '2', { isSettled: false }))).toBe(null);
    expect(exposureOf(balance('BTC', '2', { isCollateral: false }))).toBe(null);
    expect(exposureOf(balance('BTC', '2'), { price: null })).toBe(null);
    expect(exposureOf(balance('BTC', '0'))).toBe(null);
    expect(exposureOf(balance('BTC', '2'), { haircut: ratio('1') })).toBe(null);
  });

  it('is none for what the market does not price, held or owed', () => {
    expect(exposureOf(balance('DOGE', '2'))).toBe(null);
    expect(exposureOf(balance('DOGE', '-2'))).toBe(null);
  });

  it('is none for dollars, unless the rules have terms for them', () => {
    const listed = { ...rules, byAsset: new Map([['USD', terms(0.02, 0)]]) };

    expect(exposureOf(balance('USD', '100'))).toBe(null);
    expect(exposureOf(balance('USD', '100'), {}, listed)).toMatchObject({
      underlying: 'USD',
      risk: { quantity: 100, price: { price: 1, confidence: 1 }, maintenanceHaircut: 0.02 },
    });
  });
});

describe('the exposure of a debt', () => {
  it('is all of it: no haircut makes it smaller, and nothing switches it off', () => {
    const owed = balance('BTC', '-2', { isCollateral: false, isSettled: false });

    expect(exposureOf(owed, { haircut: ratio('0.05'), price: null })).toMatchObject({
      underlying: 'BTC',
      risk: {
        quantity: -2,
        price: BTC_PRICE,
        isRiskCancelling: true,
        maintenanceHaircut: 0.1,
        initialHaircut: 0.05,
      },
    });
  });

  it('moves with no underlying where its terms name none', () => {
    expect(exposureOf(balance('USDT', '-2'))?.risk).toMatchObject({
      isRiskCancelling: false,
      maintenanceHaircut: 0.01,
      initialHaircut: 0.02,
    });
  });

  it('is at risk of its own moves, and of no haircut, where the rules do not list it', () => {
    expect(exposureOf(balance('SOL', '-2'))).toMatchObject({
      underlying: 'SOL',
      risk: { isRiskCancelling: true, maintenanceHaircut: 0, initialHaircut: 0 },
    });
  });
});
