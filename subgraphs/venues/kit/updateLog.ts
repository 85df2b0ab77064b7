/**
 * Every change of every account of one venue, in order, for any number of readers.
 *
 * The last changes are kept, so that a reader who was cut off goes on where it stood. One who stood
 * further back, or in another run of this process, gets the states anew.
 */

import { badUserInput } from '../../shared/errors.js';
import type { AccountRecord } from './accountRecord.js';
import { decodeCursor, encodeCursor } from './updateCursor.js';
import { UpdateStream } from './updateStream.js';

/** See `«Slug»AccountUpdate` in contract.graphql. */
export interface AccountUpdate {
  readonly cursor: string;
  readonly isSnapshot: boolean;
  readonly account: AccountRecord;
}

export interface UpdateLogLimits {
  /** How many changes are kept for readers who come back. */
  readonly keptMax: number;
  /** How many unread changes a reader may have before its stream ends. */
  readonly backlogMax: number;
}

interface Reader {
  readonly stream: UpdateStream<AccountUpdate>;
  readonly maySee: (accountId: string) => boolean;
}

export class UpdateLog {
  private readonly kept: AccountUpdate[] = [];
  private readonly current = new Map<string, AccountRecord>();
  private readonly readers = new Set<Reader>();
  private sequence = 0;

  /** `epoch` must differ from one run of the process to the next. */
  constructor(
    private readonly epoch: string,
    private readonly limits: UpdateLogLimits = { keptMax: 4_096, backlogMax: 1_024 },
  ) {}

  /** The newest record of an account. */
  get(id: string): AccountRecord | undefined {
    return this.current.get(id);
  }

  /** Every account's newest record, in the order of their ids. */
  all(): readonly AccountRecord[] {
    return [...this.current.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  append(account: AccountRecord): void {
    this.sequence += 1;
    this.current.set(account.id, account);
    const update = { cursor: this.cursor(true), isSnapshot: false, account };
    this.kept.push(update);
    if (this.kept.length > this.limits.keptMax) this.kept.shift();
    for (const { stream, maySee } of this.readers) if (maySee(account.id)) stream.push(update);
  }

  /**
   * What came after the cursor, or the states when there is none or it is no longer kept, and then
   * each change; only of accounts that the reader may see. Throws BAD_USER_INPUT for a cursor that
   * this log cannot have given.
   */
  subscribe(
    after: unknown,
    maySee: (accountId: string) => boolean = () => true,
  ): UpdateStream<AccountUpdate> {
    const missed = this.missed(after)?.filter(({ account }) => maySee(account.id));
    const stream = new UpdateStream(missed ?? this.snapshot(maySee), this.limits.backlogMax, () => {
      this.readers.delete(reader);
    });
    const reader: Reader = { stream, maySee };
    this.readers.add(reader);
    return stream;
  }

  /** Null when the states must be sent instead. */
  private missed(after: unknown): readonly AccountUpdate[] | null {
    if (after === null || after === undefined) return null;
    const { epoch, sequence, isComplete } = decodeCursor(after);
    if (epoch !== this.epoch) return null;
    const count = this.sequence - sequence;
    if (count < 0) {
      throw badUserInput(
        'after',
        'This cursor is ahead of the stream; pass one that it has given.',
      );
    }
    return isComplete && count <= this.kept.length
      ? this.kept.slice(this.kept.length - count)
      : null;
  }

  /** A cursor inside the snapshot says so: who comes back with it gets the states from the start. */
  private snapshot(maySee: Reader['maySee']): readonly AccountUpdate[] {
    const states = this.all().filter(({ id }) => maySee(id));
    return states.map((account, i) => ({
      cursor: this.cursor(i === states.length - 1),
      isSnapshot: true,
      account,
    }));
  }

  private cursor(isComplete: boolean): string {
    return encodeCursor({ epoch: this.epoch, sequence: this.sequence, isComplete });
  }
}
