import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fixed } from '../../../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import { isolatedDeleveraging } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedDeleveraging.js';
import type {
  IsolatedLedger,
  LedgerChange,
  LedgerRefusal,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedLedger.js';
import { isolatedLiquidation } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedLiquidation.js';
import {
  leverageAdjusted,
  marginAdded,
  marginRemoved,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedMargin.js';
import { marginRatio } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedPosition.js';
import { reduction } from '../../../../subgraphs/margin/domain/perpetual/isolated/positionFill.js';
import { isolatedTrade } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedTrade.js';
import { allMoney, claims, ledgerOf, market } from './isolatedBooks.js';

type Operation = (ledger: IsolatedLedger) => LedgerChange | LedgerRefusal;

const amount = (most: bigint) => fc.bigInt(1n, most * 10n ** 18n);
const id = fc.constantFrom('a', 'b', 'c');
const pair = fc.uniqueArray(id, { minLength: 2, maxLength: 2 }) as fc.Arbitrary<[string, string]>;
const price = amount(100n);
const leverage = fc.constantFrom(3n, 5n, 7n).map((times): Fixed => times * 10n ** 18n);

const trades = fc
  .record({ pair, size: amount(20n), isBuy: fc.boolean(), price, leverage, drift: price })
  .map(
    ({ pair: [makerId, takerId], size, isBuy, drift, ...terms }): Operation =>
      (ledger) =>
        isolatedTrade(ledger, market, {
          ...terms,
          makerId,
          takerId,
          makerSize: isBuy ? size : -size,
          // Near the trade's price, or nothing would pass the margin rules.
          oraclePrice: terms.price + drift / 50n,
        }),
  );

const liquidations = fc.record({ pair, size: amount(20n), leverage, oraclePrice: price }).map(
  ({ pair: [liquidatedId, liquidatorId], ...terms }): Operation =>
    (ledger) =>
      isolatedLiquidation(ledger, market, { ...terms, liquidatedId, liquidatorId }),
);

const deleveragings = fc.record({ pair, size: amount(20n), oraclePrice: price }).map(
  ({ pair: [underwaterId, counterpartyId], ...terms }): Operation =>
    (ledger) =>
      isolatedDeleveraging(ledger, market, { ...terms, underwaterId, counterpartyId }),
);

const owners = fc
  .record({ accountId: id, oraclePrice: price, of: amount(50n), leverage, which: fc.nat(2) })
  .map(({ accountId, oraclePrice, of, leverage: times, which }): Operation => (ledger) => {
    const owner = { accountId, oraclePrice };
    if (which === 0) return marginAdded(ledger, owner, of);
    if (which === 1) return marginRemoved(ledger, market, owner, of);
    return leverageAdjusted(ledger, market, owner, times);
  });

const histories = fc.array(
  fc.oneof({ weight: 3, arbitrary: trades }, liquidations, deleveragings, owners),
  { minLength: 1, maxLength: 40 },
);

const start = ledgerOf({ a: '1000', b: '1000', c: '1000' });

/** Applies what is not refused, and looks at every ledger on the way. */
function played(history: readonly Operation[], look: (ledger: IsolatedLedger) => void): number {
  let ledger = start;
  let changes = 0;
  for (const operation of history) {
    const outcome = operation(ledger);
    if (outcome.kind === 'refused') continue;
    ({ ledger } = outcome);
    changes += 1;
    look(ledger);
  }
  return changes;
}

describe('the ledger of an isolated market, after any operations', () => {
  it('holds the money that it began with, to the last digit', () => {
    let changes = 0;
    fc.assert(
      fc.property(histories, (history) => {
        changes += played(history, (ledger) => expect(allMoney(ledger)).toBe(allMoney(start)));
      }),
    );
    expect(changes).toBeGreaterThan(20);
  });

  it('has as much long as short, and in the market exactly what positions can claim', () => {
    fc.assert(
      fc.property(histories, (history) => {
        played(history, (ledger) => {
          const sizes = [...ledger.accounts.values()].map(({ position }) => position.size);
          expect(sizes.reduce((total, size) => total + size, 0n)).toBe(0n);
          expect(ledger.marketBalance).toBe(claims(ledger));
        });
      }),
    );
  });

  it('has no negative balance, margin or pool', () => {
    fc.assert(
      fc.property(histories, (history) => {
        played(history, ({ accounts, feePool, insurancePool }) => {
          const parts = [...accounts.values()].flatMap(({ bankBalance, position }) => [
            bankBalance,
            position.margin,
            position.entryNotional,
          ]);
          expect([...parts, feePool, insurancePool].every((part) => part >= 0n)).toBe(true);
        });
      }),
    );
  });
});

describe('a reduction, of any position', () => {
  it('never leaves a lower margin ratio', () => {
    const cases = fc.record({
      size: amount(20n),
      isLong: fc.boolean(),
      entryNotional: amount(1_000n),
      margin: amount(200n),
      price,
      share: fc.bigInt(1n, 99n),
    });
    fc.assert(
      fc.property(cases, ({ size, isLong, entryNotional, margin, price: at, share }) => {
        fc.pre(size > 100n);
        const position = { size: isLong ? size : -size, entryNotional, margin, marginShare: 1n };
        const { rest } = reduction(position, (size * share) / 100n);
        expect(marginRatio(rest, at) >= marginRatio(position, at)).toBe(true);
      }),
    );
  });
});
