import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VenueBook } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type {
  MarginExplanation,
  RequirementPart,
} from '../../../../subgraphs/margin/domain/marginModel.js';
import { isolatedMargin } from '../../../../subgraphs/margin/domain/standard/isolatedMargin.js';
import { standardMargin } from '../../../../subgraphs/margin/domain/standard/standardMargin.js';
import { isLess, price, ratio, sum, usd } from '../../../../subgraphs/shared/units.js';
import { books, markets } from '../arbitraryBook.js';
import {
  assetQuote,
  balance,
  book,
  instrumentQuote,
  linear,
  market,
  parameters,
  venue,
} from '../books.js';
import { EXPIRY, leg, okx, prices, spread, withRules } from './standardAccounts.js';

/** The first part of that code, at any depth. */
function partNamed(code: string, tree: RequirementPart): RequirementPart | undefined {
  if (tree.code === code) return tree;
  return tree.parts.map((part) => partNamed(code, part)).find((found) => found !== undefined);
}

describe('the explanation of the standard margin', () => {
  const explained = (venues: readonly VenueBook[], at = prices): MarginExplanation => {
    const found = standardMargin.explain(book(...venues), at, parameters);
    if (found === null) throw new Error('not known');
    return found;
  };

  it('says how the parts make the whole, and what each position has in it', () => {
    const positions = [...spread, linear({ size: '1', entry: '60000' })];
    const { initialMargin, attribution, scenarios, worstScenarios } = explained([
      venue({ positions, balances: [balance('USDT', '9000')] }),
    ]);

    expect(initialMargin).toMatchObject({
      code: 'STANDARD',
      operation: 'SUM',
      amount: usd('4160'),
      parts: [
        {
          code: 'UNDERLYING',
          of: 'BTC',
          parts: [{ code: 'FUTURE', of: 'deribit:1/BTC-LINEAR', amount: usd('3960') }],
        },
        {
          code: 'UNDERLYING',
          of: 'ETH',
          parts: [
            {
              code: 'EXPIRY',
              of: EXPIRY.toISOString(),
              parts: [
                {
                  code: 'OFFSET',
                  operation: 'SMALLEST',
                  amount: usd('200'),
                  parts: [
                    {
                      code: 'ISOLATED',
                      parts: [{ code: 'SHORT_OPTION', of: 'deribit:1/CALL-1800' }],
                    },
                    {
                      code: 'MAX_LOSS',
                      amount: usd('200'),
                      detail: 'At settlement at 2000.',
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(attribution.map(({ id, initialMargin: share }) => [id, share])).toEqual([
      ['BTC-LINEAR', usd('3960')],
      ['CALL-1800', usd('200')],
      ['CALL-2000', usd('0')],
      ['USDT', usd('0')],
    ]);
    expect([scenarios, worstScenarios]).toEqual([[], []]);
  });

  it('says what offsets at several venues cost, and what each venue would require alone', () => {
    const [short, long] = spread;
    const { initialMargin } = explained([
      venue({ positions: [short] }),
      venue({ positions: [long] }, okx),
    ]);

    expect(partNamed('NETTED', initialMargin)?.parts).toMatchObject([
      { code: 'MAX_LOSS', amount: usd('200') },
      {
        // 1 % of the index.
        code: 'VENUE_BASIS',
        amount: usd('20'),
        detail: '1 units are hedged at another venue only.',
      },
    ]);
    expect(partNamed('VENUES_ALONE', initialMargin)?.parts).toMatchObject([
      { code: 'OFFSET', of: 'deribit:1' },
      { code: 'OFFSET', of: 'okx:7' },
    ]);
  });

  it('says how many calls nothing covers', () => {
    const { initialMargin } = explained([venue({ positions: [leg('-3', '1800'), spread[1]] })]);

    expect(partNamed('MAX_LOSS', initialMargin)?.detail).toBe(
      'At settlement at 2000, and 2 calls sold beyond those bought.',
    );
  });

  it('names the charges for doubtful prices', () => {
    const doubting = withRules({
      confidence: { threshold: ratio('0.5'), factor: ratio('1') },
      depeg: {
        currencies: new Set(['USDT']),
        threshold: price('0.99'),
        factor: ratio('2'),
      },
    });
    const doubtful = market(
      { BTC: assetQuote('60000', { confidence: '0.2' }), USDT: '0.9' },
      { 'deribit:BTC-LINEAR': instrumentQuote('60000', 'USDT') },
    );
    const at = venue({
      positions: [linear({ size: '1', entry: '60000' })],
      balances: [balance('BTC', '1')],
    });
    const { initialMargin } = standardMargin.explain(book(at), doubtful, doubting) ?? {};

    expect(initialMargin?.parts).toMatchObject([
      {
        code: 'UNDERLYING',
        parts: [
          { code: 'FUTURE' },
          { code: 'CONFIDENCE', of: 'deribit:1/BTC-LINEAR' },
          { code: 'DEPEG', of: 'deribit:1/BTC-LINEAR' },
        ],
      },
      { code: 'CONFIDENCE', of: 'deribit:1/BTC' },
    ]);
  });

  it('is not there while the margin is not known', () => {
    expect(standardMargin.explain(book(venue({}, { state: null })), prices, parameters)).toBeNull();
  });

  const amountsFollow = ({ operation, amount, parts }: RequirementPart): boolean => {
    if (!parts.every(amountsFollow)) return false;
    const amounts = parts.map((part) => part.amount);
    if (operation === 'LEAF') return parts.length === 0;
    if (operation === 'SUM') return isSame(amount, sum(amounts));
    const isBound = (other: RequirementPart['amount']) =>
      operation === 'SMALLEST' ? !isLess(other, amount) : !isLess(amount, other);
    return amounts.every(isBound) && amounts.some((one) => isSame(one, amount));
  };
  const isSame = (a: RequirementPart['amount'], b: RequirementPart['amount']) =>
    !isLess(a, b) && !isLess(b, a);

  it('equals the margin of any portfolio, part by part and line by line', () => {
    fc.assert(
      fc.property(books, markets, fc.constantFrom(standardMargin, isolatedMargin), (of, at, by) => {
        const { account } = by.evaluate(of, at, parameters);
        const found = by.explain(of, at, parameters);
        if (account.kind === 'unknown' || found === null) {
          expect([account.kind, found]).toEqual(['unknown', null]);
          return;
        }
        for (const kind of ['initialMargin', 'maintenanceMargin'] as const) {
          expect(found[kind].amount).toEqual(account[kind]);
          expect(amountsFollow(found[kind])).toBe(true);
          expect(sum(found.attribution.map((line) => line[kind]))).toEqual(account[kind]);
        }
        const lines = found.attribution.map(({ venueAccountId, id, kind }) =>
          [venueAccountId, id, kind].join(' '),
        );
        expect(new Set(lines).size).toBe(lines.length);
      }),
    );
  });
});
