/** Margin calls: the numbered transitions of an account's status, and the call that they belong to. */

import {
  isNegative,
  larger,
  ratio,
  subtract,
  usd,
  usdCeil,
  type Ratio,
  type Usd,
} from '../../../shared/units.js';
import type { AccountMargin } from '../marginModel.js';
import type { LadderLevels } from '../parameterSet.js';
import type { Quality } from '../account/quality.js';
import { statusSteps, type MarginStatus } from './statusLadder.js';

/** Where an account stands after its last transition. */
export interface CallHead {
  /** Of that transition; 0 when there has been none. */
  readonly sequence: bigint;
  readonly status: MarginStatus;
  /** The open call; null unless the status is CALL or LIQUIDATION. */
  readonly callId: string | null;
}

/** One step on the ladder. Fields as in schema.graphql. */
export interface MarginCallTransition {
  readonly accountId: string;
  /** Gap-free per account, from 1. */
  readonly sequence: bigint;
  readonly callId: string | null;
  readonly previousStatus: MarginStatus;
  readonly status: MarginStatus;
  readonly marginRatio: Ratio | null;
  readonly equity: Usd;
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
  readonly shortfall: Usd;
  readonly quality: Quality;
  readonly parameterSetHash: string;
  readonly snapshotHash: string;
  readonly occurredAt: Date;
}

/** What a transition needs from outside its inputs. */
export interface Occurrence {
  readonly at: Date;
  /** Of the inputs of the margin; asked for only when there is a transition. */
  readonly snapshotHash: () => string;
  /** A new UUID. */
  readonly newId: () => string;
}

export const NO_TRANSITION_YET: CallHead = { sequence: 0n, status: 'HEALTHY', callId: null };

/** The transitions that lead from `head` to where `margin` belongs; empty where it stays. */
export function marginCallTransitions(
  head: CallHead,
  margin: AccountMargin,
  levels: LadderLevels,
  occurrence: Occurrence,
): readonly MarginCallTransition[] {
  const steps = statusSteps(head.status, ladderRatio(margin), levels);
  if (steps.length === 0) return [];
  const shared = {
    accountId: margin.accountId,
    marginRatio: margin.marginRatio,
    equity: margin.equity,
    initialMargin: margin.initialMargin,
    maintenanceMargin: margin.maintenanceMargin,
    shortfall: shortfall(margin, levels.close),
    quality: margin.quality,
    parameterSetHash: margin.parameterSet.hash,
    snapshotHash: occurrence.snapshotHash(),
    occurredAt: occurrence.at,
  };
  const transitions: MarginCallTransition[] = [];
  let current = head;
  for (const step of steps) {
    const callId = current.callId ?? (step.status === 'CALL' ? occurrence.newId() : null);
    const transition = { ...shared, ...step, sequence: current.sequence + 1n, callId };
    transitions.push(transition);
    current = headAfter(transition);
  }
  return transitions;
}

/** Who owes more than there is is in breach, even where no position requires anything. */
const ladderRatio = ({ marginRatio, equity }: AccountMargin): Ratio | null =>
  marginRatio ?? (isNegative(equity) ? ratio('0') : null);

/** The transition out of a call still names it; the head after it no longer does. */
export const headAfter = ({ sequence, status, callId }: CallHead): CallHead => ({
  sequence,
  status,
  callId: status === 'CALL' || status === 'LIQUIDATION' ? callId : null,
});

/** Equity that is missing to `close` × maintenance margin, rounded up. */
const shortfall = ({ equity, maintenanceMargin }: AccountMargin, close: Ratio): Usd =>
  larger(subtract(usdCeil([maintenanceMargin, close]), equity), usd('0'));
