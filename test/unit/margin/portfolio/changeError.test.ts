import { describe, expect, it } from 'vitest';
import { ChangeError } from '../../../../subgraphs/margin/domain/portfolio/changeError.js';

describe('ChangeError', () => {
  it('names the change, its field and what is wrong, apart and in one message', () => {
    const error = new ChangeError(2, 'size', 'must not be zero');

    expect(error).toMatchObject({ change: 2, field: 'size', reason: 'must not be zero' });
    expect(String(error)).toBe('ChangeError: changes.2.size: must not be zero');
  });
});
