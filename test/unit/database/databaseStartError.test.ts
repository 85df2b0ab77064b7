import { describe, expect, it } from 'vitest';
import { essence } from '../../../subgraphs/shared/database/databaseStartError.js';

describe('essence', () => {
  it.each([
    {
      of: 'a server’s log',
      output:
        '2026-11-22 17:16:01.1 UTC [1] LOG:  starting\n2026-11-22 17:16:01.2 UTC [1] FATAL:  no pg_wal\n2026-11-22 17:16:01.3 UTC [1] LOG:  shut down\n',
      expected: 'no pg_wal',
    },
    {
      of: 'initdb',
      output: 'initdb: error: directory "/x" exists\ninitdb: hint: remove it\n',
      expected: 'directory "/x" exists',
    },
    {
      of: 'a loader',
      output: 'first\nlibxml2.so.2: cannot open\n',
      expected: 'libxml2.so.2: cannot open',
    },
    { of: 'silence', output: '\n', expected: 'it said nothing' },
  ])('is the telling line of $of', ({ output, expected }) => {
    expect(essence(output)).toBe(expected);
  });
});
