/** What an operation is called in metrics and traces: never its text, which may hold anything. */

import { createHash } from 'node:crypto';

/** For requests that are not of any operation that can run: unreadable, refused, invalid. */
export const NO_OPERATION = 'none';

const DIGITS = 16;
const PERSISTED_ID = /^[\w:.-]{1,64}$/;

/** The beginning of the text's SHA-256, in hexadecimal. Ask once per operation, and keep it. */
export const operationIdOfText = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, DIGITS);

/** A persisted operation's own id; one that is no plain word is hashed like a text. */
export const operationIdOfPersisted = (id: string): string =>
  PERSISTED_ID.test(id) ? id : operationIdOfText(id);
