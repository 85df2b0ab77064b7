import { readdirSync, readFileSync } from 'node:fs';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  parse,
  validate,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { apiSchema as publicSchema } from '../../../gateway/planning/apiSchema.js';
import {
  composeSupergraph,
  CompositionError,
} from '../../../gateway/registry/composeSupergraph.js';
import { graphSubgraphs, VENUES } from '../../support/graphSubgraphs.js';

const operations = new URL('../../../web/operations/', import.meta.url);
const apiSchema = () =>
  publicSchema(new QueryPlanner(composeSupergraph(graphSubgraphs())).consumerSchema);

describe('the supergraph', () => {
  it('composes, with none, one or all venues in it', () => {
    for (const venues of [[], VENUES.slice(0, 1), VENUES]) {
      expect(composeSupergraph(graphSubgraphs(venues))).toContain('join__Graph');
    }
  });

  it('describes every type, field, argument and value', () => {
    const missing = Object.values(apiSchema().getTypeMap()).filter(isOurs).flatMap(undescribed);
    expect(missing).toEqual([]);
  });

  it('answers every example operation of the page', () => {
    const schema = apiSchema();
    const files = readdirSync(operations);
    const problems = files.flatMap((file) =>
      validate(schema, parse(readFileSync(new URL(file, operations), 'utf8'))).map(
        ({ message }) => `${file}: ${message}`,
      ),
    );
    expect(problems).toEqual([]);
    expect(files.length).toBeGreaterThan(3);
  });

  it('plans one `_entities` call per subgraph and step for a list of accounts', () => {
    const planner = new QueryPlanner(composeSupergraph(graphSubgraphs()));
    const query = `{ accounts(first: 10) { nodes { id venueAccounts { positions { size } } margin { equity } } } }`;
    const { node } = planner.plan(query, null, new Set(), 0);
    const services = [...JSON.stringify(node).matchAll(/"serviceName":"(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(services.sort()).toEqual(['accounts', 'bybit', 'deribit', 'hub', 'margin', 'okx']);
  });

  it('is refused where it would end the planner’s process, though it composes', () => {
    const rival = {
      name: 'rival',
      url: 'http://127.0.0.1:1/rival',
      typeDefs: `extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
        type VenueAccount @interfaceObject @key(fields: "id") { id: ID!  mood: String }
        type OkxAccount @key(fields: "id") { id: ID!  temper: String }`,
    };
    expect(() => composeSupergraph([...graphSubgraphs(), rival])).toThrow(
      /defines VenueAccount as an @interfaceObject/,
    );
  });

  it('is refused with the reasons of the composer when subgraphs contradict each other', () => {
    const rival = {
      name: 'rival',
      url: 'http://127.0.0.1:1/rival',
      typeDefs: 'type Query { accounts: Int }',
    };
    expect(() => composeSupergraph([...graphSubgraphs(), rival])).toThrow(CompositionError);
    expect(() => composeSupergraph([...graphSubgraphs(), rival])).toThrow(/Query\.accounts/);
  });
});

const isOurs = (type: GraphQLNamedType) =>
  !type.name.startsWith('__') && !isSpecifiedScalarType(type) && !ROOTS.has(type.name);

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

/** Coordinates of what has no description; root types need none, their fields do. */
function undescribed(type: GraphQLNamedType): string[] {
  const own = type.description ? [] : [type.name];
  if (isEnumType(type)) {
    return [
      ...own,
      ...type.getValues().flatMap((v) => (v.description ? [] : [`${type.name}.${v.name}`])),
    ];
  }
  if (isUnionType(type)) return own;
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return own;
  const fields: readonly (GraphQLField<unknown, unknown> | GraphQLInputField)[] = Object.values(
    type.getFields(),
  );
  const inner = fields.flatMap((field) => [
    { at: `${type.name}.${field.name}`, ...field },
    ...('args' in field ? field.args : []).map((argument) => ({
      ...argument,
      at: `${type.name}.${field.name}(${argument.name})`,
    })),
  ]);
  return [...own, ...inner.flatMap(({ at, description }) => (description ? [] : [at]))];
}
