/** What a folder of published numbers is to the runner: named cases, each of which can be checked. */

import { z, ZodError } from 'zod';

export interface VectorSet {
  /** The folder's name. */
  readonly name: string;
  /**
   * Every case that the folder holds, found by its content and never from a list.
   * Throws `UnreadableVectors` for a file that is not of the set's form.
   */
  readonly cases: (directory: string) => readonly VectorCase[];
}

export interface VectorCase {
  /** Unique in its set; the file's name or the case's own id. */
  readonly id: string;
  readonly check: () => readonly Comparison[];
}

/** One number of a case: what was published, and what we compute. */
export interface Comparison {
  /** Which number, such as «IM» or «scenario -0.135 UP». */
  readonly what: string;
  /** How far they are apart, in the unit of `limit`; NaN or Infinity fails. */
  readonly error: number;
  /** The error that the set's PROVENANCE allows: 0 for exact ones. */
  readonly limit: number;
  /** `error` relative to the published number, for the report; 0 where it makes no sense. */
  readonly relativeError: number;
}

/** A file that cannot be read as its set's; the message names the file and what is wrong in it. */
export class UnreadableVectors extends Error {
  constructor(file: string, cause: unknown) {
    super(`${file}: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof ZodError) return z.prettifyError(cause).replaceAll('\n', ' ');
  return cause instanceof Error ? cause.message : String(cause);
}
