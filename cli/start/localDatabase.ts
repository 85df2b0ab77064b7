/** The database of a local start: a PostgreSQL server that is there, or the embedded one. */

import { prepareDatabase } from '../../subgraphs/shared/database/database.js';
import { startEmbeddedPostgres } from '../../subgraphs/shared/database/embeddedPostgres.js';

export interface LocalDatabase {
  readonly url: string;
  /** For people: where it is. */
  readonly place: string;
  /** Resolves when the embedded server ends; never for a server of somebody else. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** Migrated and seeded. Rejects with a message of one line; nothing is left running then. */
export async function startLocalDatabase(
  databaseUrl: string | undefined,
  dataDirectory: string,
): Promise<LocalDatabase> {
  if (databaseUrl !== undefined) {
    await prepareDatabase(databaseUrl).catch((cause: unknown) => {
      const { message } = cause as Error;
      throw new Error(`The database at DATABASE_URL cannot be used: ${message}`, { cause });
    });
    return {
      url: databaseUrl,
      place: 'at DATABASE_URL',
      exited: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  }
  const server = await startEmbeddedPostgres(dataDirectory);
  try {
    await prepareDatabase(server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { ...server, place: `embedded in ${dataDirectory}` };
}
