/** Margin by sensitivities: delta, vega and curvature under correlations. */

import type { BookSensitivityRules } from '../sensitivity/bookSensitivityRules.js';
import { sensitivityRequirement } from '../sensitivity/sensitivityRequirement.js';
import { riskMargin } from './riskMargin.js';

export const sensitivityMargin = riskMargin<BookSensitivityRules>({
  name: 'sensitivity',
  collateralRules: ({ collateral }) => collateral,
  requirement: (book, rules) => ({ ...sensitivityRequirement(book, rules), scenarios: [] }),
  maintenanceMargin: (book, rules) => sensitivityRequirement(book, rules).maintenanceMargin,
});
