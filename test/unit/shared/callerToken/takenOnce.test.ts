import { describe, expect, it } from 'vitest';
import { TakenOnce } from '../../../../subgraphs/shared/callerToken/takenOnce.js';

describe('what is taken once', () => {
  it('is known until it expires, and takes no room after that', () => {
    const taken = new TakenOnce(2);
    const outcomes = [
      taken.take('a', 30, 0),
      taken.take('a', 30, 29),
      taken.take('b', 40, 29),
      taken.take('c', 50, 29),
      taken.take('c', 60, 30),
      taken.take('b', 60, 39),
    ];
    expect(outcomes).toEqual(['TAKEN', 'REPEATED', 'TAKEN', 'FULL', 'TAKEN', 'REPEATED']);
  });
});
