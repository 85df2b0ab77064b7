import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const parcels = [
  { id: 'p1', weight: 2, size: { length: 3, unit: { name: 'dm' } }, labels: ['a', 'b'] },
  { id: 'p2', weight: null, size: null, labels: null },
];
const stops = [
  { id: 's1', city: 'Basel', hours: [8, 12] },
  { id: 's2', city: null, hours: [] },
];

const store = {
  name: 'store',
  typeDefs: `
    type Parcel @key(fields: "id") {
      id: ID!
      weight(unit: Unit = KILOGRAM): Int
      size: Size
      labels: [String!]
      stops: [Stop]
    }
    enum Unit { KILOGRAM GRAM }
    type Size { length: Int! unit: LengthUnit }
    type LengthUnit { name: String! }
    type Stop { id: ID! city: String hours: [Int!]! }
    type Query { parcels: [Parcel!]! parcel(id: ID!): Parcel }
  `,
  resolvers: {
    Query: {
      parcels: () => parcels,
      parcel: (_root: unknown, { id }: { id: string }) => parcels.find((one) => one.id === id),
    },
    Parcel: {
      __resolveReference: ({ id }: { id: string }) => parcels.find((one) => one.id === id),
      weight: ({ weight }: { weight: number | null }, { unit }: { unit: string }) =>
        weight === null ? null : unit === 'GRAM' ? weight * 1000 : weight,
      stops: ({ id }: { id: string }) => (id === 'p1' ? [stops[0], null, stops[1]] : null),
    },
  },
};

interface Told {
  id: string;
  weight?: number | null;
  size?: { length: number; unit: { name: string } | null } | null;
  labels?: string[] | null;
  stops?: ({ city: string | null; hours: number[] } | null)[] | null;
}

/** Answers with what it has been told, so that every answer shows the representation. */
const freight = {
  name: 'freight',
  typeDefs: `
    type Parcel @key(fields: "id") {
      id: ID!
      weight(unit: Unit = KILOGRAM): Int @external
      size: Size @external
      labels: [String!] @external
      stops: [Stop] @external
      price: Int @requires(fields: "weight")
      stamps: String @requires(fields: "weight(unit: GRAM)")
      crate: String @requires(fields: "size { length unit { name } }")
      sticker: String @requires(fields: "labels")
      route: String @requires(fields: "stops { city hours }")
    }
    enum Unit { KILOGRAM GRAM }
    type Size @external { length: Int! unit: LengthUnit }
    type LengthUnit @external { name: String! }
    type Stop @external { city: String hours: [Int!]! }
  `,
  resolvers: {
    Parcel: {
      __resolveReference: (told: Told) => told,
      price: ({ weight }: Told) => (typeof weight === 'number' ? weight * 5 : null),
      stamps: (told: Told) => String(told.weight),
      crate: ({ size }: Told) => (size ? `${size.length} ${size.unit?.name ?? '?'}` : 'no size'),
      sticker: ({ labels }: Told) => JSON.stringify(labels),
      route: ({ stops: along }: Told) =>
        JSON.stringify(along?.map((stop) => stop && [stop.city, stop.hours])),
    },
  },
};

/** Requires what `freight` makes of what it requires itself. */
const billing = {
  name: 'billing',
  typeDefs: `
    type Parcel @key(fields: "id") {
      id: ID!
      price: Int @external
      weight(unit: Unit = KILOGRAM): Int @external
      bill: String @requires(fields: "price")
      summary: String @requires(fields: "price weight")
    }
    enum Unit { KILOGRAM GRAM }
    type Query { billed: [Parcel!] }
  `,
  resolvers: {
    Query: { billed: () => [{ id: 'p1' }] },
    Parcel: {
      __resolveReference: (told: object) => told,
      bill: ({ price }: { price?: number | null }) => `${price ?? 'no'} francs`,
      summary: ({ price, weight }: { price?: number | null; weight?: number | null }) =>
        `${price ?? 'no'} for ${weight ?? 'no'} kg`,
    },
  },
};

describe('a field with @requires', () => {
  const graph = servedGraph(store, freight, billing);

  it('is given the fields that it names, and those do not show', async () => {
    expect(await graph.ask('{ parcels { price } }')).toEqual({
      data: { parcels: [{ price: 10 }, { price: null }] },
    });
    expect(graph.representations).toEqual([
      { __typename: 'Parcel', id: 'p1', weight: 2 },
      { __typename: 'Parcel', id: 'p2', weight: null },
    ]);
  });

  it('shows what it requires where the client asks for it too', async () => {
    expect(await graph.ask('{ parcel(id: "p1") { weight price heavy: weight } }')).toEqual({
      data: { parcel: { weight: 2, price: 10, heavy: 2 } },
    });
  });

  it('is given the value, whatever the client calls by that name', async () => {
    expect(await graph.ask('{ parcel(id: "p1") { weight: labels price } }')).toEqual({
      data: { parcel: { weight: ['a', 'b'], price: 10 } },
    });
  });

  it('is given nested fields', async () => {
    expect(await graph.ask('{ parcels { crate size { length } } }')).toEqual({
      data: {
        parcels: [
          { crate: '3 dm', size: { length: 3 } },
          { crate: 'no size', size: null },
        ],
      },
    });
  });

  it('is given nested fields that the client sees under other names', async () => {
    expect(
      await graph.ask('{ parcel(id: "p1") { crate size { unit: length length: unit { name } } } }'),
    ).toEqual({
      data: { parcel: { crate: '3 dm', size: { unit: 3, length: { name: 'dm' } } } },
    });
  });

  it('is given lists, also where they are null', async () => {
    expect(await graph.ask('{ parcels { sticker } }')).toEqual({
      data: { parcels: [{ sticker: '["a","b"]' }, { sticker: 'null' }] },
    });
  });

  it('is given fields of lists of objects, with nulls at their places', async () => {
    expect(await graph.ask('{ parcel(id: "p1") { route } }')).toEqual({
      data: { parcel: { route: '[["Basel",[8,12]],null,[null,[]]]' } },
    });
  });

  it('is given a field with the arguments that it names', async () => {
    expect(await graph.ask('{ parcel(id: "p1") { stamps } }')).toEqual({
      data: { parcel: { stamps: '2000' } },
    });
  });

  it('is given its own arguments beside the same field with those of the client', async () => {
    expect(
      await graph.ask('{ parcel(id: "p1") { weight stamps grams: weight(unit: GRAM) } }'),
    ).toEqual({ data: { parcel: { weight: 2, stamps: '2000', grams: 2000 } } });
  });

  it('is given its own arguments though another requires the same field with others', async () => {
    expect(await graph.ask('{ parcel(id: "p1") { price stamps } }')).toEqual({
      data: { parcel: { price: 10, stamps: '2000' } },
    });
  });

  it('may require what requires something itself', async () => {
    expect(await graph.ask('{ parcels { bill } }')).toEqual({
      data: { parcels: [{ bill: '10 francs' }, { bill: 'no francs' }] },
    });
    expect(graph.asked).toEqual(['store', 'freight', 'billing']);
  });

  it('may be where the chain begins, and come back to where it ends', async () => {
    expect(await graph.ask('{ billed { bill price weight } }')).toEqual({
      data: { billed: [{ bill: '10 francs', price: 10, weight: 2 }] },
    });
  });

  it('may require both ends of a chain', async () => {
    expect(await graph.ask('{ billed { summary } }')).toEqual({
      data: { billed: [{ summary: '10 for 2 kg' }] },
    });
  });
});

describe('composition', () => {
  it('refuses @requires of a field that is not external', () => {
    const owner = {
      name: 'owner',
      typeDefs: 'type A @key(fields: "id") { id: ID! b: Int } type Query { a: A }',
    };
    const other = {
      name: 'other',
      typeDefs:
        'type A @key(fields: "id") { id: ID! b: Int @shareable c: Int @requires(fields: "b") }',
    };

    expect(() => composed(owner, other)).toThrow(/b/);
  });

  it('refuses @requires of a field that does not exist', () => {
    const owner = {
      name: 'owner',
      typeDefs: 'type A @key(fields: "id") { id: ID! } type Query { a: A }',
    };
    const other = {
      name: 'other',
      typeDefs: 'type A @key(fields: "id") { id: ID! c: Int @requires(fields: "nowhere") }',
    };

    expect(() => composed(owner, other)).toThrow(/nowhere/);
  });
});
