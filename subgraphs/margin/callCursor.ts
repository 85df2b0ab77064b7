/** Positions in the stream of an account's margin calls, as opaque text. */

import { z } from 'zod';
import { badUserInput } from '../shared/errors.js';

const content = z.tuple([z.literal(1), z.string(), z.string().regex(/^(0|[1-9]\d{0,17})$/)]);

/** The position after the transition of this sequence; 0 is before the first. */
export const callCursor = (accountId: string, sequence: bigint): string =>
  Buffer.from(JSON.stringify([1, accountId, String(sequence)])).toString('base64url');

/**
 * The sequence of a cursor's transition. Throws BAD_USER_INPUT unless it is one that we gave for this
 * account, and not ahead of `head`.
 */
export function sequenceOf(cursor: string, accountId: string, head: bigint): bigint {
  const read = content.safeParse(parsed(cursor));
  if (!read.success) throw badUserInput('after', 'This is not a cursor of margin calls.');
  const [, owner, text] = read.data;
  if (owner !== accountId) throw badUserInput('after', 'This cursor is of another account.');
  const sequence = BigInt(text);
  if (sequence > head) throw badUserInput('after', 'This cursor is ahead of the last transition.');
  return sequence;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
