/** Why the embedded database did not start, in one line that a person can act on. */

export type DatabaseStartCode =
  /** No PostgreSQL program for this platform, or one that does not run here. */
  | 'PROGRAM_UNUSABLE'
  /** The directory is not one, or cannot be written by the user that the server runs as. */
  | 'DIRECTORY_UNUSABLE'
  /** A living process owns the directory. */
  | 'IN_USE'
  /** Parts of the data are gone or were never a database. */
  | 'DATA_BROKEN'
  /** The data was made by another major version of PostgreSQL. */
  | 'DATA_OTHER_VERSION'
  /** PostgreSQL refuses to run as root, and there is no other user to run it as. */
  | 'NO_SERVER_USER'
  /** PostgreSQL could not make a new database cluster. */
  | 'INITDB_FAILED'
  /** PostgreSQL ended while starting. */
  | 'SERVER_FAILED';

/** `message` is one line; programs branch on `code`. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';

  constructor(
    readonly code: DatabaseStartCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The line of a PostgreSQL program's output that says what went wrong, without its prefix. */
export function essence(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.find((line) => /\b(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1);
  return telling?.replace(/^.*?\b(?:FATAL|PANIC|error):\s*/, '').trim() ?? 'it said nothing';
}
