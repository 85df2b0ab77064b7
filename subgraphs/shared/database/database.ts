/** Makes a database ready for the services: its tables, and the demo's data on the first start. */

import { seed } from '../../../prisma/seed.js';
import { openClient } from './client.js';
import { migrate } from './migrate.js';

/**
 * Migrates, and seeds a database that has no owners yet. Safe to call from several processes at once,
 * and on every start. Throws MigrationError, or the driver's error when the server cannot be reached.
 */
export async function prepareDatabase(url: string): Promise<void> {
  await migrate(url);
  const prisma = openClient(url, 1);
  try {
    if ((await prisma.owner.count()) === 0) await seed(prisma);
  } finally {
    await prisma.$disconnect();
  }
}
