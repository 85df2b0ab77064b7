/** What the matrix gives for each argument of the schema: a line for each name and type there is. */

import { venueAccountId, type TestAccount } from './people.js';

export interface Given {
  /** The account that is asked about. */
  readonly account: TestAccount;
  /** The field whose argument it is. */
  readonly field: string;
  /** Of a parameter set that there is. */
  readonly hash: string;
  /** For mutations: the same key is the same request. */
  readonly idempotencyKey: string;
}

/** The argument can name no account, and is not needed. */
export const LEFT_OUT = Symbol('left out');

const leftOut = () => LEFT_OUT;

const ARGUMENTS: Readonly<Record<string, (given: Given) => unknown>> = {
  'accountId: ID!': ({ account }) => account.id,
  'id: ID!': ({ account, field }) =>
    field === 'account' ? account.id : venueAccountId(field.replace(/Account$/, ''), account),
  'hash: String!': ({ hash }) => hash,
  'first: Int!': () => 10,
  'after: String': leftOut,
  'after: Cursor': leftOut,
  'assets: [ID!]': leftOut,
  'model: MarginModelName': leftOut,
  'model: MarginModelName!': leftOut,
  'parameterSet: String': leftOut,
  'status: ParameterSetStatus': leftOut,
  'input: WhatIfInput!': () => ({}),
  'input: PortfolioInput!': () => ({
    positions: [{ type: 'LINEAR', underlying: 'BTC', size: '1', entryPrice: '68000' }],
    collateral: [{ asset: 'USD', quantity: '10000' }],
    market: { assets: [{ asset: 'BTC', price: '68000' }] },
  }),
  'input: SwitchMarginArchitectureInput!': ({ account, idempotencyKey }) => ({
    accountId: account.id,
    architecture: 'ISOLATED',
    idempotencyKey,
  }),
  'input: MovePriceInput!': ({ idempotencyKey }) => ({
    assetId: 'BTC',
    price: '68000',
    idempotencyKey,
  }),
};

/** Throws Error for an argument that has no line yet. */
export function argumentValue(coordinate: string, argument: string, given: Given): unknown {
  const value = ARGUMENTS[argument];
  if (value) return value(given);
  throw new Error(
    `The matrix has no value for ${coordinate}(${argument}). Add a line to argumentValues.ts: an account of the matrix where it can name one, else any value, or LEFT_OUT.`,
  );
}
