/** Where a reader of an update stream stands, as the opaque text that clients hold. */

import { badUserInput } from '../../shared/errors.js';

export interface UpdateCursor {
  /** Which run of which process counted; the sequence means nothing in another. */
  readonly epoch: string;
  /** The last update that is behind the reader. */
  readonly sequence: number;
  /** False while the reader is in the middle of the first states, and so lacks some of them. */
  readonly isComplete: boolean;
}

const READABLE = /^([0-9A-Za-z-]{1,64})\.(\d{1,15})(~?)$/;

export function encodeCursor({ epoch, sequence, isComplete }: UpdateCursor): string {
  return Buffer.from(`${epoch}.${sequence}${isComplete ? '' : '~'}`).toString('base64url');
}

/** Throws BAD_USER_INPUT for what `encodeCursor` cannot have made. */
export function decodeCursor(text: unknown): UpdateCursor {
  const decoded = typeof text === 'string' ? Buffer.from(text, 'base64url').toString() : '';
  const [, epoch, sequence, partial] = READABLE.exec(decoded) ?? [];
  if (epoch && sequence) {
    const cursor = { epoch, sequence: Number(sequence), isComplete: !partial };
    if (encodeCursor(cursor) === text) return cursor;
  }
  throw badUserInput(
    'after',
    'This is no cursor of this stream; pass one exactly as it was given.',
  );
}
