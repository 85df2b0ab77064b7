/** What the kit holds of one account: its last good state, and whether that state still stands. */

import { isDeepStrictEqual } from 'node:util';
import type { VenueState } from '../contract/venueState.js';

/** Never changed in place, so that an update in flight keeps what it was made with. */
export interface AccountRecord {
  /** `«slug»:«the venue's own account id»`. */
  readonly id: string;
  /** The last good state; null when the venue has never answered. */
  readonly state: VenueState | null;
  /** When that state was taken over; null without a state. */
  readonly receivedAt: Date | null;
  /** Why the state is not live; null while it is. */
  readonly problem: string | null;
}

/** The record after a good answer; the same object when nothing is new. */
export function afterAnswer(
  record: AccountRecord | undefined,
  id: string,
  state: VenueState,
  receivedAt: Date,
): AccountRecord {
  const isOld = record?.problem === null && isDeepStrictEqual(record.state, state);
  return isOld ? record : { id, state, receivedAt, problem: null };
}

/** The record after an answer that was refused or did not come; the same object when that is old. */
export function afterProblem(
  record: AccountRecord | undefined,
  id: string,
  problem: string,
): AccountRecord {
  if (record?.problem === problem) return record;
  return { id, state: record?.state ?? null, receivedAt: record?.receivedAt ?? null, problem };
}
