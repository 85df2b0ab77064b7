/**
 * A known margin with what can be told about it. What takes time is worked out when it is first asked
 * for, and once.
 */

import { subtract, sum, type Usd } from '../../shared/units.js';
import { snapshotHash } from '../domain/account/snapshotHash.js';
import type { AccountMargin, MarginExplanation, Unknown } from '../domain/marginModel.js';
import type { Inputs } from '../domain/portfolio/evaluate.js';
import {
  liquidationPrices,
  type LiquidationPrices,
} from '../domain/portfolio/liquidationPrices.js';
import type { MarginSet } from '../parameters/marginSet.js';

/** What a margin is computed from. */
export interface MarginInputs extends Inputs {
  readonly model: MarginSet;
}

/** What the venues' slices would require without each other. */
export interface StandAlone {
  readonly initialMargin: Usd;
  readonly maintenanceMargin: Usd;
  /** Stand-alone less unified initial margin. */
  readonly saving: Usd;
}

/** Of so many positions liquidation prices are worked out. */
export const LIQUIDATION_POSITIONS_MAX = 100;

export class MarginReport {
  readonly standAlone: StandAlone;
  private hash: string | undefined;
  private explained: { readonly tree: MarginExplanation | null } | undefined;
  private prices: readonly LiquidationPrices[] | undefined;

  /** @param margin What `inputs.model` answers about the other inputs. */
  constructor(
    readonly margin: AccountMargin,
    readonly inputs: MarginInputs,
  ) {
    const initialMargin = sum(margin.venues.map((venue) => venue.initialMargin));
    this.standAlone = {
      initialMargin,
      maintenanceMargin: sum(margin.venues.map((venue) => venue.maintenanceMargin)),
      saving: subtract(initialMargin, margin.initialMargin),
    };
  }

  /** SHA-256 over positions, balances and prices. */
  get snapshotHash(): string {
    const { book, market, model } = this.inputs;
    return (this.hash ??= snapshotHash(book, market, model.limits));
  }

  /** Null for a model that explains nothing. */
  get explanation(): MarginExplanation | null {
    const { book, market, model } = this.inputs;
    this.explained ??= { tree: model.explain(book, market) };
    return this.explained.tree;
  }

  /** Null for too many positions: each price takes dozens of evaluations. */
  get liquidationPrices(): readonly LiquidationPrices[] | null {
    const { model } = this.inputs;
    if (positionCount(this.inputs) > LIQUIDATION_POSITIONS_MAX) return null;
    return (this.prices ??= liquidationPrices(model.surplus.bind(model), this.inputs));
  }
}

export const positionCount = ({ book }: Inputs): number =>
  book.venues.reduce((count, { state }) => count + (state?.positions.length ?? 0), 0);

/** Or why the margin is not known. */
export function marginReport(inputs: MarginInputs): MarginReport | Unknown {
  const { account } = inputs.model.evaluate(inputs.book, inputs.market);
  return account.kind === 'unknown' ? account : new MarginReport(account, inputs);
}
