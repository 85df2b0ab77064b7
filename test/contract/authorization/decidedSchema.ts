/** The decisions of the table, spread out over a schema. */

import {
  getNamedType,
  isAbstractType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { venueAccountType, type Venue } from '../../../gateway/registry/venue.js';
import { ACCOUNT_TYPES, PUBLIC_TYPES, ROOT_FIELDS, type Decision } from './decisions.js';

/** By coordinate: `Query.account`, `Account`, and `Asset.price` for each field of a PUBLIC type. */
export type Decisions = ReadonlyMap<string, Decision>;

export function decisionsFor(venues: readonly Venue[]): Decisions {
  const fieldsOf = ([type, names]: readonly [string, string]) =>
    names.split(' ').map((name) => `${type}.${name}`);
  const lines: (readonly [string, Decision])[] = [
    ...Object.entries(ROOT_FIELDS),
    ...ACCOUNT_TYPES.map((name) => [name, 'ACCOUNT'] as const),
    ...Object.keys(PUBLIC_TYPES).map((name) => [name, 'PUBLIC'] as const),
    ...Object.entries(PUBLIC_TYPES)
      .flatMap(fieldsOf)
      .map((name) => [name, 'PUBLIC'] as const),
  ];
  return new Map(
    lines.flatMap(([name, decision]) =>
      perVenue(name, venues).map((coordinate) => [coordinate, decision] as const),
    ),
  );
}

const perVenue = (name: string, venues: readonly Venue[]): readonly string[] =>
  /«slug»/i.test(name)
    ? venues.map((venue) =>
        name
          .replace('«Slug»', venueAccountType(venue).replace(/Account$/, ''))
          .replace('«slug»', venue.slug),
      )
    : [name];

/** What is wrong between schema and table, with what to do about it; empty when all is decided. */
export function undecided(schema: GraphQLSchema, decisions: Decisions): readonly string[] {
  const needed = new Set(coordinatesToDecide(schema, decisions));
  const missing = [...needed].filter((coordinate) => !decisions.has(coordinate));
  const gone = [...decisions.keys()].filter((coordinate) => !needed.has(coordinate));
  return [
    ...missing.map(
      (coordinate) =>
        `${coordinate} has no decision. Say in decisions.ts who may see it: ACCOUNT, unless it is the same for everybody.`,
    ),
    ...gone.map(
      (coordinate) =>
        `${coordinate} is decided and not in the schema. Take it out of decisions.ts.`,
    ),
  ];
}

/** The ways from a PUBLIC root field to an ACCOUNT type that lead through no ACCOUNT root field. */
export function openWays(schema: GraphQLSchema, decisions: Decisions): readonly string[] {
  return rootFieldsOf(schema)
    .filter(({ coordinate }) => decisions.get(coordinate) === 'PUBLIC')
    .flatMap(({ coordinate, field }) => {
      const seen = new Set<string>();
      const walk = (type: GraphQLNamedType, way: string): readonly string[] => {
        if (seen.has(type.name)) return [];
        seen.add(type.name);
        if (isAbstractType(type)) {
          return schema.getPossibleTypes(type).flatMap((one) => walk(one, way));
        }
        if (!isObjectType(type)) return [];
        if (decisions.get(type.name) === 'ACCOUNT') {
          return [`${way} is for everybody, and leads to ${type.name}, which is not.`];
        }
        return Object.values(type.getFields()).flatMap(({ name, type: next }) =>
          walk(getNamedType(next), `${way}.${name}`),
        );
      };
      return walk(getNamedType(field.type), coordinate);
    });
}

export type RootKind = 'query' | 'mutation' | 'subscription';

export interface RootField {
  readonly coordinate: string;
  readonly kind: RootKind;
  readonly root: GraphQLObjectType;
  readonly field: ReturnType<GraphQLObjectType['getFields']>[string];
}

export function rootFieldsOf(schema: GraphQLSchema): readonly RootField[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const;
  return roots.flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {}).map((field) => ({
      coordinate: `${root?.name}.${field.name}`,
      kind,
      root: root as GraphQLObjectType,
      field,
    })),
  );
}

/** Of interfaces and unions their types decide. */
function coordinatesToDecide(schema: GraphQLSchema, decisions: Decisions): readonly string[] {
  const roots = rootFieldsOf(schema);
  const isData = (type: GraphQLNamedType): type is GraphQLObjectType =>
    isObjectType(type) && !type.name.startsWith('__') && roots.every(({ root }) => root !== type);
  return [
    ...roots.map(({ coordinate }) => coordinate),
    ...Object.values(schema.getTypeMap())
      .filter(isData)
      .flatMap((type) => [
        type.name,
        ...(decisions.get(type.name) === 'PUBLIC'
          ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
          : []),
      ]),
  ];
}
