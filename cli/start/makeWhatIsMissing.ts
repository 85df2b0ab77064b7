/** Everything that is made from the sources: the database client, the page, the bundles. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleServices } from './bundleServices.js';
import { MAINS } from './services.js';

const ROOT = new URL('../../', import.meta.url);

/** `npm ci` has made these, unless it ran with --ignore-scripts. */
const GENERATED = ['prisma/generated/client.ts', 'web/dist/index.html'];

/** Bundles follow their sources. Throws when something cannot be made. */
export async function makeWhatIsMissing(): Promise<void> {
  if (!GENERATED.every((path) => existsSync(new URL(path, ROOT)))) {
    const { status } = spawnSync('npm', ['run', '--silent', 'generate'], {
      cwd: fileURLToPath(ROOT),
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('`npm run generate` failed; its output is above.');
  }
  await bundleServices(MAINS);
}
