/** Ledgers of an isolated market, and what tests read of them; what a test does not say is harmless. */

import {
  fixed,
  fixedText,
  type Fixed,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/fixed.js';
import {
  accountOf,
  type IsolatedLedger,
  type LedgerChange,
  type LedgerRefusal,
  type RefusalReason,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedLedger.js';
import type { IsolatedMarket } from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedMarket.js';
import {
  FLAT,
  marginShareOf,
  type IsolatedPosition,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedPosition.js';
import {
  isolatedTrade,
  type IsolatedTrade,
} from '../../../../subgraphs/margin/domain/perpetual/isolated/isolatedTrade.js';

/** 10 % to open, 5 % to stay open; the maker pays 1 %, the taker 2 %; a fifth of premiums is insurance. */
export const market: IsolatedMarket = {
  initialMarginRate: fixed('0.1'),
  maintenanceMarginRate: fixed('0.05'),
  makerFeeRate: fixed('0.01'),
  takerFeeRate: fixed('0.02'),
  insurancePoolShare: fixed('0.2'),
  tickSize: fixed('0.01'),
  takeBounds: null,
};

export const ledgerOf = (bankBalances: Readonly<Record<string, string>>): IsolatedLedger => ({
  accounts: new Map(
    Object.entries(bankBalances).map(([id, balance]) => [
      id,
      { bankBalance: fixed(balance), position: FLAT },
    ]),
  ),
  marketBalance: 0n,
  feePool: 0n,
  insurancePool: 0n,
});

/** A thousand each. */
export const opening = ledgerOf({ maker: '1000', taker: '1000', third: '1000' });

interface TradeTerms {
  readonly size: string;
  readonly price: string;
  readonly leverage?: string;
  /** The trade's price unless given. */
  readonly oracle?: string;
  readonly maker?: string;
  readonly taker?: string;
}

/** Between `maker` and `taker` with leverage 5, unless said otherwise; `size` is the maker's. */
export const trade = (terms: TradeTerms): IsolatedTrade => ({
  makerId: terms.maker ?? 'maker',
  takerId: terms.taker ?? 'taker',
  makerSize: fixed(terms.size),
  price: fixed(terms.price),
  leverage: fixed(terms.leverage ?? '5'),
  oraclePrice: fixed(terms.oracle ?? terms.price),
});

export const refusal = (accountId: string, reason: RefusalReason): LedgerRefusal => ({
  kind: 'refused',
  accountId,
  reason,
});

/** Throws when it is refused. */
export function changed(outcome: LedgerChange | LedgerRefusal): LedgerChange {
  if (outcome.kind === 'refused') throw new Error(`${outcome.accountId}: ${outcome.reason}`);
  return outcome;
}

export const traded = (ledger: IsolatedLedger, terms: TradeTerms, at = market): IsolatedLedger =>
  changed(isolatedTrade(ledger, at, trade(terms))).ledger;

/** Maker long two at 50 with a margin of 20, taker short the same. */
export const longTwo = traded(opening, { size: '2', price: '50' });
/** The mirror image. */
export const shortTwo = traded(opening, { size: '-2', price: '50' });

/** An account in decimals. */
export function shown(ledger: IsolatedLedger, accountId: string) {
  const { bankBalance, position } = accountOf(ledger, accountId);
  return {
    bank: fixedText(bankBalance),
    size: fixedText(position.size),
    entry: fixedText(position.entryNotional),
    margin: fixedText(position.margin),
  };
}

/** What the market and its pools hold, in decimals. */
export const pools = ({ marketBalance, feePool, insurancePool }: IsolatedLedger) => ({
  market: fixedText(marketBalance),
  fees: fixedText(feePool),
  insurance: fixedText(insurancePool),
});

export const pnlOf = ({ pnl }: LedgerChange, accountId: string) =>
  fixedText(pnl.get(accountId) ?? 0n);

export const positionOf = (
  size: string,
  entryNotional: string,
  margin: string,
  leverage = '5',
): IsolatedPosition => ({
  size: fixed(size),
  entryNotional: fixed(entryNotional),
  margin: fixed(margin),
  marginShare: marginShareOf(fixed(leverage)) ?? 0n,
});

/** Everything that is anywhere. */
export const allMoney = ({ accounts, marketBalance, feePool, insurancePool }: IsolatedLedger) =>
  [...accounts.values()].reduce(
    (total, { bankBalance }) => total + bankBalance,
    marketBalance + feePool + insurancePool,
  );

/** What the positions can claim when all of them are closed at one price, whichever it is. */
export const claims = ({ accounts }: IsolatedLedger): Fixed =>
  [...accounts.values()].reduce(
    (total, { position: { size, entryNotional, margin } }) =>
      total + margin - (size > 0n ? entryNotional : -entryNotional),
    0n,
  );
