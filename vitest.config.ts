import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const project = (name: string, more: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...more },
});

export default defineConfig({
  resolve: {
    // As Node resolves it. Vite would take graphql's ES modules for our files and Node its CommonJS
    // for the libraries, and graphql refuses to work with two copies of itself.
    alias: [
      {
        find: /^graphql$/,
        replacement: fileURLToPath(new URL('node_modules/graphql/index.js', import.meta.url)),
      },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'bench', include: [], benchmark: { include: ['test/bench/*.bench.ts'] } },
      },
      project('unit'),
      // Published numbers, read from `../shared/vectors`.
      project('vectors'),
      // Composing, planning and checking the imports of the whole tree takes seconds on a busy machine.
      project('contract', { testTimeout: 30_000 }),
      // What Federation promises, one file per directive or feature, through the whole gateway.
      project('conformance', { testTimeout: 30_000, hookTimeout: 30_000 }),
      // What stops, stalls or lies. Servers that misbehave for real, and clocks that bound the answer.
      project('faults', { testTimeout: 30_000, hookTimeout: 30_000 }),
      // Needs PostgreSQL: TEST_DATABASE_URL names a server, else an embedded one is started.
      project('database', {
        globalSetup: './test/support/databaseServer.ts',
        testTimeout: 30_000,
        hookTimeout: 60_000,
      }),
      // Real processes on a real PostgreSQL; one file after the other, for they load the machine.
      project('e2e', { fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000 }),
    ],
  },
});
