import { describe, expect, it } from 'vitest';
import { add, usd } from '../../../../subgraphs/shared/units.js';
import type { AccountEvaluation } from '../../../../subgraphs/margin/domain/marginModel.js';
import type { Evaluate } from '../../../../subgraphs/margin/domain/portfolio/evaluate.js';
import { parameterImpact } from '../../../../subgraphs/margin/domain/portfolio/parameterImpact.js';
import { balance, book, evaluate, linear, market, marginOf, venue } from '../books.js';

const inputs = {
  book: book(
    venue({
      positions: [linear({ size: '1', entry: '60000' })],
      balances: [balance('USD', '50000')],
    }),
  ),
  market: market({ BTC: '60000', USDT: '1' }, { 'deribit:BTC-LINEAR': '60000' }),
};

const unknown: AccountEvaluation = {
  account: { kind: 'unknown', id: 'fund-1', unpriced: ['BTC'], venues: [] },
  venues: [],
};
const knowsNothing: Evaluate = () => unknown;

/** Of what `evaluate` says: equity less 5, initially 30 more, 20 more to stay open, 35 less free. */
const dearer: Evaluate = (of, at) => {
  const account = marginOf(of, at);
  return {
    account: {
      ...account,
      equity: add(account.equity, usd('-5')),
      initialMargin: add(account.initialMargin, usd('30')),
      maintenanceMargin: add(account.maintenanceMargin, usd('20')),
      freeCollateral: add(account.freeCollateral, usd('-35')),
    },
    venues: account.venues,
  };
};

describe('parameterImpact', () => {
  it('is what the candidate makes of the inputs less what is made of them now', () => {
    const { before, after, difference } = parameterImpact(inputs, evaluate, dearer);

    expect(before).toEqual(evaluate(inputs.book, inputs.market));
    expect(after).toEqual(dearer(inputs.book, inputs.market));
    expect(difference).toEqual({
      equity: usd('-5'),
      initialMargin: usd('30'),
      maintenanceMargin: usd('20'),
      freeCollateral: usd('-35'),
    });
  });

  it.each([
    ['before', knowsNothing, evaluate],
    ['after', evaluate, knowsNothing],
    ['before and after', knowsNothing, knowsNothing],
  ])('has no difference while the margin is unknown %s', (_, current, candidate) => {
    expect(parameterImpact(inputs, current, candidate)).toEqual({
      before: current(inputs.book, inputs.market),
      after: candidate(inputs.book, inputs.market),
      difference: null,
    });
  });
});
