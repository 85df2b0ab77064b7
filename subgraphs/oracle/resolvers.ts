/** GraphQL in, GraphQL out, for the oracle subgraph. */

import { scalarResolvers } from '../shared/scalars.js';
import {
  priceStatus,
  type AssetPrice,
  type InstrumentPrice,
  type PriceBatch,
} from './domain/publishedPrice.js';
import type { PriceBoard } from './priceBoard.js';
import type { MovePrice } from './service.js';

export interface OracleContext {
  readonly board: PriceBoard;
  /** The instant of the operation. */
  readonly now: () => Date;
}

export interface DemoContext extends OracleContext {
  readonly movePrice: (input: MovePrice) => Promise<AssetPrice>;
}

interface Reference {
  readonly id: string;
}

const status = (price: AssetPrice | InstrumentPrice, _arguments: object, { now }: OracleContext) =>
  priceStatus(price, now());

export const resolvers = {
  Price: scalarResolvers.Price,
  DateTime: scalarResolvers.DateTime,
  AssetPrice: { status },
  InstrumentPrice: { status },
  Asset: {
    __resolveReference: ({ id }: Reference) => ({ id }),
    price: ({ id }: Reference, _arguments: object, { board }: OracleContext) => board.asset(id),
  },
  Instrument: {
    __resolveReference: ({ id }: Reference) => ({ id }),
    price: ({ id }: Reference, _arguments: object, { board }: OracleContext) =>
      board.instrument(id),
  },
  Query: {
    prices: (
      _: unknown,
      { assets }: { readonly assets?: readonly string[] | null },
      { board }: OracleContext,
    ) => board.assets(assets ?? null),
  },
  Subscription: {
    priceUpdates: {
      subscribe: (_: unknown, _arguments: object, { board }: OracleContext) => board.updates(),
      resolve: (batch: PriceBatch) => batch,
    },
  },
};

/** For schema.graphql and demo.graphql together. */
export const demoResolvers = {
  ...resolvers,
  Mutation: {
    movePrice: (_: unknown, { input }: { readonly input: MovePrice }, { movePrice }: DemoContext) =>
      movePrice(input),
  },
};
