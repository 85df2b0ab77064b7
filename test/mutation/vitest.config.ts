import { defineConfig } from 'vitest/config';
import { NearestFirst } from './nearestFirst.js';

/**
 * The tests that a mutation of the margin domain must not survive: those of the domain itself and the
 * published numbers. Tests of the services above would only make each mutant wait.
 */
export default defineConfig({
  test: {
    include: ['test/unit/{margin,pricing}/**/*.test.ts', 'test/vectors/vectors.test.ts'],
    exclude: [
      'test/unit/margin/{call,latest,live,request,venue}*.test.ts',
      'test/unit/margin/liquidationWorker.test.ts',
      // Whole accounts, thousands of them: they would find more, and take most of the time.
      'test/unit/margin/{anyPortfolio,portfolio/anyRiskMargin,portfolio/extremePortfolio}.test.ts',
    ],
    // One worker keeps what it has loaded; a new mutant begins a new worker all the same.
    isolate: false,
    sequence: { sequencer: NearestFirst },
    setupFiles: ['test/mutation/briefProperties.ts'],
  },
});
