/**
 * One schema twice, over the same random data: as a monolith, and divided among three subgraphs so that
 * nearly every feature of Federation is needed to put it together again.
 */

import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import type { ServedSubgraph } from './servedGraph.js';

interface Person {
  readonly __typename: 'User' | 'Bot';
  readonly id: string;
  label: string | null;
  readonly number: number | null;
  readonly color: string | null;
  readonly friendId: string | null;
}

interface Ware {
  readonly __typename: 'Post' | 'Gift';
  readonly id: string;
  readonly title: string | null;
  readonly words: number | null;
  readonly authorId: string;
  readonly pet: 'Cat' | 'Dog' | null;
  likes: number | null;
  /** Whether its own subgraph refuses to tell its likes. */
  readonly isRefused: boolean;
  /** Whether `strict` breaks its promise not to be null. */
  readonly isBroken: boolean;
}

export interface World {
  readonly people: readonly Person[];
  readonly wares: readonly Ware[];
}

const USERS = ['u0', 'u1', 'u2'];
const BOTS = ['b0', 'b1'];
const POSTS = ['p0', 'p1', 'p2'];
const GIFTS = ['g0', 'g1'];
export const IDS = [...USERS, ...BOTS, ...POSTS, ...GIFTS, 'nobody'];

const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { freq: 3, nil: null });
const numbers = fc.integer({ min: -3, max: 9 });
const texts = fc.constantFrom('', 'a', 'text "é"');

const personWith = (__typename: Person['__typename']) => (id: string) =>
  fc.record<Person>({
    __typename: fc.constant(__typename),
    id: fc.constant(id),
    label: fc.option(texts, { freq: 9, nil: null }),
    number: maybe(numbers),
    color: maybe(fc.constantFrom('RED', 'BLUE', 'GREEN')),
    friendId: maybe(fc.constantFrom(...USERS, ...BOTS, 'nobody')),
  });

const wareWith = (__typename: Ware['__typename']) => (id: string) =>
  fc.record<Ware>({
    __typename: fc.constant(__typename),
    id: fc.constant(id),
    title: maybe(texts),
    words: maybe(numbers),
    authorId: fc.constantFrom(...USERS, ...BOTS),
    pet: maybe(fc.constantFrom('Cat', 'Dog')),
    likes: maybe(numbers),
    isRefused: fc.nat(5).map((value) => value === 0),
    isBroken: fc.nat(5).map((value) => value === 0),
  });

export const worlds: fc.Arbitrary<World> = fc.record({
  people: fc.tuple(...USERS.map(personWith('User')), ...BOTS.map(personWith('Bot'))),
  wares: fc.tuple(...POSTS.map(wareWith('Post')), ...GIFTS.map(wareWith('Gift'))),
});

interface Reference {
  readonly id: string;
}
type Told = Reference & Partial<Pick<Ware, 'title' | 'words'>>;
type Search = { text?: string | null; min?: number | null; colors?: string[] | null };

/** The same functions answer for the monolith and for the subgraphs, each over a world of its own. */
function behaviour(world: () => World) {
  const person = (id: string | null) => world().people.find((one) => one.id === id) ?? null;
  const ware = (id: string) => world().wares.find((one) => one.id === id) ?? null;
  const ofType = (type: string) => world().people.filter((one) => one.__typename === type);
  const wares = (type: string) => world().wares.filter((one) => one.__typename === type);
  const first = <Item>(items: readonly Item[], count?: number | null) =>
    typeof count === 'number' ? items.slice(0, count) : items;
  const pets = {
    Cat: { __typename: 'Cat', name: 'Tom', lives: 9 },
    Dog: { __typename: 'Dog', name: null, tricks: ['sit', 'roll'] },
  };
  const refused = () => new GraphQLError('Not for you.', { extensions: { code: 'FORBIDDEN' } });

  const people = {
    users: (_root: unknown, { count, by }: { count?: number | null; by?: Search | null }) =>
      first(
        ofType('User').filter((one) => !by?.colors || by.colors.includes(one.color ?? 'RED')),
        count,
      ),
    nodes: () => world().people,
    node: (_root: unknown, { id }: Reference) => person(id),
    echo: (_root: unknown, given: object) => JSON.stringify(given),
    rename: (_root: unknown, { id, to }: { id: string; to?: string | null }) => {
      const found = person(id);
      if (found) found.label = to ?? null;
      return found;
    },
    friend: ({ friendId }: Person) => person(friendId),
    boss: ({ id }: Person) => ofType('User').find((one) => one.friendId === id) ?? null,
    age: ({ number }: Person, { plus }: { plus: number }) =>
      number === null ? null : number + plus,
    model: ({ number }: Person) => `M${number ?? 0}`,
  };
  const blog = {
    posts: () => [...wares('Post'), null],
    items: () => [ware('g0'), person('u1'), null, ware('p1')],
    priced: () => world().wares,
    pets: () => [pets.Dog, null, pets.Cat],
    author: ({ authorId }: Ware) => person(authorId),
    postsOf: ({ id }: Reference, { count }: { count?: number | null }) =>
      first(
        wares('Post').filter((one) => one.authorId === id),
        count,
      ),
    favourite: ({ id }: Reference) =>
      id === 'u0' ? person('u1') : (world().wares.find((one) => one.authorId === id) ?? null),
    pet: ({ pet }: Ware) => (pet === null ? null : pets[pet]),
    related: ({ id }: Reference) => world().wares.filter((one) => one.id !== id),
    give: (_root: unknown, { id }: { id: string }) => ware(id),
  };
  const statistics = {
    score: ({ id }: Reference, { times }: { times: number }) => id.charCodeAt(1) * times,
    likes: ({ id }: Reference) => {
      const found = ware(id);
      if (found?.isRefused) throw refused();
      return found?.likes ?? null;
    },
    strict: ({ id }: Reference) => (ware(id)?.isBroken ? null : `strictly ${id}`),
    price: ({ id }: Reference) => ware(id)?.likes ?? null,
    cost: ({ id }: Reference, { in: color }: { in?: string | null }) =>
      `${id} in ${color ?? 'any'}`,
    headline: ({ title, words }: Told, { loud }: { loud?: boolean | null }) =>
      title === null ? null : `${title} (${words ?? 'no'} words)${loud ? '!' : ''}`,
    like: (_root: unknown, { post, by }: { post: string; by: number }) => {
      const found = ware(post);
      if (found?.__typename !== 'Post') throw refused();
      found.likes = (found.likes ?? 0) + by;
      return found;
    },
  };
  return { people, blog, statistics, person, ware };
}

const INPUTS = `
  enum Color { RED BLUE GREEN }
  input Search { text: String = "any" min: Int = 0 colors: [Color!] not: Search ids: [ID] }
`;
const PETS = `
  union Pet = Cat | Dog
  type Cat { name: String! lives: Int }
  type Dog { name: String tricks: [String!] }
`;

export const monolith = (world: () => World): ServedSubgraph => {
  const { people, blog, statistics } = behaviour(world);
  const person = { friend: people.friend, score: statistics.score };
  const ware = {
    author: blog.author,
    pet: blog.pet,
    likes: statistics.likes,
    price: statistics.price,
    cost: statistics.cost,
  };
  return {
    name: 'monolith',
    typeDefs: `
      ${INPUTS} ${PETS}
      interface Node { id: ID! label: String! friend: Node score(times: Int! = 1): Int }
      type User implements Node {
        id: ID! label: String! friend: Node score(times: Int! = 1): Int
        age(plus: Int! = 0): Int color: Color boss: User posts(count: Int): [Post!]! favourite: Item
      }
      type Bot implements Node {
        id: ID! label: String! friend: Node score(times: Int! = 1): Int model: String! color: Color
      }
      interface Priced { id: ID! price: Int cost(in: Color): String! }
      type Post implements Priced {
        id: ID! title: String words: Int author: Node! pet: Pet related: [Priced!]
        likes: Int strict: String! headline(loud: Boolean): String price: Int cost(in: Color): String!
      }
      type Gift implements Priced {
        id: ID! title: String author: Node! pet: Pet price: Int cost(in: Color): String!
      }
      union Item = Post | Gift | User
      type Query {
        users(count: Int, by: Search): [User!]! nodes: [Node]! node(id: ID!): Node
        echo(by: Search, all: [Search!], color: Color = BLUE, text: String): String
        posts: [Post]! items: [Item] priced: [Priced!] pets: [Pet]
      }
      type Mutation {
        rename(id: ID!, to: String): Node
        like(post: ID!, by: Int! = 1): Post
        give(id: ID!): Gift
      }
    `,
    resolvers: {
      Query: {
        users: people.users,
        nodes: people.nodes,
        node: people.node,
        echo: people.echo,
        posts: blog.posts,
        items: blog.items,
        priced: blog.priced,
        pets: blog.pets,
      },
      Mutation: { rename: people.rename, like: statistics.like, give: gift(blog.give) },
      User: {
        ...person,
        age: people.age,
        boss: people.boss,
        posts: blog.postsOf,
        favourite: blog.favourite,
      },
      Bot: { ...person, model: people.model },
      Post: {
        ...ware,
        related: blog.related,
        strict: statistics.strict,
        headline: statistics.headline,
      },
      Gift: ware,
    },
  };
};

/** Only gifts can be given. */
const gift =
  (give: ReturnType<typeof behaviour>['blog']['give']) =>
  (root: unknown, given: Reference): Ware | null => {
    const found = give(root, given);
    return found?.__typename === 'Gift' ? found : null;
  };

export const subgraphs = (world: () => World): readonly ServedSubgraph[] => {
  const { people, blog, statistics, person, ware } = behaviour(world);
  const findPerson = { __resolveReference: ({ id }: Reference) => person(id) };
  const findWare = { __resolveReference: ({ id }: Reference) => ware(id) };
  const asTold = { __resolveReference: (told: object) => told };
  const divided = (name: string, typeDefs: string, resolvers: GraphQLResolverMap<unknown>) => ({
    name,
    typeDefs,
    resolvers,
  });
  return [
    divided(
      'people',
      `
        ${INPUTS}
        interface Node @key(fields: "id") { id: ID! label: String! friend: Node }
        type User implements Node @key(fields: "id") {
          id: ID! label: String! friend: Node age(plus: Int! = 0): Int color: Color boss: User
        }
        type Bot implements Node @key(fields: "id") {
          id: ID! label: String! friend: Node model: String! color: Color
        }
        type Query {
          users(count: Int, by: Search): [User!]! nodes: [Node]! node(id: ID!): Node
          echo(by: Search, all: [Search!], color: Color = BLUE, text: String): String
        }
        type Mutation { rename(id: ID!, to: String): Node }
      `,
      {
        Query: {
          users: people.users,
          nodes: people.nodes,
          node: people.node,
          echo: people.echo,
        },
        Mutation: { rename: people.rename },
        Node: findPerson,
        User: { ...findPerson, friend: people.friend, age: people.age, boss: people.boss },
        Bot: { ...findPerson, friend: people.friend, model: people.model },
      },
    ),
    divided(
      'blog',
      `
        ${PETS}
        interface Node { id: ID! }
        type User implements Node @key(fields: "id") {
          id: ID! posts(count: Int): [Post!]! favourite: Item
        }
        type Bot implements Node @key(fields: "id") { id: ID! }
        interface Priced { id: ID! }
        type Post implements Priced @key(fields: "id") {
          id: ID! title: String words: Int author: Node! pet: Pet related: [Priced!]
        }
        type Gift implements Priced @key(fields: "id") {
          id: ID! title: String author: Node! pet: Pet
        }
        union Item = Post | Gift | User
        type Query { posts: [Post]! items: [Item] priced: [Priced!] pets: [Pet] }
        type Mutation { give(id: ID!): Gift }
      `,
      {
        Query: { posts: blog.posts, items: blog.items, priced: blog.priced, pets: blog.pets },
        Mutation: { give: gift(blog.give) },
        User: { ...asTold, posts: blog.postsOf, favourite: blog.favourite },
        Bot: asTold,
        Post: { ...findWare, author: blog.author, pet: blog.pet, related: blog.related },
        Gift: { ...findWare, author: blog.author, pet: blog.pet },
      },
    ),
    divided(
      'statistics',
      `
        enum Color { RED BLUE GREEN }
        type Node @interfaceObject @key(fields: "id") { id: ID! score(times: Int! = 1): Int }
        interface Priced { price: Int cost(in: Color): String! }
        type Post implements Priced @key(fields: "id") {
          id: ID! title: String @external words: Int @external
          likes: Int strict: String! price: Int cost(in: Color): String!
          headline(loud: Boolean): String @requires(fields: "title words")
        }
        type Gift implements Priced @key(fields: "id") {
          id: ID! price: Int cost(in: Color): String!
        }
        type Mutation { like(post: ID!, by: Int! = 1): Post }
      `,
      {
        Mutation: { like: statistics.like },
        Node: { ...asTold, score: statistics.score },
        Post: {
          ...asTold,
          likes: statistics.likes,
          strict: statistics.strict,
          price: statistics.price,
          cost: statistics.cost,
          headline: statistics.headline,
        },
        Gift: { ...asTold, price: statistics.price, cost: statistics.cost },
      },
    ),
  ];
};
