import { describe, expect, it } from 'vitest';
import { servedGraph } from '../support/servedGraph.js';

const catalog = {
  name: 'catalog',
  typeDefs: `
    type Book @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: String! title: String }
    type Shelf @key(fields: "room { house number } letter") {
      room: Room!
      letter: String!
      books: [Book]
    }
    type Room { house: String! number: Int! }
    type Edition @key(fields: "work year") { work: ID! year: Int! printer: String }
    type Query { books: [Book] shelves: [Shelf!] editions: [Edition!] lost: Book }
  `,
  resolvers: {
    Query: {
      books: () => [
        { id: 'b1', isbn: '1-1', title: 'Emma' },
        null,
        { id: 'b2', isbn: '2-2', title: 'Ulysses' },
        { id: 'b1', isbn: '1-1', title: 'Emma' },
      ],
      shelves: () => [
        { room: { house: 'East', number: 1 }, letter: 'A', books: [] },
        { room: { house: 'East', number: 2 }, letter: 'A', books: null },
      ],
      editions: () => [
        { work: 'w', year: 1815, printer: 'Murray' },
        { work: 'w', year: 1816, printer: 'Carey' },
      ],
      lost: () => ({ id: 'lost', isbn: '0-0', title: 'Hyperborea' }),
    },
    Book: {
      __resolveReference: ({ id, isbn }: { id?: string; isbn?: string }) =>
        id === 'b1' || isbn === '1-1'
          ? { id: 'b1', isbn: '1-1', title: 'Emma' }
          : { id: 'b2', isbn: '2-2', title: 'Ulysses' },
    },
  },
};

/** Knows books by their id. */
const reviews = {
  name: 'reviews',
  typeDefs: `
    type Book @key(fields: "id") { id: ID! stars: Int }
    type Query { best: Book }
  `,
  resolvers: {
    Query: { best: () => ({ id: 'b2', stars: 5 }) },
    Book: {
      __resolveReference: ({ id }: { id: string }) =>
        id === 'lost' ? null : { id, stars: id === 'b1' ? 4 : 5 },
    },
  },
};

/** Knows books by what is printed on them, and so cannot be asked by those who know the id alone. */
const stock = {
  name: 'stock',
  typeDefs: `
    type Book @key(fields: "isbn") { isbn: String! copies: Int! }
    type Shelf @key(fields: "letter room { number house }") {
      letter: String!
      room: Room!
      dust: String
    }
    type Room { house: String! number: Int! }
    type Edition @key(fields: "work year") { work: ID! year: Int! price: Int }
    type Query { scarce: Book }
  `,
  resolvers: {
    Query: { scarce: () => ({ isbn: '1-1', copies: 1 }) },
    Book: {
      __resolveReference: ({ isbn }: { isbn: string }) => ({
        isbn,
        copies: isbn === '1-1' ? 1 : 7,
      }),
    },
    Shelf: {
      __resolveReference: (shelf: { letter: string; room: { house: string; number: number } }) => ({
        ...shelf,
        dust: `${shelf.room.house} ${shelf.room.number}${shelf.letter}`,
      }),
    },
    Edition: {
      __resolveReference: ({ work, year }: { work: string; year: number }) => ({
        work,
        year,
        price: year - 1800,
      }),
    },
  },
};

const shareRoom = (typeDefs: string) => typeDefs.replace('type Room {', 'type Room @shareable {');

describe('an entity', () => {
  const graph = servedGraph({ ...catalog, typeDefs: shareRoom(catalog.typeDefs) }, reviews, {
    ...stock,
    typeDefs: shareRoom(stock.typeDefs),
  });

  it('with a single key is found by it, nulls beside it staying nulls', async () => {
    expect(await graph.ask('{ books { stars title } }')).toEqual({
      data: {
        books: [
          { stars: 4, title: 'Emma' },
          null,
          { stars: 5, title: 'Ulysses' },
          { stars: 4, title: 'Emma' },
        ],
      },
    });
  });

  it('that appears twice is asked about once', async () => {
    await graph.ask('{ books { stars } }');

    expect(graph.representations).toEqual([
      { __typename: 'Book', id: 'b1' },
      { __typename: 'Book', id: 'b2' },
    ]);
  });

  it('whose key is not asked for does not show it', async () => {
    expect(await graph.ask('{ best { copies } }')).toEqual({ data: { best: { copies: 7 } } });
  });

  it('that a subgraph does not know loses the fields of that subgraph only', async () => {
    expect(await graph.ask('{ lost { title stars } }')).toEqual({
      data: { lost: { title: 'Hyperborea', stars: null } },
    });
  });

  it('with several keys is found by whichever the next subgraph understands', async () => {
    expect(await graph.ask('{ books { stars copies } }')).toEqual({
      data: {
        books: [{ stars: 4, copies: 1 }, null, { stars: 5, copies: 7 }, { stars: 4, copies: 1 }],
      },
    });
    expect([...graph.asked].sort()).toEqual(['catalog', 'reviews', 'stock']);
  });

  it('is led from one key to the other by the subgraph that knows both', async () => {
    expect(await graph.ask('{ best { copies stars } }')).toEqual({
      data: { best: { copies: 7, stars: 5 } },
    });
    expect(graph.asked).toEqual(['reviews', 'catalog', 'stock']);
  });

  it('is led back the other way as well', async () => {
    expect(await graph.ask('{ scarce { stars title copies } }')).toEqual({
      data: { scarce: { stars: 4, title: 'Emma', copies: 1 } },
    });
  });

  it('with a nested key is found by it, whatever the order of its fields', async () => {
    expect(await graph.ask('{ shelves { dust } }')).toEqual({
      data: { shelves: [{ dust: 'East 1A' }, { dust: 'East 2A' }] },
    });
  });

  it('with a nested key lets the client choose from the key as it likes', async () => {
    expect(await graph.ask('{ shelves { dust place: room { no: number } } }')).toEqual({
      data: {
        shelves: [
          { dust: 'East 1A', place: { no: 1 } },
          { dust: 'East 2A', place: { no: 2 } },
        ],
      },
    });
  });

  it('with a nested key sends the key whole and nothing besides', async () => {
    await graph.ask('{ shelves { books { title } dust } }');

    expect(graph.representations).toEqual([
      { __typename: 'Shelf', letter: 'A', room: { house: 'East', number: 1 } },
      { __typename: 'Shelf', letter: 'A', room: { house: 'East', number: 2 } },
    ]);
  });

  it('with a compound key is another one when any part differs', async () => {
    expect(await graph.ask('{ editions { printer price } }')).toEqual({
      data: {
        editions: [
          { printer: 'Murray', price: 15 },
          { printer: 'Carey', price: 16 },
        ],
      },
    });
    expect(graph.representations).toHaveLength(2);
  });

  it('with a compound key keeps it when the client aliases its parts crosswise', async () => {
    expect(await graph.ask('{ editions { work: printer year: price } }')).toEqual({
      data: {
        editions: [
          { work: 'Murray', year: 15 },
          { work: 'Carey', year: 16 },
        ],
      },
    });
  });

  it('with a compound key takes its fields under aliases too', async () => {
    expect(await graph.ask('{ editions { of: work in: year costs: price alike: price } }')).toEqual(
      {
        data: {
          editions: [
            { of: 'w', in: 1815, costs: 15, alike: 15 },
            { of: 'w', in: 1816, costs: 16, alike: 16 },
          ],
        },
      },
    );
  });
});
