/** Which parameter set margins which architecture at an instant. */

import type { Architecture } from '../domain/portfolio/architecture.js';
import type { MarginParameters } from '../parameters/marginParameters.js';
import type { MarginModelName, MarginSet } from '../parameters/marginSet.js';

const MODELS: Readonly<Record<Architecture, MarginModelName>> = {
  ISOLATED: 'isolated',
  CROSS: 'standard',
  PORTFOLIO: 'portfolio',
};

export class ArchitectureModels {
  private inForce: Readonly<Record<Architecture, MarginSet>> | null = null;
  /** `inForce` holds from one to before the other, in epoch milliseconds. */
  private sinceMs = -Infinity;
  private untilMs = -Infinity;

  constructor(private readonly parameters: Pick<MarginParameters, 'sets' | 'inForce'>) {}

  /** Throws where no parameter set is in force yet. */
  under(architecture: Architecture, at: Date): MarginSet {
    return this.at(at)[architecture];
  }

  /** The first instant after `at` at which another set comes into force; Infinity for never. */
  nextChangeMs(at: Date): number {
    this.at(at);
    return this.untilMs;
  }

  /** Looked up again only when the day of a set has come, for this is asked at every tick. */
  private at(at: Date): Readonly<Record<Architecture, MarginSet>> {
    const nowMs = at.getTime();
    if (this.inForce !== null && nowMs >= this.sinceMs && nowMs < this.untilMs) return this.inForce;
    const days = this.parameters.sets.map(({ effectiveFrom }) => effectiveFrom.getTime());
    this.sinceMs = Math.max(-Infinity, ...days.filter((day) => day <= nowMs));
    this.untilMs = Math.min(Infinity, ...days.filter((day) => day > nowMs));
    const of = (architecture: Architecture) => this.parameters.inForce(MODELS[architecture], at);
    this.inForce = { ISOLATED: of('ISOLATED'), CROSS: of('CROSS'), PORTFOLIO: of('PORTFOLIO') };
    return this.inForce;
  }
}
