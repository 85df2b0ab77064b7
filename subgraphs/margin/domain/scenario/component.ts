/** What a name in a profile's formula stands for, and what it requires. */

import type { Requirement } from '../risk/requirement.js';
import type { RiskBook, UnderlyingRisk } from '../risk/riskBook.js';
import { basisScenario, type BasisScenario } from './basisScenario.js';
import { chargeRequirement, type Charge } from './charges.js';
import { collateralHaircut, type CollateralHaircut } from './collateralHaircut.js';
import { nakedShortOption, type NakedShortOption } from './nakedShortOption.js';
import { oracleConfidence, type OracleConfidence } from './oracleConfidence.js';
import { perpetualContingency, type PerpetualContingency } from './perpetualContingency.js';
import { scanResult, type ScenarioProfit } from './scan.js';
import type { ScanComponent } from './scanComponent.js';

/** `kind` tells them apart. */
export type Component =
  | ScanComponent
  | BasisScenario
  | PerpetualContingency
  | NakedShortOption
  | CollateralHaircut
  | OracleConfidence
  | Charge;

export interface ComponentResult {
  readonly requirement: Requirement;
  /** Of a scan; empty for the others. */
  readonly profits: readonly ScenarioProfit[];
}

/** @param code The component's name in its profile, which becomes the code of its requirement. */
export function componentResult(
  code: string,
  component: Component,
  book: RiskBook,
  underlying: UnderlyingRisk,
): ComponentResult {
  const lineCount = book.lines.length;
  if (component.kind === 'SCAN') return scanResult(code, component, underlying, lineCount);
  const requirement = () => {
    switch (component.kind) {
      case 'BASIS_SCENARIO':
        return basisScenario(code, component, underlying, lineCount);
      case 'PERPETUAL_CONTINGENCY':
        return perpetualContingency(code, component, underlying, lineCount);
      case 'NAKED_SHORT_OPTION':
        return nakedShortOption(code, component, underlying, lineCount);
      case 'COLLATERAL_HAIRCUT':
        return collateralHaircut(code, component, underlying, lineCount);
      case 'ORACLE_CONFIDENCE':
        return oracleConfidence(code, component, underlying, lineCount);
      default:
        return chargeRequirement(code, component, { book, underlying });
    }
  };
  return { requirement: requirement(), profits: [] };
}
