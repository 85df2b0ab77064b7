import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/testDatabase.js';

const database = testDatabase();
const schema = readFileSync(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8');

/** What PostgreSQL calls the types of our schema; an enum keeps its own name. */
const COLUMN_TYPES: Readonly<Record<string, string>> = {
  String: 'text',
  'String @db.Uuid': 'uuid',
  BigInt: 'bigint',
  'Decimal @db.Decimal(38, 18)': 'numeric(38,18)',
  'DateTime @db.Timestamptz(3)': 'timestamp(3) with time zone',
};

const blocks = (keyword: string) =>
  [...schema.matchAll(new RegExp(`^${keyword} (\\w+) \\{\\n(.*?)^\\}`, 'gms'))].map(
    ([, name = '', body = '']) => ({ name, lines: body.split('\n').map((line) => line.trim()) }),
  );

const enumNames = blocks('enum').map(({ name }) => name);
const modelNames = blocks('model').map(({ name }) => name);

/** "Account.name text not null" for every column that the schema declares, sorted. */
const declaredColumns = blocks('model').flatMap(({ name, lines }) =>
  lines.flatMap((line) => {
    const [, field = '', type = '', mark] = /^(\w+)\s+(\w+)(\?|\[\])?/.exec(line) ?? [];
    if (field === '' || modelNames.includes(type)) return [];
    const native = /@db\.\w+(?:\([\d, ]+\))?/.exec(line)?.[0];
    const prismaType = native ? `${type} ${native}` : type;
    const columnType = enumNames.includes(type) ? `"${type}"` : COLUMN_TYPES[prismaType];
    return [`${name}.${field} ${columnType ?? prismaType} ${mark === '?' ? 'null' : 'not null'}`];
  }),
);

describe('the migrated database', () => {
  it('has exactly the columns, types and nullability of schema.prisma', async () => {
    const rows = await database.prisma.$queryRaw<{ column: string }[]>`
      SELECT format('%s.%s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                    CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END) AS "column"
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
      WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
        AND c.relname <> '_prisma_migrations'`;

    expect(rows.map(({ column }) => column).sort()).toEqual([...declaredColumns].sort());
  });

  it('has the enum values of schema.prisma, in their order', async () => {
    const rows = await database.prisma.$queryRaw<{ name: string; values: string[] }[]>`
      SELECT t.typname::text AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS values
      FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid GROUP BY t.typname ORDER BY t.typname`;

    expect(rows).toEqual(
      blocks('enum').map(({ name, lines }) => ({ name, values: lines.filter(Boolean) })),
    );
  });

  it('answers a query of every model', async () => {
    const {
      owner,
      account,
      accountMember,
      venueLink,
      asset,
      assetPrice,
      marginCallEvent,
      marginArchitectureSwitch,
    } = database.prisma;
    const counts = await Promise.all([
      owner.count(),
      account.count(),
      accountMember.count(),
      venueLink.count(),
      asset.count(),
      assetPrice.count(),
      marginCallEvent.count(),
      marginArchitectureSwitch.count(),
    ]);

    expect(counts).toEqual(modelNames.map(() => 0));
  });
});
