import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { VENUES } from '../../support/graphSubgraphs.js';
import { clientSchema } from './clientSchema.js';
import { decisionsFor, openWays, undecided, type Decisions } from './decidedSchema.js';

const decisions = decisionsFor(VENUES);

describe('the decisions on who may see what', () => {
  it('cover the schema that clients see, and nothing else', () => {
    expect(undecided(clientSchema(VENUES), decisions)).toEqual([]);
  });

  it('let nobody reach an account from a field for everybody', () => {
    expect(openWays(clientSchema(VENUES), decisions)).toEqual([]);
  });
});

describe('a schema with what is not decided', () => {
  const schema = buildSchema(`
    type Query { prices: [Price!]!  account: Account }
    type Price { usd: String  heldBy: Holder }
    union Holder = Account
    type Account { id: ID! }
  `);
  const table = (lines: Record<string, 'PUBLIC' | 'ACCOUNT'>): Decisions =>
    new Map(Object.entries(lines));

  it('is told what to decide, and what is decided in vain', () => {
    const some = table({
      'Query.prices': 'PUBLIC',
      Price: 'PUBLIC',
      'Price.usd': 'PUBLIC',
      Account: 'ACCOUNT',
      Owner: 'ACCOUNT',
    });
    expect(undecided(schema, some).map((problem) => problem.split('. ')[0])).toEqual([
      'Query.account has no decision',
      'Price.heldBy has no decision',
      'Owner is decided and not in the schema',
    ]);
  });

  it('is told of the way to what is not for everybody, through a union too', () => {
    const some = table({
      'Query.prices': 'PUBLIC',
      'Query.account': 'ACCOUNT',
      Price: 'PUBLIC',
      Account: 'ACCOUNT',
    });
    expect(openWays(schema, some)).toEqual([
      'Query.prices.heldBy is for everybody, and leads to Account, which is not.',
    ]);
  });
});
