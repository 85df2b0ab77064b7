import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANONYMOUS, type Caller } from '../../../../gateway/admission/caller.js';
import { CostRates } from '../../../../gateway/admission/rates/costRates.js';

const desk = (subject: string): Caller => ({ subject, scopes: new Set(), expiresAt: null });

describe('CostRates', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('takes a subject’s cost from one budget, wherever it connects from', async () => {
    const rates = new CostRates({ perSubject: 100, perAddress: 1 });
    expect(await rates.spend({ caller: desk('a'), address: '10.0.0.1' }, 60)).toBeUndefined();
    expect(await rates.spend({ caller: desk('a'), address: '10.0.0.2' }, 40)).toBeUndefined();
    expect((await rates.spend({ caller: desk('a'), address: '10.0.0.3' }, 1))?.extensions).toEqual({
      code: 'RATE_LIMITED',
      max: 100,
      retryAfterMs: 60_000,
    });
    expect(await rates.spend({ caller: desk('b'), address: '10.0.0.1' }, 100)).toBeUndefined();
  });

  it('takes the cost of those without a token from their address’s', async () => {
    const rates = new CostRates({ perSubject: 1, perAddress: 10 });
    const from = (address: string) => rates.spend({ caller: ANONYMOUS, address }, 6);
    expect(await from('10.0.0.1')).toBeUndefined();
    expect((await from('10.0.0.1'))?.extensions).toMatchObject({ code: 'RATE_LIMITED', max: 10 });
    expect(await from('10.0.0.2')).toBeUndefined();
  });

  it('charges 1 for what costs nothing', async () => {
    const rates = new CostRates({ perSubject: 2, perAddress: 2 });
    const spend = () => rates.spend({ caller: desk('a'), address: '' }, 0);
    expect([await spend(), await spend(), (await spend())?.extensions['code']]).toEqual([
      undefined,
      undefined,
      'RATE_LIMITED',
    ]);
  });

  it('begins anew after a minute', async () => {
    const rates = new CostRates({ perSubject: 1, perAddress: 1 });
    const spend = () => rates.spend({ caller: desk('a'), address: '' }, 1);
    await spend();
    expect((await spend())?.extensions['code']).toBe('RATE_LIMITED');
    vi.advanceTimersByTime(60_000);
    expect(await spend()).toBeUndefined();
  });
});
