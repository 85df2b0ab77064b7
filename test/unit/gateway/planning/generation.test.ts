import { describe, expect, it } from 'vitest';
import { askerOf } from '../../../../gateway/admission/operationPolicy.js';
import { Generation } from '../../../../gateway/planning/generation.js';
import { composeSupergraph } from '../../../../gateway/registry/composeSupergraph.js';
import type { Upstream } from '../../../../gateway/upstream/upstream.js';

const silent: Upstream = {
  request: () => Promise.resolve({ data: null }),
  subscribe: () => {
    throw new Error('There are no subscriptions.');
  },
  close: () => Promise.resolve(),
};

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])\n';

/** `typeDefs` by the names of subgraphs. */
function generation(typeDefs: Record<string, string>, served = Object.keys(typeDefs)): Generation {
  return new Generation({
    supergraphSdl: composeSupergraph(
      Object.entries(typeDefs).map(([name, sdl]) => ({
        name,
        url: `http://${name}`,
        typeDefs: FEDERATION + sdl,
      })),
    ),
    upstreams: new Map(served.map((name) => [name, silent])),
  });
}

describe('a generation', () => {
  it('cannot be made when a subgraph is served by nobody', () => {
    const typeDefs = { a: 'type Query { a: Int }', b: 'type Query { b: Int }' };

    expect(() => generation(typeDefs, ['a'])).toThrow('No upstream for the subgraph "b".');
  });

  it('cannot be made of a supergraph that the planner would die of', () => {
    const people = `
      interface Node @key(fields: "id") { id: ID! }
      type User implements Node @key(fields: "id") { id: ID! age: Int }
      type Query { users: [User!]! }
    `;
    const scores = 'type Node @interfaceObject @key(fields: "id") { id: ID! score: Int }';

    expect(() => generation({ people, scores })).not.toThrow();
    expect(() =>
      generation({
        people,
        scores: `${scores} type User @key(fields: "id") { id: ID! mood: Int }`,
      }),
    ).toThrow('The subgraph SCORES defines Node as an @interfaceObject, and User too.');
  });

  it('refuses a condition on the one root field of a subscription, in place of throwing', () => {
    const one = generation({ a: 'type Query { a: Int } type Subscription { b: Int }' });

    expect(one.prepare('subscription ($on: Boolean!) { b @include(if: $on) }')).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  it('refuses an operation whose fragments multiply beyond measure', () => {
    const one = generation({ a: 'type Query { a: A } type A { a: A b: Int }' });
    const fragments = Array.from(
      { length: 15 },
      (_, level) =>
        `fragment F${level} on A { x: a { ...F${level + 1} } y: a { ...F${level + 1} } }`,
    );

    expect(
      one.prepare(`{ a { ...F0 } } ${fragments.join(' ')} fragment F15 on A { b }`),
    ).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_TOO_COSTLY' } }] });
  });

  it('plans an operation per values of its conditions, and each of them once', async () => {
    const one = generation({ a: 'type Query { a: Int b: Int }' });
    const prepared = one.prepare('query ($on: Boolean!) { a b @include(if: $on) }');
    if ('errors' in prepared) throw new Error('It cannot be prepared.');

    const [on, off, again] = await Promise.all(
      [true, false, true].map(async (on) => {
        const admitted = await prepared.admit({ on }, askerOf({}));
        return 'errors' in admitted ? undefined : admitted.compiled;
      }),
    );

    expect(on).toBeDefined();
    expect(again).toBe(on);
    expect(off).not.toBe(on);
  });
});
