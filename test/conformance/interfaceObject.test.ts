import { describe, expect, it } from 'vitest';
import { composed, servedGraph } from '../support/servedGraph.js';

const all = [
  { __typename: 'Film', id: 'f', title: 'Stalker', minutes: 161 },
  { __typename: 'Book', id: 'b', title: 'Ulysses', pages: 730 },
];
const find = (id: string) => all.find((one) => one.id === id);

const library = {
  name: 'library',
  typeDefs: `
    interface Media @key(fields: "id") { id: ID! title: String! }
    type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int }
    type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int }
    type Query { media: [Media!]! film: Film }
  `,
  resolvers: {
    Query: { media: () => all, film: () => all[0] },
    Media: { __resolveReference: ({ id }: { id: string }) => find(id) },
    Film: { __resolveReference: ({ id }: { id: string }) => find(id) },
    Book: { __resolveReference: ({ id }: { id: string }) => find(id) },
  },
};

const reviews = {
  name: 'reviews',
  typeDefs: `
    type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int! reviews: [Review!]! }
    type Review { text: String about: Media }
    type Query { best: Media worst: [Media] }
    type Mutation { review(id: ID!): Media }
  `,
  resolvers: {
    Query: { best: () => ({ id: 'f' }), worst: () => [{ id: 'b' }, null, { id: 'f' }] },
    Mutation: { review: (_root: unknown, { id }: { id: string }) => ({ id }) },
    Media: {
      stars: ({ id }: { id: string }) => (id === 'f' ? 5 : 3),
      reviews: ({ id }: { id: string }) => [{ text: `on ${id}` }],
    },
    Review: { about: () => ({ id: 'b' }) },
  },
};

/** A second subgraph that adds to every medium. */
const loans = {
  name: 'loans',
  typeDefs: `
    type Media @interfaceObject @key(fields: "id") { id: ID! isLent: Boolean }
  `,
  resolvers: { Media: { isLent: ({ id }: { id: string }) => id === 'b' } },
};

describe('an @interfaceObject', () => {
  const graph = servedGraph(library, reviews, loans);

  it('adds fields to every type of the interface', async () => {
    expect(await graph.ask('{ media { title stars } }')).toEqual({
      data: {
        media: [
          { title: 'Stalker', stars: 5 },
          { title: 'Ulysses', stars: 3 },
        ],
      },
    });
  });

  it('adds fields to a type that is reached as itself', async () => {
    expect(await graph.ask('{ film { minutes stars isLent } }')).toEqual({
      data: { film: { minutes: 161, stars: 5, isLent: false } },
    });
  });

  it('gives its fields through fragments on one type only', async () => {
    expect(await graph.ask('{ media { __typename ... on Book { pages stars } } }')).toEqual({
      data: {
        media: [{ __typename: 'Film' }, { __typename: 'Book', pages: 730, stars: 3 }],
      },
    });
    expect(graph.representations).toEqual([{ __typename: 'Media', id: 'b' }]);
  });

  it('does not know which type its own objects have, and has it found out', async () => {
    expect(await graph.ask('{ worst { __typename stars ... on Film { minutes } } }')).toEqual({
      data: {
        worst: [
          { __typename: 'Book', stars: 3 },
          null,
          { __typename: 'Film', stars: 5, minutes: 161 },
        ],
      },
    });
  });

  it('is asked alone where nothing depends on the type', async () => {
    expect(await graph.ask('{ best { id stars } }')).toEqual({
      data: { best: { id: 'f', stars: 5 } },
    });
    expect(graph.asked).toEqual(['reviews']);
  });

  it('meets a second one of the same interface', async () => {
    expect(await graph.ask('{ best { stars isLent title } }')).toEqual({
      data: { best: { stars: 5, isLent: false, title: 'Stalker' } },
    });
  });

  it('leads to lists and back to the interface', async () => {
    expect(
      await graph.ask(
        '{ best { reviews { text about { stars title reviews { text } ... on Book { pages } } } } }',
      ),
    ).toEqual({
      data: {
        best: {
          reviews: [
            {
              text: 'on f',
              about: { stars: 3, title: 'Ulysses', reviews: [{ text: 'on b' }], pages: 730 },
            },
          ],
        },
      },
    });
  });

  it('may be what a mutation answers', async () => {
    expect(await graph.ask('mutation { review(id: "b") { kind: __typename isLent } }')).toEqual({
      data: { review: { kind: 'Book', isLent: true } },
    });
  });
});

describe('an @interfaceObject with a field that @requires one of the interface', () => {
  const prices = {
    name: 'prices',
    typeDefs: `
      type Media @interfaceObject @key(fields: "id") {
        id: ID!
        title: String! @external
        price: String @requires(fields: "title")
      }
    `,
    resolvers: {
      Media: { price: ({ title }: { title?: string }) => (title ? `${title.length} €` : null) },
    },
  };
  const graph = servedGraph(library, prices);

  it('is given that field for each of its types', async () => {
    expect(await graph.ask('{ media { __typename price } }')).toEqual({
      data: {
        media: [
          { __typename: 'Film', price: '7 €' },
          { __typename: 'Book', price: '7 €' },
        ],
      },
    });
    expect(graph.asked).toEqual(['library', 'prices']);
  });

  it('is given it also where clients ask for it themselves, under another name', async () => {
    expect(await graph.ask('{ film { name: title title: id price } }')).toEqual({
      data: { film: { name: 'Stalker', title: 'f', price: '7 €' } },
    });
  });

  it('is given it for a fragment on one type', async () => {
    expect(await graph.ask('{ media { ... on Book { price } } }')).toEqual({
      data: { media: [{}, { price: '7 €' }] },
    });
  });
});

describe('composition', () => {
  const media = { name: 'media', typeDefs: library.typeDefs };

  it('refuses a subgraph that defines one of the types beside the @interfaceObject', () => {
    const both = {
      name: 'both',
      typeDefs: `
        type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int }
        type Film @key(fields: "id") { id: ID! director: String }
      `,
    };

    expect(() => composed(media, both)).toThrow(/Media/);
  });

  it('refuses an @interfaceObject without a key', () => {
    const keyless = {
      name: 'keyless',
      typeDefs: 'type Media @interfaceObject { id: ID! stars: Int }',
    };

    expect(() => composed(media, keyless)).toThrow(/Media/);
  });

  it('refuses an @interfaceObject of what is an interface nowhere', () => {
    const nowhere = {
      name: 'nowhere',
      typeDefs: `type Thing @interfaceObject @key(fields: "id") { id: ID! stars: Int }
                 type Query { thing: Thing }`,
    };

    expect(() => composed(nowhere)).toThrow(/Thing/);
  });
});
