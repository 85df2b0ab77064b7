import { GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { EntityCall } from '../../../../gateway/execution/entityCall.js';
import { compileEntityGroup } from '../../../../gateway/execution/entityGroup.js';
import type { OperationRun } from '../../../../gateway/execution/operationRun.js';
import type { PlanContext } from '../../../../gateway/execution/planContext.js';
import { TypeConditions } from '../../../../gateway/execution/typeConditions.js';

const types = new TypeConditions(
  parse(`
    interface Node { id: ID }
    type User implements Node { id: ID }
    type Bot implements Node { id: ID }
  `),
);
const context: PlanContext = {
  types,
  subgraph: () => {
    throw new Error('Nobody is asked here.');
  },
};

const field = (name: string, alias?: string) =>
  ({ kind: 'Field', name, ...(alias ? { alias } : {}) }) as const;
const requires = (typeCondition: string, ...selections: ReturnType<typeof field>[]) => ({
  kind: 'InlineFragment' as const,
  typeCondition,
  selections: [field('__typename'), ...selections],
});

type Batch = Parameters<typeof compileEntityGroup>[0];

const batch = (more: Partial<Batch>): Batch => ({
  alias: '_entities',
  representationsVariableName: 'representations',
  paths: [[{ Field: 'users' }, '@']],
  requires: [requires('User', field('id'))],
  ...more,
});

function call(data: Record<string, unknown>, ...batches: Batch[]) {
  const run: OperationRun = { variables: {}, context: { headers: {} }, data, errors: [] };
  const groups = batches.map((one) => compileEntityGroup(one, context));
  return { run, call: new EntityCall(groups, run, types) };
}

const user = (id: string | null) => ({ __typename: 'User', id });
const sent = (one: EntityCall) => JSON.parse(`{${one.variables}}`) as unknown;
const where = (errors: readonly GraphQLError[]) => errors.map(({ path }) => path?.join('.'));

describe('EntityCall', () => {
  it('sends each entity once, and fills in every place where it is', () => {
    const data = { users: [user('1'), user('2'), user('1')] };
    const { run, call: one } = call(data, batch({}));

    expect(sent(one)).toEqual({ representations: [user('1'), user('2')] });
    one.take(run, { data: { _entities: [{ tags: ['a'] }, null] } }, { service: 's' });
    expect(data.users).toEqual([
      { ...user('1'), tags: ['a'] },
      user('2'),
      { ...user('1'), tags: ['a'] },
    ]);
  });

  it('gives each place a copy of its own, for later fetches may differ from place to place', () => {
    const data: { users: Record<string, unknown>[] } = { users: [user('1'), user('1')] };
    const { run, call: one } = call(data, batch({}));
    one.take(run, { data: { _entities: [{ pet: { name: 'Rex' } }] } }, { service: 's' });
    Object.assign(data.users[0]?.['pet'] as object, { more: true });

    expect(data.users[1]?.['pet']).toEqual({ name: 'Rex' });
  });

  it('leaves out nulls, other types, and entities whose key is not known', () => {
    const data = { users: [null, { __typename: 'Bot', id: '1' }, user(null), 'text'] };

    expect(call(data, batch({})).call.isEmpty).toBe(true);
  });

  it('sends required fields under the names that the subgraph knows, and null for missing ones', () => {
    const data = { users: [{ ...user('1'), size_1: 'L' }, user('2')] };
    const selections = [field('id'), field('size_1', 'size')];

    expect(sent(call(data, batch({ requires: [requires('User', ...selections)] })).call)).toEqual({
      representations: [
        { ...user('1'), size: 'L' },
        { ...user('2'), size: null },
      ],
    });
  });

  it('sends an entity under the name of its interface where the subgraph knows only that', () => {
    const data = { users: [user('1'), { __typename: 'Bot', id: '2' }] };
    const rewrite = {
      ValueSetter: {
        path: [{ TypenameEquals: ['Node'] }, { Key: '__typename' }],
        setValueTo: 'Node',
      },
    };
    const { call: one } = call(
      data,
      batch({ requires: [requires('Node', field('id'))], inputRewrites: [rewrite] }),
    );

    expect(sent(one)).toEqual({
      representations: [
        { __typename: 'Node', id: '1' },
        { __typename: 'Node', id: '2' },
      ],
    });
  });

  it('follows a path only through the types that it names', () => {
    const path = [{ Field: 'nodes' }, '@' as const, { TypeCondition: ['User'] }, { Field: 'boss' }];
    const data = {
      nodes: [
        { __typename: 'User', boss: user('1') },
        { __typename: 'Bot', boss: user('2') },
      ],
    };

    expect(sent(call(data, batch({ paths: [path] })).call)).toEqual({
      representations: [user('1')],
    });
  });

  it('puts errors where the entity is, each place its own, under the names of the response', () => {
    const data = { users: [user('1'), user('2'), user('1')] };
    const rename = {
      KeyRenamer: {
        path: [{ TypenameEquals: ['User'] }, { Key: '_alias_0' }],
        renameKeyTo: 'name',
      },
    };
    const { run, call: one } = call(data, batch({ outputRewrites: [rename] }));
    const answer = { _entities: [{ __typename: 'User', _alias_0: 'Ann' }, null] };
    const errors = [
      { message: 'a', path: ['_entities', 0, '_alias_0'] },
      { message: 'b', path: ['_entities', 1] },
      { message: 'c', path: ['_entities'] },
      { message: 'd' },
    ];
    one.take(run, { data: answer, errors }, { service: 's' });

    expect(where(run.errors)).toEqual([
      'users.0.name',
      'users.2.name',
      'users.1',
      'users',
      'users',
    ]);
    expect(data.users[0]).toEqual({ ...user('1'), name: 'Ann' });
  });

  it('carries several groups, and knows each by its place', () => {
    const data = { users: [user('1')], bosses: [{ of: user('2') }, { of: user('3') }] };
    const { run, call: one } = call(
      data,
      batch({ alias: '_e0', representationsVariableName: 'r0' }),
      batch({
        alias: '_e1',
        representationsVariableName: 'r1',
        paths: [[{ Field: 'bosses' }, '@', { Field: 'of' }], [{ Field: 'nobody' }]],
      }),
    );

    expect(sent(one)).toEqual({ r0: [user('1')], r1: [user('2'), user('3')] });
    expect(one.places()).toEqual([['users', 0], ['bosses']]);
    one.take(run, { data: { _e0: [{ a: 1 }], _e1: [{ b: 2 }, { b: 3 }] } }, { service: 's' });
    expect(data).toEqual({
      users: [{ ...user('1'), a: 1 }],
      bosses: [{ of: { ...user('2'), b: 2 } }, { of: { ...user('3'), b: 3 } }],
    });
  });
});
