import { describe, expect, it, vi } from 'vitest';
import { LoopLag } from '../../../../gateway/telemetry/loopLag.js';

const block = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

describe('loopLag', () => {
  it('notices that the loop was blocked, and begins anew after each summary', async () => {
    const lag = new LoopLag();
    // It measures from its first tick on.
    await new Promise((resolve) => setTimeout(resolve, 50));
    block(300);
    await vi.waitFor(() => expect(lag.recentMs).toBeGreaterThan(20));

    expect(lag.takeSummary().maxMs).toBeGreaterThan(200);
    expect(lag.takeSummary().maxMs).toBeLessThan(200);
    lag.close();
  });

  it('is nothing before there is anything to measure', () => {
    const lag = new LoopLag();
    expect([lag.recentMs, lag.takeSummary()]).toEqual([0, { p50Ms: 0, p99Ms: 0, maxMs: 0 }]);
    lag.close();
  });
});
