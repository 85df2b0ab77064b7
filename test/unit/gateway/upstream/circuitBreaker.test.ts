import { beforeEach, describe, expect, it } from 'vitest';
import { CircuitBreaker, type BreakerState } from '../../../../gateway/upstream/circuitBreaker.js';
import type { CallOutcome } from '../../../../gateway/upstream/upstreamFailure.js';

describe('circuitBreaker', () => {
  let nowMs: number;
  let changes: BreakerState[];
  let breaker: CircuitBreaker;
  beforeEach(() => {
    [nowMs, changes] = [50_000, []];
    breaker = new CircuitBreaker({
      now: () => nowMs,
      onChange: (state) => changes.push(state),
      volumeMin: 10,
      windowMs: 10_000,
      openMs: 1_000,
    });
  });

  const call = (outcome: CallOutcome) => breaker.settle(breaker.admit(), outcome);
  const calls = (count: number, outcome: CallOutcome) => {
    for (let done = 0; done < count; done += 1) call(outcome);
  };

  it('stays closed below its volume, and opens with the call that reaches it', () => {
    calls(9, 'failed');
    expect(breaker.state).toBe('closed');
    calls(1, 'failed');
    expect(breaker.state).toBe('open');
  });

  it('opens at a half of failures, not below', () => {
    calls(51, 'answered');
    calls(50, 'failed');
    expect(breaker.state).toBe('closed');
    calls(1, 'failed');
    expect(breaker.state).toBe('open');
  });

  it('forgets what is older than its window', () => {
    calls(9, 'failed');
    nowMs += 10_000;
    calls(9, 'failed');
    expect(breaker.state).toBe('closed');
    nowMs += 8_999;
    calls(1, 'failed');
    expect(breaker.state).toBe('open');
  });

  it('does not count what shows nothing', () => {
    calls(100, 'unknown');
    calls(9, 'failed');
    expect(breaker.state).toBe('closed');
  });

  it('lets nothing through while it is open, and says for how long', () => {
    calls(10, 'failed');
    nowMs += 399.5;
    expect(() => breaker.admit()).toThrow(
      expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE', retryAfterMs: 601 }) as Error,
    );
  });

  it('lets one call through after a while, and closes with its answer, with a clean window', () => {
    calls(10, 'failed');
    nowMs += 1_000;
    const probe = breaker.admit();
    expect(() => breaker.admit()).toThrow(
      expect.objectContaining({ retryAfterMs: 1_000 }) as Error,
    );
    breaker.settle(probe, 'answered');
    calls(9, 'failed');

    expect(changes).toEqual(['open', 'half-open', 'closed']);
  });

  it('opens again, for as long, when that call fails', () => {
    calls(10, 'failed');
    nowMs += 1_000;
    call('failed');
    nowMs += 999;

    expect(() => breaker.admit()).toThrow();
    expect(changes).toEqual(['open', 'half-open', 'open']);
  });

  it('lets the next call through when that one was aborted', () => {
    calls(10, 'failed');
    nowMs += 1_000;
    call('unknown');
    call('answered');

    expect(changes).toEqual(['open', 'half-open', 'closed']);
  });

  it('ignores calls that began before its last change', () => {
    const [early, late] = [breaker.admit(), breaker.admit()];
    calls(10, 'failed');
    breaker.settle(early, 'answered');
    expect(breaker.state).toBe('open');
    nowMs += 1_000;
    const probe = breaker.admit();
    breaker.settle(late, 'answered');
    expect(breaker.state).toBe('half-open');
    breaker.settle(probe, 'answered');
    expect(breaker.state).toBe('closed');
  });
});
