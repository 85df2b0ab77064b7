/** The custom scalars of the graph. Decimals cross as plain text, never as JSON numbers. */

import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { format, price, quantity, ratio, usd, type Measure } from './units.js';

/**
 * A scalar over a unit type: out as the shortest plain decimal, in only from a plain decimal string.
 * A JSON number is refused, because it may have lost digits before it came here.
 */
function decimalScalar<Unit extends string>(name: string, read: (text: string) => Measure<Unit>) {
  const parse = (value: unknown) => {
    if (typeof value !== 'string') {
      throw new TypeError(
        `${name} is a decimal string such as "12.5", not ${JSON.stringify(value)}.`,
      );
    }
    return read(value);
  };
  return new GraphQLScalarType<Measure<Unit>, string>({
    name,
    serialize: (value) =>
      typeof value === 'string' ? format(read(value)) : format(value as Measure<Unit>),
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const isoDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;

const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => (value instanceof Date ? value : new Date(value as string)).toISOString(),
  parseValue: readDateTime,
  parseLiteral: (node: ValueNode) =>
    readDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

function readDateTime(value: unknown): Date {
  if (typeof value !== 'string' || !isoDateTime.test(value)) {
    throw new TypeError(
      `DateTime is UTC such as "2026-11-22T12:00:00Z", not ${JSON.stringify(value)}.`,
    );
  }
  return new Date(value);
}

/** Resolvers for every scalar of `scalarTypeDefs`; spread them into a subgraph's resolver map. */
export const scalarResolvers = {
  Usd: decimalScalar('Usd', usd),
  Price: decimalScalar('Price', price),
  Quantity: decimalScalar('Quantity', quantity),
  Ratio: decimalScalar('Ratio', ratio),
  DateTime,
};
