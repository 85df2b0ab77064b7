/**
 * Bundles each service with its libraries into `dist/`, so that it starts from a few files: seven
 * processes that each compile TypeScript and look up hundreds of modules take three times as long.
 */

import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUTPUT = join(ROOT, 'dist');
/** What bundles are made from. A change in a library changes the lock file. */
const SOURCES = [
  'gateway',
  'subgraphs',
  'prisma',
  'cli/start/bundleServices.ts',
  'package-lock.json',
];

/** Threads that services start; each is a bundle of its own. */
const THREADS = ['subgraphs/margin/liquidation/liquidationThread.ts'];

/** The bundle of a main file, from the project's root: `gateway/main.ts` → `dist/gateway/main.mjs`. */
export const bundleOf = (main: string) => join('dist', main.replace(/\.ts$/, '.mjs'));

/** Makes the bundles of the main files given, unless all are newer than every source. */
export async function bundleServices(mains: readonly string[]): Promise<void> {
  const entryPoints = [...new Set([...mains, ...THREADS])];
  const bundles = entryPoints.map((entry) => join(ROOT, bundleOf(entry)));
  const newestSource = Math.max(...SOURCES.map((path) => newestChange(join(ROOT, path))));
  if (bundles.every((bundle) => newestChange(bundle) > newestSource)) return;

  const startedAt = new Date();
  rmSync(OUTPUT, { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints,
    outbase: ROOT,
    outdir: OUTPUT,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'linked',
    // The planner is a native addon; pg asks for its own only where somebody has installed it.
    external: ['@graphql-hive/router-query-planner', 'pg-native'],
    // CommonJS libraries inside an ES module still call require for Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [sourceUrls],
    logLevel: 'error',
  });
  // What changes while this runs is newer than the bundles.
  for (const bundle of bundles) utimesSync(bundle, startedAt, startedAt);
}

/**
 * Our files find schemas, migrations and replays beside themselves, not beside their bundle. A thread
 * begins with its bundle, where from the sources it begins with a file that compiles TypeScript.
 */
const sourceUrls: Plugin = {
  name: 'source urls',
  setup: (esbuild) => {
    esbuild.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      const text = await readFile(path, 'utf8');
      const url = JSON.stringify(pathToFileURL(path).href);
      const contents = withBundledThreads(text).replaceAll('import.meta.url', url);
      return { contents, loader: 'ts' };
    });
  },
};

function withBundledThreads(text: string): string {
  return THREADS.reduce((result, thread) => {
    const name = basename(thread, '.ts');
    const starter = `'./start${name.charAt(0).toUpperCase()}${name.slice(1)}.mjs'`;
    return result.replaceAll(
      starter,
      JSON.stringify(pathToFileURL(join(ROOT, bundleOf(thread))).href),
    );
  }, text);
}

/** In ms since 1970; 0 when there is no such file. */
function newestChange(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== 'replay');
  return Math.max(0, ...inside.map((name) => newestChange(join(path, name))));
}
