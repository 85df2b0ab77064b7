import { describe, expect, it } from 'vitest';
import { format, subtract, sum, usd } from '../../subgraphs/shared/units.js';
import { runningGraph } from '../support/localGraph.js';

const FIGURES = `collateralValue unrealizedPnl optionValue equity initialMargin maintenanceMargin
  freeCollateral`;
const QUERY = `{
  account(id: "acct-meridian") {
    margin {
      ${FIGURES}
      venues {
        venueAccountId ${FIGURES}
        positions { initialMargin maintenanceMargin unrealizedPnl optionValue }
        collateral { creditedValue }
      }
    }
    venueAccounts { id margin { ${FIGURES} } positions { size } }
  }
}`;
const SUMMED = [
  'collateralValue',
  'unrealizedPnl',
  'optionValue',
  'equity',
  'initialMargin',
  'maintenanceMargin',
  'freeCollateral',
] as const;

type Figures = Record<(typeof SUMMED)[number], string>;
interface Slice extends Figures {
  venueAccountId: string;
  positions: Pick<
    Figures,
    'initialMargin' | 'maintenanceMargin' | 'unrealizedPnl' | 'optionValue'
  >[];
  collateral: { creditedValue: string }[];
}
interface Account {
  margin: Figures & { venues: Slice[] };
  venueAccounts: { id: string; margin: Figures; positions: object[] }[];
}

const total = (values: readonly string[]) => format(sum(values.map(usd)));

describe('the first query', () => {
  const running = runningGraph();

  const ask = async () => {
    const { data: answer, errors } = await running.graph.ask(QUERY);
    expect(errors).toBeUndefined();
    return answer?.['account'] as Account;
  };

  it('answers with positions of three venues', async () => {
    const { venueAccounts } = await ask();
    expect(venueAccounts.map(({ id, positions }) => [id, positions.length])).toEqual([
      ['bybit:2288113', 2],
      ['deribit:48213', 4],
      ['okx:7012994', 1],
    ]);
  });

  it('adds up to the last digit: positions to venues, and venues to the account', async () => {
    const { margin } = await ask();
    const ofVenues = SUMMED.map((field) => [field, total(margin.venues.map((one) => one[field]))]);
    expect(Object.fromEntries(ofVenues)).toEqual(
      Object.fromEntries(SUMMED.map((field) => [field, margin[field]])),
    );
    for (const { positions, collateral, ...slice } of margin.venues) {
      const equity = [slice.collateralValue, slice.unrealizedPnl];
      expect({
        ...slice,
        collateralValue: total(collateral.map(({ creditedValue }) => creditedValue)),
        unrealizedPnl: total(positions.map(({ unrealizedPnl }) => unrealizedPnl)),
        optionValue: total(positions.map(({ optionValue }) => optionValue)),
        equity: total(equity),
        initialMargin: total(positions.map(({ initialMargin }) => initialMargin)),
        maintenanceMargin: total(positions.map(({ maintenanceMargin }) => maintenanceMargin)),
        freeCollateral: format(subtract(usd(slice.equity), usd(slice.initialMargin))),
      }).toEqual(slice);
    }
  });

  it('shows one snapshot, however often prices move between its calls to the margin subgraph', async () => {
    for (let round = 0; round < 25; round += 1) {
      const { margin, venueAccounts } = await ask();
      const below = margin.venues.map((slice) =>
        Object.fromEntries(SUMMED.map((field) => [field, slice[field]])),
      );
      expect(venueAccounts.map((one) => one.margin)).toEqual(below);
    }
  });

  it('hides what the gateway keeps to itself', async () => {
    const { data: answer } = await running.graph.ask('{ __schema { types { name } } }');
    const { types } = answer?.['__schema'] as { types: { name: string }[] };
    expect(types.filter(({ name }) => /^(join|link|federation|core)__|^_/.test(name))).toEqual([
      ...types.filter(({ name }) => name.startsWith('__')),
    ]);
  });

  it('names what is wrong with an operation, by a stable code', async () => {
    const { errors } = await running.graph.ask('{ account(id: "x") { nonsense } }');
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });
});
