/** What the gateways are asked. */

export interface Workload {
  readonly name: string;
  readonly query: string;
  /** One request for each, in turn: some gateways ask once where requests at the same time are equal. */
  readonly variables: readonly Readonly<Record<string, unknown>>[];
}

const VARIANTS = 20;

const ACCOUNT = `
  id owner { name country }
  margin { equity initialMargin maintenanceMargin marginRatio quality }
  venueAccounts {
    id venue { name }
    positions { size entryPrice instrument { id } }
    collateral { asset quantity }
    ... on AlphaAccount { fundingRate }
    ... on BetaAccount { insured }
  }`;

const variants = (variablesOf: (variant: number) => Workload['variables'][number]) =>
  Array.from({ length: VARIANTS }, (_, variant) => variablesOf(variant));

const tenFrom = (first: number) => Array.from({ length: 10 }, (_, index) => String(first + index));

export const workloads: readonly Workload[] = [
  {
    name: 'one account',
    query: `query OneAccount($id: ID!) { account(id: $id) { ${ACCOUNT} } }`,
    variables: variants((variant) => ({ id: String(variant + 1) })),
  },
  {
    name: 'ten accounts',
    query: `query TenAccounts($ids: [ID!]!) { accounts(ids: $ids) { ${ACCOUNT} } }`,
    variables: variants((variant) => ({ ids: tenFrom(variant * 10 + 1) })),
  },
  {
    // Seven calls, each of which needs the answer of the one before.
    name: 'deep query',
    query: `query Deep($id: ID!) {
      account(id: $id) { venueAccounts { positions { size instrument { symbol markPrice
        marketMaker { owner { name } venueAccounts { positions { instrument { symbol markPrice
          marketMaker { owner { name country } }
        } } } }
      } } } }
    }`,
    variables: variants((variant) => ({ id: String(variant + 1) })),
  },
  {
    name: 'large list',
    query: `query LargeList($from: Int!) {
      instruments(from: $from) { id symbol markPrice indexPrice marketMaker { id owner { name country } } }
    }`,
    variables: variants((variant) => ({ from: variant })),
  },
];
