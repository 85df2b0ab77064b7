import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { DurationHistogram } from '../../../../gateway/telemetry/durationHistogram.js';

const named = {
  name: 'seconds',
  help: 'How long it took.',
  labelNames: ['operation', 'code'] as const,
};
const bounds = [0.01, 0.1, 1];

describe('durationHistogram', () => {
  it('counts what took at most as long as each bound, and what took longer', () => {
    const histogram = new DurationHistogram({ ...named, bounds });
    const observe = histogram.series({ operation: 'abc', code: 'OK' });
    for (const seconds of [0.25, 0.125, 0.01, 2]) observe(seconds);

    expect(histogram.exposition()).toBe(`# HELP seconds How long it took.
# TYPE seconds histogram
seconds_bucket{le="0.01",operation="abc",code="OK"} 1
seconds_bucket{le="0.1",operation="abc",code="OK"} 1
seconds_bucket{le="1",operation="abc",code="OK"} 3
seconds_bucket{le="+Inf",operation="abc",code="OK"} 4
seconds_sum{operation="abc",code="OK"} 2.385
seconds_count{operation="abc",code="OK"} 4
`);
  });

  it('writes what prom-client writes, whatever is observed', async () => {
    const label = fc.oneof(fc.constantFrom('OK', 'a"b', 'a\\b', 'a\nb'), fc.string());
    const observation = fc.record({
      operation: label,
      code: label,
      seconds: fc.oneof(fc.constantFrom(...bounds), fc.double({ min: 0, max: 3, noNaN: true })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(observation), async (observations) => {
        const ours = new DurationHistogram({ ...named, bounds });
        const registry = new Registry();
        const theirs = new Histogram({ ...named, buckets: bounds, registers: [registry] });
        for (const { seconds, ...labels } of observations) {
          ours.series(labels)(seconds);
          theirs.observe(labels, seconds);
        }
        expect(sorted(ours.exposition())).toEqual(sorted(await registry.metrics()));
      }),
    );
  });
});

/** The library keeps series in an order of its own where labels look like numbers. */
const sorted = (exposition: string) => exposition.split('\n').sort();
