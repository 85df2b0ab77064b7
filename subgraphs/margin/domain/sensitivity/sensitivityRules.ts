/**
 * The numbers of the sensitivity-based model: risk weights, correlations, thresholds. Data; the
 * aggregation beside it knows no bucket, tenor or currency of its own.
 */

import type { CorrelationTable } from './correlationTable.js';
import type { Lookup, Grouping } from './lookup.js';

export interface SensitivityRules {
  /** By name, such as Equity. */
  readonly riskClasses: ReadonlyMap<string, RiskClassRules>;
  /** Between risk classes of one product class (ψ). */
  readonly acrossClasses: CorrelationTable | { readonly constant: number };
}

/** The measures of one risk class; their margins are added up. */
export type RiskClassRules = Readonly<Partial<Record<Measure, MeasureRules>>>;

export const MEASURES = ['DELTA', 'VEGA', 'CURVATURE', 'BASE_CORRELATION'] as const;
export type Measure = (typeof MEASURES)[number];

export interface MeasureRules {
  /** What it reads, by risk type, and how each weighs. */
  readonly riskTypes: ReadonlyMap<string, RiskTypeRules>;
  /** What makes a bucket: the row's own, its qualifier, or all in one. */
  readonly bucketBy: 'BUCKET' | 'QUALIFIER' | 'WHOLE';
  /** The bucket that is diversified with no other and added at the end; null without. */
  readonly residual: string | null;
  /** Whether the concentration of a bucket or of each qualifier in it raises the weights. */
  readonly concentrationBy: 'BUCKET' | 'QUALIFIER';
  readonly within: WithinRules;
  readonly across: CorrelationTable | { readonly constant: number };
  /** Of curvature: what multiplies the whole, such as HVR⁻² of rates. 1 elsewhere. */
  readonly multiplier: number;
}

export interface RiskTypeRules {
  /** What a row's amount is multiplied by for its weighted sensitivity (RW; of curvature SF). */
  readonly weight: Lookup;
  /** What it is multiplied by before concentration is measured (σ, HVR); null for 1. */
  readonly scale: Lookup | null;
  /** USD from which concentration raises the weight; null where it never does. */
  readonly threshold: Lookup | null;
  /** What tells the factors of one qualifier apart; rows alike in it are netted. */
  readonly labels: readonly ('LABEL1' | 'LABEL2')[];
  /** Whether the qualifier is a pair of currencies, in whichever order. */
  readonly isPair: boolean;
  /** Qualifiers without risk, such as the currency that the margin is counted in. */
  readonly excluded: ReadonlySet<string>;
}

/**
 * Correlations of the factors of one bucket (ρ): those of the names × the tenors × Label2, unless
 * the risk types differ.
 */
export interface WithinRules {
  readonly names: NameRules;
  /** Between tenors (Label1); null for 1. */
  readonly tenors: CorrelationTable | null;
  /** Between factors that differ in Label2: 1 where that makes no difference. */
  readonly label2: number;
  /** Between risk types, by both in order joined with «|». */
  readonly riskTypes: ReadonlyMap<string, number>;
}

export type NameRules =
  | {
      /** Whether two factors have the same name: by qualifier or, as credit groups do, by Label2. */
      readonly by: 'QUALIFIER' | 'LABEL2';
      readonly buckets: ReadonlyMap<string, NameCorrelations>;
      /** Of the buckets not listed; null where there are none. */
      readonly others: NameCorrelations | null;
    }
  /** By the groups of both qualifiers, in order joined with «|». */
  | {
      readonly by: 'GROUP';
      readonly grouping: Grouping;
      readonly correlations: ReadonlyMap<string, number>;
    };

export interface NameCorrelations {
  /** Between different factors of one name. */
  readonly same: number;
  readonly different: number;
}
