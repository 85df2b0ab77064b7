import { defineConfig } from 'vitest/config';

/** The tests that a mutation of the margin domain must not survive. */
export default defineConfig({
  test: { include: ['test/unit/{margin,pricing}/**/*.test.ts', 'test/vectors/vectors.test.ts'] },
});
