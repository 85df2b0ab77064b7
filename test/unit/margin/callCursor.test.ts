import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callCursor, sequenceOf } from '../../../subgraphs/margin/callCursor.js';

const refused = (message: string) => expect.objectContaining({ message }) as Error;

describe('a cursor of margin calls', () => {
  it('leads back to its sequence, for any account', () => {
    fc.assert(
      fc.property(fc.string(), fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (id, sequence) => {
        expect(sequenceOf(callCursor(id, sequence), id, sequence)).toBe(sequence);
      }),
    );
  });

  it('of another account is refused', () => {
    expect(() => sequenceOf(callCursor('fund-1', 1n), 'fund-2', 5n)).toThrow(
      refused('This cursor is of another account.'),
    );
  });

  it('ahead of the last transition is refused', () => {
    expect(() => sequenceOf(callCursor('fund-1', 6n), 'fund-1', 5n)).toThrow(
      refused('This cursor is ahead of the last transition.'),
    );
  });

  it.each([
    '',
    'nonsense',
    btoa('[1,"fund-1",1]'),
    btoa('[2,"fund-1","1"]'),
    btoa('[1,"fund-1","-1"]'),
  ])('that we did not make, such as %j, is refused', (cursor) => {
    expect(() => sequenceOf(cursor, 'fund-1', 5n)).toThrow(
      expect.objectContaining({
        message: 'This is not a cursor of margin calls.',
        extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
      }) as Error,
    );
  });
});
