/**
 * How a parameter set puts its components together: a formula as data. `evaluateTerm` of the
 * scenario room turns it into the tree of a `Requirement`.
 */

export type RequirementTerm =
  /** The name of a component of the same parameter set. */
  | string
  | { readonly sum: readonly RequirementTerm[] }
  | { readonly largest: readonly RequirementTerm[] }
  | { readonly smallest: readonly RequirementTerm[] }
  /**
   * `factor`, raised by `depeg.factor` for each unit that the settlement currency is below
   * `depeg.threshold`: 1.0 with (0.99, 4) is 1.0 + (0.99 − price) × 4 below a price of 0.99.
   */
  | {
      readonly factor: number;
      readonly depeg?: { readonly threshold: number; readonly factor: number };
      readonly of: RequirementTerm;
    }
  /** The sum over venues of the term on each one's slice alone: what it costs without netting. */
  | { readonly standAlone: RequirementTerm };
