import { defineConfig } from 'prisma/config';

// `prisma generate` never runs the schema engine but insists on finding one, and would download it.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // For Prisma's own commands on a server; `generate` needs none.
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
