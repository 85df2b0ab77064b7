import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { format, sum, usd } from '../../../subgraphs/shared/units.js';
import { askAccount, untilEquity } from './answers.js';
import { longBtc } from './fakeVenue.js';
import { MarginUnderTest } from './marginUnderTest.js';

// A loaded machine may take its time to start five servers.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let graph: MarginUnderTest;
beforeEach(async () => {
  graph = new MarginUnderTest();
  await graph.start();
});
afterEach(() => graph.stop());

/** Long one BTC at deribit and short one at okx, with 20 000 dollars at each. */
async function hedged() {
  graph.deribit.tell(longBtc('deribit:1', '1', '20000'));
  graph.okx.tell(longBtc('okx:7', '-1', '20000'));
  await untilEquity(graph, '40000');
}

const total = (amounts: readonly string[]) => format(sum(amounts.map(usd)));

interface Compared {
  readonly marginComparison: readonly {
    readonly architecture: string;
    readonly isInForce: boolean;
    readonly isSwitchAllowed: boolean;
    readonly switchRefusal: string | null;
    readonly model: string;
    readonly parameterSet: { readonly name: string };
    readonly snapshotHash: string;
    readonly equity: string;
    readonly initialMargin: string;
    readonly maintenanceMargin: string;
    readonly freeCollateral: string;
    readonly standAloneInitialMargin: string;
    readonly nettingSaving: string;
  }[];
}

const COMPARISON = `marginComparison {
  architecture isInForce isSwitchAllowed switchRefusal model parameterSet { name } snapshotHash
  equity initialMargin maintenanceMargin freeCollateral standAloneInitialMargin nettingSaving
}`;

describe('the comparison of architectures', () => {
  it('has all of them side by side, from one snapshot', async () => {
    await hedged();
    const { account, errors } = await askAccount(graph, COMPARISON);
    const { marginComparison } = account as Compared;
    const [isolated, cross, portfolio] = marginComparison;

    expect(errors).toBeUndefined();
    expect(
      marginComparison.map(({ architecture, model, parameterSet }) => [
        architecture,
        model,
        parameterSet.name,
      ]),
    ).toEqual([
      ['ISOLATED', 'isolated', 'standard-2'],
      ['CROSS', 'standard', 'standard-2'],
      ['PORTFOLIO', 'portfolio', 'portfolio-1'],
    ]);
    // 6.6 % of 60 000 for each of the two positions, which do not offset each other.
    expect([isolated, cross]).toMatchObject([
      { isInForce: false, initialMargin: '7920', nettingSaving: '0' },
      { isInForce: true, initialMargin: '7920', nettingSaving: '0' },
    ]);
    expect(portfolio).toMatchObject({ isInForce: false, equity: '40000' });
    expect(Number(portfolio?.initialMargin)).toBeLessThan(7_920);
    expect(portfolio?.standAloneInitialMargin).toBe(
      total([portfolio?.initialMargin ?? '', portfolio?.nettingSaving ?? '']),
    );
    expect(new Set(marginComparison.map(({ snapshotHash }) => snapshotHash)).size).toBe(1);
  });

  it('says where a switch would be refused, and why', async () => {
    await untilEquity(graph, '4500');
    const { account } = await askAccount(graph, COMPARISON);

    // Alone, one BTC could lose 16 % of 60 000, and equity is 4 500.
    expect((account as Compared).marginComparison).toMatchObject([
      { isSwitchAllowed: true, switchRefusal: null },
      { isSwitchAllowed: true, switchRefusal: null },
      { isSwitchAllowed: false, switchRefusal: 'BELOW_INITIAL_MARGIN' },
    ]);
  });

  it('is null with an error where an input is not known', async () => {
    await untilEquity(graph, '4500');
    const { account, errors } = await askAccount(graph, COMPARISON, 'fund-2');

    expect(account).toEqual({ marginComparison: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'VENUE_UNAVAILABLE', venue: 'deribit' });
  });
});

interface Explained {
  readonly margin: {
    readonly initialMargin: string;
    readonly maintenanceMargin: string;
    readonly explanation: {
      readonly initialMargin: Tree;
      readonly maintenanceMargin: Tree;
      readonly attribution: readonly (Share & { lineId: string; kind: string })[];
      readonly venueAttribution: readonly Share[];
    };
  };
}

interface Tree {
  readonly amount: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly parentId: string | null;
    readonly depth: number;
    readonly operation: string;
    readonly amount: string;
  }[];
}

interface Share {
  readonly venueAccountId: string;
  readonly initialMargin: string;
  readonly maintenanceMargin: string;
}

describe('the explanation of a margin', () => {
  const EXPLANATION = `margin {
    initialMargin maintenanceMargin
    explanation {
      initialMargin { amount nodes { id parentId depth operation amount } }
      maintenanceMargin { amount nodes { id parentId depth operation amount } }
      attribution { venueAccountId lineId kind initialMargin maintenanceMargin }
      venueAttribution { venueAccountId initialMargin maintenanceMargin }
    }
  }`;

  it.each(['CROSS', 'PORTFOLIO'] as const)(
    'adds up to the last digit under %s: its tree, its lines and its venues',
    async (architecture) => {
      await hedged();
      await graph.switchTo(architecture);
      const { account, errors } = await askAccount(graph, EXPLANATION);
      const { explanation, ...margins } = (account as Explained).margin;

      expect(errors).toBeUndefined();
      for (const shares of [explanation.attribution, explanation.venueAttribution]) {
        expect({
          initialMargin: total(shares.map((share) => share.initialMargin)),
          maintenanceMargin: total(shares.map((share) => share.maintenanceMargin)),
        }).toEqual(margins);
      }
      for (const margin of ['initialMargin', 'maintenanceMargin'] as const) {
        const { amount, nodes } = explanation[margin];
        expect([amount, nodes[0]?.amount]).toEqual([margins[margin], margins[margin]]);
        for (const node of nodes.filter(({ operation }) => operation === 'SUM')) {
          const parts = nodes.filter(({ parentId }) => parentId === node.id);
          expect(total(parts.map((part) => part.amount))).toBe(node.amount);
        }
      }
    },
  );

  it('has each node after the one that it is a part of', async () => {
    await hedged();
    await graph.switchTo('PORTFOLIO');
    const { account } = await askAccount(graph, EXPLANATION);
    const { nodes } = (account as Explained).margin.explanation.initialMargin;

    expect(nodes.length).toBeGreaterThan(5);
    nodes.forEach(({ parentId, depth }, place) => {
      const parent = nodes.slice(0, place).find(({ id }) => id === parentId);
      expect(parent?.depth ?? -1).toBe(depth - 1);
    });
  });
});

describe('the scenarios of a margin', () => {
  it('name the worst of each underlying under PORTFOLIO, and none under CROSS', async () => {
    graph.deribit.tell(longBtc('deribit:1', '1', '20000'));
    await untilEquity(graph, '20000');
    const scenarios = 'margin { worstScenarios { underlying name spotShock weight profit } }';
    const cross = await askAccount(graph, scenarios);
    await graph.switchTo('PORTFOLIO');
    const portfolio = await askAccount(graph, scenarios);

    expect(cross.account).toEqual({ margin: { worstScenarios: [] } });
    // 16 % of 60 000 is lost on one BTC.
    expect(portfolio.account).toMatchObject({
      margin: {
        worstScenarios: [{ underlying: 'BTC', spotShock: '-0.16', weight: '1', profit: '-9600' }],
      },
    });
  });
});

interface Liquidated {
  readonly margin: {
    readonly liquidationPrices:
      readonly { readonly below: string; readonly above: string | null }[] | null;
  };
}

describe('the liquidation prices of an account', () => {
  it('are where equity has fallen to the maintenance margin', async () => {
    await untilEquity(graph, '4500');
    const fields = 'margin { liquidationPrices { underlying below above } }';
    // The thread that works them out may need its time to start.
    const [btc] = await vi.waitFor(async () => {
      const { account } = (await askAccount(graph, fields)) as { account: Liquidated };
      if (account.margin.liquidationPrices === null) throw new Error('not yet');
      return account.margin.liquidationPrices;
    }, 15_000);

    expect(btc).toMatchObject({ underlying: 'BTC', above: null });
    // 4 500 + (P − 60 000) = 0.05 P.
    expect(Number(btc?.below)).toBeCloseTo(55_500 / 0.95, 3);
  });
});
