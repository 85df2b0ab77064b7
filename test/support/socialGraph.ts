/** One schema twice, over the same data: as a monolith, and divided among three subgraphs. */

import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { parse, type GraphQLSchema } from 'graphql';

interface User {
  __typename: 'User';
  id: string;
  label: string;
  age: number | null;
  color: string | null;
  friendId: string | null;
  bossId: string | null;
}

interface Bot {
  __typename: 'Bot';
  id: string;
  label: string;
  model: string;
  friendId: string | null;
}

interface Post {
  id: string;
  title: string | null;
  words: number | null;
  authorId: string;
  pet: { __typename: string } | null;
}

interface Reference {
  id: string;
}

const user = (id: string, age: number | null, friendId: string | null, bossId: string | null) =>
  ({
    __typename: 'User',
    id,
    label: `User ${id}`,
    age,
    color: age === null ? null : age % 2 ? 'RED' : 'BLUE',
    friendId,
    bossId,
  }) satisfies User;

const users = [user('1', 30, '2', null), user('2', 41, 'b1', '1'), user('3', null, null, '2')];
const bots: Bot[] = [{ __typename: 'Bot', id: 'b1', label: 'Bot', model: 'T', friendId: '1' }];
const nodes = [users[0], bots[0], users[2]];
const cat = { __typename: 'Cat', name: 'Tom', lives: 9 };
const dog = { __typename: 'Dog', name: 'Rex', tricks: ['sit', 'roll'] };
const posts: Post[] = [
  { id: 'p1', title: 'First', words: 5, authorId: '1', pet: cat },
  { id: 'p2', title: null, words: 7, authorId: '2', pet: dog },
  { id: 'p3', title: 'Third', words: null, authorId: '1', pet: null },
];

const nodeOf = (id: string | null) => [...users, ...bots].find((one) => one.id === id) ?? null;
const postOf = (id: string) => posts.find((one) => one.id === id) ?? null;
const first = <Item>(items: Item[], { first: count }: { first?: number | null }) =>
  typeof count === 'number' ? items.slice(0, count) : items;

const people = {
  Query: {
    users: (_root: unknown, args: { first?: number }) => first(users, args),
    boss: () => users[0],
    nodes: () => nodes,
  },
  User: {
    friend: ({ friendId }: User) => nodeOf(friendId),
    boss: ({ bossId }: User) => nodeOf(bossId),
  },
  Bot: { friend: ({ friendId }: Bot) => nodeOf(friendId) },
};

const blog = {
  Query: { posts: () => [...posts, null], pets: () => [dog, null, cat] },
  User: {
    posts: ({ id }: Reference, args: { first?: number }) =>
      first(
        posts.filter(({ authorId }) => authorId === id),
        args,
      ),
  },
  Post: {
    author: ({ authorId }: Post) => nodeOf(authorId),
    related: ({ id }: Reference) => posts.filter((one) => one.id !== id),
  },
};

const statistics = {
  score: ({ id }: Reference) => id.length * 7,
  likes: ({ id }: Reference) => (id === 'p2' ? null : 3),
  // Post p3 breaks its promise, so that nulls have to go up.
  strict: ({ id }: Reference) => (id === 'p3' ? null : `strictly ${id}`),
  headline: ({ title, words }: Pick<Post, 'title' | 'words'>) =>
    title === null ? null : `${title} (${words ?? 'no'} words)`,
};

const shared = `
  enum Color { RED BLUE }
  union Pet = Cat | Dog
`;
const pets = (directive: string) => `
  type Cat ${directive} { name: String! lives: Int }
  type Dog ${directive} { name: String! tricks: [String!] }
`;

export const monolith: GraphQLSchema = buildSubgraphSchema([
  {
    typeDefs: parse(`
      ${shared} ${pets('')}
      interface Node { id: ID! label: String! friend: Node score: Int }
      type User implements Node {
        id: ID! label: String! friend: Node score: Int
        age: Int color: Color boss: User posts(first: Int): [Post!]!
      }
      type Bot implements Node { id: ID! label: String! friend: Node score: Int model: String! }
      type Post {
        id: ID! title: String words: Int author: User! pet: Pet related: [Post!]
        likes: Int strict: String! headline: String
      }
      type Query {
        users(first: Int): [User!]! boss: User nodes: [Node!]! posts: [Post]! pets: [Pet]
      }
    `),
    resolvers: {
      ...people,
      Query: { ...people.Query, ...blog.Query },
      User: { ...people.User, ...blog.User, score: statistics.score },
      Bot: { ...people.Bot, score: statistics.score },
      Post: {
        ...blog.Post,
        likes: statistics.likes,
        strict: statistics.strict,
        headline: statistics.headline,
      },
    },
  },
]);

export interface LocalSubgraph {
  readonly name: string;
  readonly typeDefs: string;
  readonly schema: GraphQLSchema;
}

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject"])\n`;

const subgraph = (
  name: string,
  typeDefs: string,
  resolvers: GraphQLResolverMap<unknown>,
): LocalSubgraph => ({
  name,
  typeDefs: FEDERATION + typeDefs,
  schema: buildSubgraphSchema([{ typeDefs: parse(FEDERATION + typeDefs), resolvers }]),
});

const byId = { __resolveReference: ({ id }: Reference) => nodeOf(id) };

export const subgraphs: readonly LocalSubgraph[] = [
  subgraph(
    'people',
    `
      enum Color { RED BLUE }
      interface Node @key(fields: "id") { id: ID! label: String! friend: Node }
      type User implements Node @key(fields: "id") {
        id: ID! label: String! friend: Node age: Int color: Color boss: User
      }
      type Bot implements Node @key(fields: "id") {
        id: ID! label: String! friend: Node model: String!
      }
      type Query { users(first: Int): [User!]! boss: User nodes: [Node!]! }
    `,
    {
      ...people,
      User: { ...people.User, ...byId },
      Bot: { ...people.Bot, ...byId },
      Node: byId,
    },
  ),
  subgraph(
    'blog',
    `
      union Pet = Cat | Dog
      ${pets('@shareable')}
      type User @key(fields: "id") { id: ID! posts(first: Int): [Post!]! }
      type Post @key(fields: "id") {
        id: ID! title: String words: Int author: User! pet: Pet related: [Post!]
      }
      type Query { posts: [Post]! pets: [Pet] }
    `,
    {
      ...blog,
      Post: { ...blog.Post, __resolveReference: ({ id }: Reference) => postOf(id) },
    },
  ),
  subgraph(
    'statistics',
    `
      type Node @interfaceObject @key(fields: "id") { id: ID! score: Int }
      type Post @key(fields: "id") {
        id: ID! likes: Int strict: String!
        title: String @external words: Int @external
        headline: String @requires(fields: "title words")
      }
    `,
    {
      Node: { score: statistics.score },
      Post: {
        likes: statistics.likes,
        strict: statistics.strict,
        headline: statistics.headline,
      },
    },
  ),
];
