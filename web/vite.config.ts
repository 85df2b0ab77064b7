import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Monaco's own chunk has 2.9 MB, and a warning that is always there hides the others.
    chunkSizeWarningLimit: 3_000,
    rolldownOptions: {
      // React libraries mark modules with 'use client', which means nothing outside a server.
      checks: { moduleLevelDirective: false },
      // GraphiQL reads the names of its icons aloud, and takes them from the names of functions.
      output: { keepNames: true },
    },
  },
});
