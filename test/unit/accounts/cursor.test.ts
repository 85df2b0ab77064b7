import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountBefore, cursorAfter } from '../../../subgraphs/accounts/domain/cursor.js';

const ids = fc.string({ unit: 'grapheme' }).filter((id) => !id.includes('\0'));

describe('a cursor', () => {
  it('leads back to its account, whatever the id', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(accountBefore(cursorAfter(id))).toBe(id);
      }),
    );
  });

  it('is refused unless it is one of ours', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const id = accountBefore(text);
        expect(id === null || cursorAfter(id) === text).toBe(true);
      }),
    );
    const foreign = ['', 'acct-1', `${cursorAfter('acct-1')}=`, cursorAfter('acct\0')];
    expect(foreign.map(accountBefore)).toEqual([null, null, null, null]);
  });
});
