/** How accounts are margined: compared side by side, and changed where that is safe. */

import { badUserInput, conflict } from '../shared/errors.js';
import { known, type AccountViews, type ViewCaller } from './accountViews.js';
import { ARCHITECTURES, type Architecture } from './domain/portfolio/architecture.js';
import { switchOutcome } from './domain/portfolio/switchOutcome.js';
import { marginReport, type MarginReport } from './graph/marginReport.js';
import type { AccountArchitectures, SwitchDecision } from './live/accountArchitectures.js';
import type { ArchitectureSwitch, SwitchRefusal } from './live/architectureSwitch.js';
import type { ArchitectureModels } from './live/architectureModels.js';
import type { AccountView } from './live/liveMargin.js';

export interface ArchitectureServiceOptions {
  readonly views: AccountViews;
  readonly architectures: Pick<AccountArchitectures, 'request'>;
  readonly models: Pick<ArchitectureModels, 'under'>;
  readonly now: () => Date;
}

/** See `ArchitectureMargin` in schema.graphql. */
export interface ComparedArchitecture {
  readonly architecture: Architecture;
  readonly isInForce: boolean;
  readonly report: MarginReport;
  /** Null when a switch would be accepted. */
  readonly refusal: SwitchRefusal | null;
}

export interface SwitchInput {
  readonly accountId: string;
  readonly architecture: Architecture;
  readonly idempotencyKey: string;
}

const KEY_LENGTH_MAX = 128;

export class ArchitectureService {
  constructor(private readonly options: ArchitectureServiceOptions) {}

  /** Throws PRICE_UNAVAILABLE or VENUE_UNAVAILABLE. */
  comparison(view: AccountView): readonly ComparedArchitecture[] {
    return ARCHITECTURES.map((architecture) => {
      const isInForce = architecture === view.architecture;
      const report = this.under(architecture, view);
      return { architecture, isInForce, report, refusal: isInForce ? null : refusalOf(report) };
    });
  }

  /**
   * Throws NOT_FOUND, BAD_USER_INPUT for a key without use, CONFLICT for one that came with another
   * architecture, and what `comparison` throws.
   */
  async switch(caller: ViewCaller, input: SwitchInput): Promise<ArchitectureSwitch> {
    const { accountId, architecture, idempotencyKey } = input;
    if (idempotencyKey.length === 0 || idempotencyKey.length > KEY_LENGTH_MAX) {
      throw badUserInput('idempotencyKey', `idempotencyKey has 1 to ${KEY_LENGTH_MAX} characters.`);
    }
    // A switch is decided by what is, not by what other calls of the same operation were told.
    const current = { ...caller, requestId: null };
    // Nobody may fill the log with accounts that do not exist.
    this.options.views.view(current, accountId);
    const answer = await this.options.architectures.request(input, (previous) =>
      this.decision(this.options.views.view(current, accountId), architecture, previous),
    );
    if (answer.requestedArchitecture !== architecture) {
      throw conflict('This idempotencyKey came with another architecture before: use a new one.');
    }
    return answer;
  }

  private decision(
    view: AccountView,
    architecture: Architecture,
    previous: Architecture,
  ): SwitchDecision {
    const report = this.under(architecture, view);
    const { model, parameterSet, asOf, quality, equity, initialMargin, maintenanceMargin } =
      report.margin;
    return {
      // What is in force already can always stay so.
      refusal: architecture === previous ? null : refusalOf(report),
      model,
      parameterSet,
      snapshotHash: report.snapshotHash,
      asOf,
      quality,
      equity,
      initialMargin,
      maintenanceMargin,
      occurredAt: this.options.now(),
    };
  }

  private under(architecture: Architecture, view: AccountView): MarginReport {
    // An account whose inputs have not all come is unknown under every architecture.
    const current = this.options.views.report(view);
    if (architecture === view.architecture) return current;
    const { book, market } = view;
    const model = this.options.models.under(architecture, market.at);
    return known(marginReport({ book, market, model }));
  }
}

function refusalOf({ margin }: MarginReport): SwitchRefusal | null {
  const outcome = switchOutcome({ account: margin, venues: margin.venues });
  return outcome.kind === 'REFUSED' ? outcome.reason : null;
}
