/** The models over float64, with the parameter sets that tests use. */

import type { AccountBook } from '../../../../subgraphs/margin/domain/account/accountBook.js';
import type { MarketSnapshot } from '../../../../subgraphs/margin/domain/account/marketSnapshot.js';
import type { AccountMargin } from '../../../../subgraphs/margin/domain/marginModel.js';
import type { Evaluate } from '../../../../subgraphs/margin/domain/portfolio/evaluate.js';
import { MarginParameters } from '../../../../subgraphs/margin/parameters/marginParameters.js';
import type {
  MarginModelName,
  MarginSet,
} from '../../../../subgraphs/margin/parameters/marginSet.js';
import { NOW } from '../books.js';

export const allParameters = MarginParameters.load();

export function setNamed(model: MarginModelName, name: string): MarginSet {
  const found = allParameters.named(model, name, NOW);
  if (found === null) throw new Error(`no parameter set ${name}`);
  return found;
}

export const unified = setNamed('scenario', 'unified');
export const portfolio = setNamed('portfolio', 'portfolio');
export const riskSets = [
  unified,
  setNamed('scenario', 'derive-pm2'),
  setNamed('scenario', 'okx-pm'),
  setNamed('sensitivity', 'sensitivity'),
  portfolio,
];

/** The account's margin, which must be known. */
export function marginBy(
  { evaluate }: { readonly evaluate: Evaluate },
  book: AccountBook,
  market: MarketSnapshot,
): AccountMargin {
  const { account } = evaluate(book, market);
  if (account.kind === 'unknown') throw new Error(`not known: ${JSON.stringify(account)}`);
  return account;
}
