/**
 * How a parameter set puts its components together: a formula as data. `evaluateTerm` of the
 * scenario room turns it into the tree of a `Requirement`.
 */

import { z } from 'zod';

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

const factor = z.number().min(0).max(100);

const depeg = z.strictObject({
  threshold: z.number().min(0).max(2),
  factor: z.number().min(0).max(100),
});

export const requirementTermSchema: z.ZodType<RequirementTerm> = z.lazy(() =>
  z.union([
    z.string(),
    z.strictObject({ sum: z.array(requirementTermSchema) }),
    z.strictObject({ largest: z.array(requirementTermSchema).min(1) }),
    z.strictObject({ smallest: z.array(requirementTermSchema).min(1) }),
    z.strictObject({ factor, of: requirementTermSchema }),
    z.strictObject({ factor, depeg, of: requirementTermSchema }),
    z.strictObject({ standAlone: requirementTermSchema }),
  ]),
);

/** The components that the term refers to, each once. */
export function componentNames(term: RequirementTerm): readonly string[] {
  if (typeof term === 'string') return [term];
  return [...new Set(termParts(term).flatMap(componentNames))];
}

function termParts(term: Exclude<RequirementTerm, string>): readonly RequirementTerm[] {
  if ('sum' in term) return term.sum;
  if ('largest' in term) return term.largest;
  if ('smallest' in term) return term.smallest;
  return ['factor' in term ? term.of : term.standAlone];
}
