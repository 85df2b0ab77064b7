import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFederation, type Federation } from '../../../support/federation.js';

/** Products belong to `catalog`, stock to `stock` by a compound key, prices and labels to `pricing`. */
const catalog = {
  name: 'catalog',
  typeDefs: `
    type Product @key(fields: "id") @key(fields: "sku brand { code }") {
      id: ID!
      sku: String!
      brand: Brand!
      name: String!
      weight: Int
      similar: [Product!]!
      maker: Maker! @provides(fields: "city")
    }
    type Brand { code: ID! }
    type Maker @key(fields: "id") { id: ID! city: String @external }
    type Query { products: [Product!]! product(id: ID!): Product }
  `,
  resolvers: {
    Query: {
      products: () => [...products.values()],
      product: (_root: unknown, { id }: { id: string }) => products.get(id) ?? null,
    },
    Product: {
      __resolveReference: ({ id }: { id: string }) => products.get(id) ?? null,
      similar: ({ similarIds }: { similarIds: string[] }) =>
        similarIds.map((id) => products.get(id)),
      maker: () => ({ id: 'm1', city: 'Delft, as the catalog has it' }),
    },
  },
};

const product = (id: string, weight: number | null, similarIds: string[]) => ({
  id,
  sku: `sku-${id}`,
  brand: { code: `brand-${id}` },
  name: `Product ${id}`,
  weight,
  similarIds,
});
const products = new Map(
  [product('1', 3, ['2', '2']), product('2', 5, ['1']), product('3', null, [])].map((one) => [
    one.id,
    one,
  ]),
);

interface StockReference {
  sku: string;
  brand: { code: string };
}

const stock = {
  name: 'stock',
  typeDefs: `
    type Product @key(fields: "sku brand { code }") {
      sku: String!
      brand: Brand!
      inStock: Int!
    }
    type Brand @shareable { code: ID! }
    type Maker @key(fields: "id") { id: ID! city: String @shareable country: String }
  `,
  resolvers: {
    Product: {
      __resolveReference: (reference: StockReference) => ({ ...reference }),
      // sku-1 and brand-1 make 10, and so on.
      inStock: ({ sku, brand }: StockReference) =>
        (sku.slice(4) === brand.code.slice(6) ? 10 : -1) * Number(sku.slice(4)),
    },
    Maker: {
      __resolveReference: ({ id }: { id: string }) => ({ id, city: 'Delft', country: 'NL' }),
    },
  },
};

const pricing = {
  name: 'pricing',
  typeDefs: `
    type Product @key(fields: "id") {
      id: ID!
      weight: Int @external
      postage: Int @requires(fields: "weight")
      price(currency: String!): String
    }
  `,
  resolvers: {
    Product: {
      __resolveReference: (reference: { id: string; weight?: number }) => ({ ...reference }),
      postage: ({ weight }: { weight: number | null }) => (weight === null ? null : weight * 2),
      price: ({ id }: { id: string }, { currency }: { currency: string }) => `${id}.00 ${currency}`,
    },
  },
};

describe('entities over three subgraphs', () => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await startFederation([
      { ...catalog, typeDefs: catalog.typeDefs.replace('type Brand {', 'type Brand @shareable {') },
      stock,
      pricing,
    ]);
  });
  afterEach(() => void federation.requests.splice(0));
  afterAll(() => federation.close());

  it('are found by a single and by a compound, nested key', async () => {
    const result = await federation.execute(
      '{ product(id: "2") { name inStock price(currency: "USD") } }',
    );

    // 5 is product 2's weight; 20 is 10 × 2.
    expect(result).toEqual({
      data: { product: { name: 'Product 2', inStock: 20, price: '2.00 USD' } },
    });
  });

  it('are asked about once each, in one call per subgraph, however often they appear', async () => {
    const result = await federation.execute('{ products { id similar { id inStock } } }');

    expect(result.data).toEqual({
      products: [
        {
          id: '1',
          similar: [
            { id: '2', inStock: 20 },
            { id: '2', inStock: 20 },
          ],
        },
        { id: '2', similar: [{ id: '1', inStock: 10 }] },
        { id: '3', similar: [] },
      ],
    });
    expect(federation.requests.map(({ service }) => service)).toEqual(['catalog', 'stock']);
    expect(federation.requests[1]?.variables['representations']).toEqual([
      { __typename: 'Product', sku: 'sku-2', brand: { code: 'brand-2' } },
      { __typename: 'Product', sku: 'sku-1', brand: { code: 'brand-1' } },
    ]);
  });

  it('carry the fields that @requires names, also where these are null', async () => {
    const result = await federation.execute('{ products { postage } }');

    expect(result).toEqual({
      data: { products: [{ postage: 6 }, { postage: 10 }, { postage: null }] },
    });
  });

  it('are not asked about for a field that @provides gives', async () => {
    const result = await federation.execute('{ product(id: "1") { maker { id city } } }');

    expect(result.data).toEqual({
      product: { maker: { id: 'm1', city: 'Delft, as the catalog has it' } },
    });
    expect(federation.requests.map(({ service }) => service)).toEqual(['catalog']);
  });

  it('answer one field under several aliases with different arguments', async () => {
    const result = await federation.execute(
      `query ($other: String!) {
        product(id: "1") {
          usd: price(currency: "USD")
          other: price(currency: $other)
          name
          again: name
          similar { price: name }
        }
      }`,
      { other: 'EUR' },
    );

    expect(result.data).toEqual({
      product: {
        usd: '1.00 USD',
        other: '1.00 EUR',
        name: 'Product 1',
        again: 'Product 1',
        similar: [{ price: 'Product 2' }, { price: 'Product 2' }],
      },
    });
  });

  it('leave out what @skip and @include leave out, and do not fetch it', async () => {
    const query = `query ($more: Boolean!, $less: Boolean!) {
      product(id: "1") {
        id
        inStock @include(if: $more)
        ... @skip(if: $less) { price(currency: "USD") ...Weights @include(if: $more) }
        brand @skip(if: true) { code }
      }
    }
    fragment Weights on Product { weight postage }`;

    expect(await federation.execute(query, { more: true, less: false })).toEqual({
      data: { product: { id: '1', inStock: 10, price: '1.00 USD', weight: 3, postage: 6 } },
    });
    federation.requests.splice(0);
    expect(await federation.execute(query, { more: false, less: true })).toEqual({
      data: { product: { id: '1' } },
    });
    expect(federation.requests.map(({ service }) => service)).toEqual(['catalog']);
  });

  it('merge selections of one field that come under different conditions', async () => {
    const query = `query ($more: Boolean!) {
      product(id: "1") { similar @include(if: $more) { inStock } similar { id } }
    }`;

    expect(await federation.execute(query, { more: false })).toEqual({
      data: { product: { similar: [{ id: '2' }, { id: '2' }] } },
    });
    expect(await federation.execute(query, { more: true })).toEqual({
      data: {
        product: {
          similar: [
            { inStock: 20, id: '2' },
            { inStock: 20, id: '2' },
          ],
        },
      },
    });
  });

  it('treat names of Object.prototype as names like any other', async () => {
    const result = await federation.execute(`{
      product(id: "1") {
        __proto__: name
        constructor: inStock
        similar { toString: id hasOwnProperty: similar { __proto__: inStock } }
      }
    }`);

    expect(JSON.stringify(result.data)).toBe(
      '{"product":{"__proto__":"Product 1","constructor":10,"similar":[' +
        '{"toString":"2","hasOwnProperty":[{"__proto__":10}]},' +
        '{"toString":"2","hasOwnProperty":[{"__proto__":10}]}]}}',
    );
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
  });
});
