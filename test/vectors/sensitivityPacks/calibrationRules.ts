/** A published calibration as the rules of our aggregator: formats are translated, nothing computed. */

import type { SensitivityRules } from '../../../subgraphs/margin/domain/sensitivity/sensitivityRules.js';
import type { Calibration } from './calibration.js';
import { tableOf, type CalibrationTerms } from './calibrationTables.js';
import { creditNonQualifying, creditQualifying } from './creditRules.js';
import { fxRules } from './fxRules.js';
import { commodity, equity } from './pricedRules.js';
import { rateRules } from './rateRules.js';
import { elementAt, requiredAt } from './xmlElement.js';

export function calibrationRules({ root }: Calibration, terms: CalibrationTerms): SensitivityRules {
  const readers = {
    InterestRate: rateRules,
    CreditQualifying: creditQualifying,
    CreditNonQualifying: creditNonQualifying,
    Equity: equity,
    Commodity: commodity,
    FX: fxRules,
  };
  const riskClasses = Object.entries(readers).flatMap(([name, read]) => {
    const element = elementAt(root, name);
    return element === null ? [] : [[name, read(element, terms)] as const];
  });
  const psi = tableOf('risk classes', requiredAt(root, 'RiskClassCorrelations'));
  return { riskClasses: new Map(riskClasses), acrossClasses: psi };
}
