/** Transitions that follow one another, for tests of the log and its readers. */

import { ratio, usd } from '../../../subgraphs/shared/units.js';
import type { MarginCallTransition } from '../../../subgraphs/margin/domain/calls/marginCall.js';
import { NOW } from './books.js';

/** Numbers `from` to `to`, to WARNING and back in turn. */
export const transitions = (
  from: number,
  to: number,
  accountId = 'fund-1',
): MarginCallTransition[] =>
  Array.from({ length: to - from + 1 }, (_, i) => {
    const isOdd = (from + i) % 2 === 1;
    return {
      accountId,
      sequence: BigInt(from + i),
      callId: null,
      previousStatus: isOdd ? ('HEALTHY' as const) : ('WARNING' as const),
      status: isOdd ? ('WARNING' as const) : ('HEALTHY' as const),
      marginRatio: isOdd ? ratio('1.2') : ratio('1.4'),
      equity: usd('12345678901234567890.123456789012345678'),
      initialMargin: usd('110'),
      maintenanceMargin: usd('100.000000000000000001'),
      shortfall: usd('0'),
      quality: 'LIVE',
      parameterSetHash: 'parameters',
      snapshotHash: `snapshot ${from + i}`,
      occurredAt: NOW,
    };
  });

export const sequences = (of: readonly { readonly sequence: bigint }[]) =>
  of.map(({ sequence }) => Number(sequence));
