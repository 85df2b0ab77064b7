import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFederation, type Federation } from '../../../support/federation.js';

const media = {
  name: 'media',
  typeDefs: `
    interface Media @key(fields: "id") { id: ID! title: String! }
    type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int }
    type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int }
    union Found = Book | Film | Shelf
    type Shelf { label: String! media: [Media!]! }
    type Query { media: [Media!]! found: [Found!]! }
  `,
  resolvers: {
    Query: {
      media: () => [book, film],
      found: () => [film, { __typename: 'Shelf', label: 'A', media: [film, book] }, book],
    },
    Media: {
      __resolveReference: ({ id }: { id: string }) => (id === book.id ? book : film),
    },
    Book: { __resolveReference: () => book },
    Film: { __resolveReference: () => film },
  },
};
const book = { __typename: 'Book', id: 'b', title: 'Ulysses', pages: 730 };
const film = { __typename: 'Film', id: 'f', title: 'Stalker', minutes: 161 };

/** Adds to every medium at once, and knows no types of media. */
const ratings = {
  name: 'ratings',
  typeDefs: `
    type Media @key(fields: "id") @interfaceObject {
      id: ID!
      stars: Int
    }
    type Query { best: Media }
  `,
  resolvers: {
    Query: { best: () => ({ id: 'f' }) },
    Media: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      stars: ({ id }: { id: string }) => (id === 'f' ? 5 : 4),
    },
  },
};

/** Knows one of the types only. */
const cinemas = {
  name: 'cinemas',
  typeDefs: `
    type Film @key(fields: "id") { id: ID! showing: Boolean }
  `,
  resolvers: { Film: { __resolveReference: ({ id }: { id: string }) => ({ id, showing: true }) } },
};

describe('interfaces and unions over subgraphs', () => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await startFederation([media, ratings, cinemas]);
  });
  afterEach(() => void federation.requests.splice(0));
  afterAll(() => federation.close());

  it('give each object the fields of its own type', async () => {
    const result = await federation.execute(`{
      media {
        __typename
        kind: __typename
        title
        ... on Book { pages }
        ... on Film { minutes showing }
      }
    }`);

    expect(result).toEqual({
      data: {
        media: [
          { __typename: 'Book', kind: 'Book', title: 'Ulysses', pages: 730 },
          { __typename: 'Film', kind: 'Film', title: 'Stalker', minutes: 161, showing: true },
        ],
      },
    });
  });

  it('ask only about the types that a subgraph knows', async () => {
    await federation.execute('{ media { ... on Film { showing } } }');

    expect(
      federation.requests.map(({ service, variables }) => ({ service, ...variables })),
    ).toEqual([
      { service: 'media' },
      { service: 'cinemas', representations: [{ __typename: 'Film', id: 'f' }] },
    ]);
  });

  it('follow unions into lists of interfaces, through fragments on either', async () => {
    const result = await federation.execute(`
      query ($deep: Boolean = true) {
        found {
          ...Labelled
          ... on Shelf @include(if: $deep) { media { ...Rated ... on Film { showing } } }
          ... on Media { title }
        }
      }
      fragment Labelled on Shelf { label }
      fragment Rated on Media { id stars }
    `);

    expect(result).toEqual({
      data: {
        found: [
          { title: 'Stalker' },
          {
            label: 'A',
            media: [
              { id: 'f', stars: 5, showing: true },
              { id: 'b', stars: 4 },
            ],
          },
          { title: 'Ulysses' },
        ],
      },
    });
  });

  it('take fields from a subgraph that knows the interface as one object', async () => {
    expect(await federation.execute('{ media { stars } }')).toEqual({
      data: { media: [{ stars: 4 }, { stars: 5 }] },
    });
    expect(federation.requests[1]).toMatchObject({
      service: 'ratings',
      variables: {
        representations: [
          { __typename: 'Media', id: 'b' },
          { __typename: 'Media', id: 'f' },
        ],
      },
    });
  });

  it('find out the concrete type of what that subgraph lists itself', async () => {
    expect(
      await federation.execute(
        '{ best { __typename stars title ... on Film { minutes showing } } }',
      ),
    ).toEqual({
      data: {
        best: { __typename: 'Film', stars: 5, title: 'Stalker', minutes: 161, showing: true },
      },
    });
  });
});
