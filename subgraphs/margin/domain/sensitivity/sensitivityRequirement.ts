/** What the sensitivity-based model requires of a book. */

import { charge, largestOf, scaled, sumOf, type Requirement } from '../risk/requirement.js';
import type { RiskBook } from '../risk/riskBook.js';
import { collateralHaircut } from '../scenario/collateralHaircut.js';
import { countedBook } from '../scenario/collateralRules.js';
import { bookSensitivities } from './bookSensitivities.js';
import type { BookSensitivityRules } from './bookSensitivityRules.js';
import type { MeasureMargin } from './measureMargin.js';
import { nettedSensitivities, type NettedSensitivity } from './nettedSensitivities.js';
import { priceAgeCharges } from './priceAge.js';
import { sensitivityMargin } from './sensitivityMargin.js';
import type { Measure, SensitivityRules } from './sensitivityRules.js';

export interface SensitivityRequirement {
  readonly initialMargin: Requirement;
  readonly maintenanceMargin: Requirement;
}

/**
 * Initial margin is the worst of the correlations, and charges for haircuts and for old prices;
 * maintenance asks for a share of the former. A line's share in a square root is what the margin
 * grows by when the line does (Euler), so hedges have negative ones.
 *
 * Throws RiskInputError, InvalidPricingInput or UnweighableSensitivity, naming the field, for a
 * number out of its range.
 */
export function sensitivityRequirement(
  given: RiskBook,
  rules: BookSensitivityRules,
): SensitivityRequirement {
  const book = countedBook(given, rules.collateral);
  const rows = bookSensitivities(book, rules);
  const netted = nettedSensitivities(rows);
  const lineCount = book.lines.length;
  const worst = largestOf(
    { code: 'SENSITIVITIES', detail: 'the largest under any of the correlations' },
    rules.correlations.map((each) => correlated(each.name, netted, each.rules, lineCount)),
  );
  const kept = [
    ...haircuts(book, 'MAINTENANCE', 'COLLATERAL_HAIRCUT'),
    ...priceAgeCharges(book, rows, rules),
  ];
  const initialHaircuts = haircuts(book, 'INITIAL', 'COLLATERAL_HAIRCUT_INITIAL');
  const part = scaled({ code: 'MAINTENANCE_SHARE' }, rules.maintenanceShare, worst);
  return {
    initialMargin: sumOf({ code: 'INITIAL_MARGIN' }, lineCount, [
      worst,
      ...kept,
      ...initialHaircuts,
    ]),
    maintenanceMargin: sumOf({ code: 'MAINTENANCE_MARGIN' }, lineCount, [part, ...kept]),
  };
}

/** Measures add up, and each is the sum of what its buckets have in it. */
function correlated(
  name: string,
  netted: readonly NettedSensitivity[],
  rules: SensitivityRules,
  lineCount: number,
): Requirement {
  const { products } = sensitivityMargin(netted, rules, 'POST');
  const measures = [...products.values()].flatMap(({ riskClasses }) =>
    [...riskClasses.values()].flatMap((riskClass) => [...riskClass.measures]),
  );
  const parts = measures.map(([measure, margin]) => ofMeasure(measure, margin, netted, lineCount));
  return sumOf({ code: name }, lineCount, parts);
}

function ofMeasure(
  measure: Measure,
  { buckets, slopes }: MeasureMargin,
  netted: readonly NettedSensitivity[],
  lineCount: number,
): Requirement {
  const parts = [...buckets].map(([bucket, root]) => {
    const shares = new Float64Array(lineCount);
    netted.forEach((row, i) => {
      if (row.bucket !== bucket) return;
      for (const { line, amount } of row.parts) shares[line]! += slopes[i]! * amount;
    });
    const detail = `the root within the bucket is ${root.toFixed(2)} USD`;
    return charge({ code: `${measure}_BUCKET`, of: bucket, detail }, shares);
  });
  return sumOf({ code: measure }, lineCount, parts);
}

const haircuts = (
  book: RiskBook,
  level: 'MAINTENANCE' | 'INITIAL',
  code: string,
): readonly Requirement[] =>
  book.underlyings
    .map((underlying) =>
      collateralHaircut(code, { kind: 'COLLATERAL_HAIRCUT', level }, underlying, book.lines.length),
    )
    .filter(({ amount }) => amount > 0);
