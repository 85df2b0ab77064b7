/** Derive's first portfolio manager: margins of portfolios in whole dollars. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countedBook } from '../../subgraphs/margin/domain/scenario/collateralRules.js';
import { optionTotals } from '../../subgraphs/margin/domain/scenario/optionTotals.js';
import { preparedScan } from '../../subgraphs/margin/domain/scenario/preparedScan.js';
import { scenarioRequirement } from '../../subgraphs/margin/domain/scenario/scenarioRequirement.js';
import { casesOfFiles } from './caseFiles.js';
import { exact } from './compare.js';
import { firstManagerBook } from './derivePmrm/firstManagerBook.js';
import { firstManagerRules, firstManagerScan } from './derivePmrm/firstManagerRules.js';
import { fixtures, portfolios, type Fixtures, type Portfolio } from './derivePmrm/firstManager.js';
import { UnreadableVectors, type Comparison, type VectorSet } from './vectorSet.js';

export const derivePmrm1: VectorSet = {
  name: 'derive-pmrm1',
  cases: (directory) => {
    const shared = sharedFixtures(directory);
    return casesOfFiles(directory, '.json', (text) => {
      const json: unknown = JSON.parse(text);
      if (isFixtures(json)) return [];
      return Object.entries(portfolios.parse(json)).map(([id, portfolio]) => ({
        id,
        check: () => comparisons(id, portfolio, shared),
      }));
    });
  },
};

/** Told by what it holds, whatever its name. */
const isFixtures = (json: unknown) =>
  typeof json === 'object' && json !== null && 'pmrm_v1_params' in json;

function sharedFixtures(directory: string): Fixtures {
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.json'))) {
    const json = readJson(join(directory, file));
    if (!isFixtures(json)) continue;
    const read = fixtures.safeParse(json);
    if (read.success) return read.data;
    throw new UnreadableVectors(join(directory, file), read.error);
  }
  throw new UnreadableVectors(directory, 'holds no file with pmrm_v1_params');
}

/** Null for text that is not JSON: that file's cases say so. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function comparisons(id: string, portfolio: Portfolio, shared: Fixtures): readonly Comparison[] {
  const market = { ...shared.defaults, ...withoutGaps(shared.overrides[id] ?? {}) };
  const rules = firstManagerRules(shared.pmrm_v1_params);
  const book = firstManagerBook(portfolio, market, shared);
  const { initialMargin, maintenanceMargin } = scenarioRequirement(book, rules);

  const [underlying] = countedBook(book, rules.collateral).underlyings;
  if (underlying === undefined) throw new Error('A portfolio has one underlying');
  const prepared = preparedScan(firstManagerScan(shared.pmrm_v1_params), underlying);
  const profits = portfolio.perps.map(
    ({ amount, entryPrice }) => amount * (market.perp[0] - entryPrice),
  );
  const held = underlying.collateral.map(({ quantity, price }) => quantity * price.price);
  const options = optionTotals(prepared.market, prepared.options).today;
  const worth = [portfolio.cash, ...profits, ...held, ...options].reduce((sum, one) => sum + one);
  return [
    exact('IM', portfolio.results.im, wholeDollars(worth - initialMargin.amount)),
    exact('MM', portfolio.results.mm, wholeDollars(worth - maintenanceMargin.amount)),
  ];
}

/** Toward zero, where an amount within 1e-9 below a whole dollar is that dollar. */
const wholeDollars = (amount: number) =>
  Math.sign(amount) * Math.trunc(Math.abs(amount) + 1e-9) || 0;

/** A partial record may hold undefined, which must not hide a default. */
const withoutGaps = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]: Exclude<Values[Key], undefined>;
  };
