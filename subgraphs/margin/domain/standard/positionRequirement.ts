/** What one position requires on its own: neither hedged, nor charged for doubtful prices. */

import { isPositive, larger, usd } from '../../../shared/units.js';
import { futureRequirement } from './futureRequirement.js';
import type { MarginPair } from './marginPair.js';
import { cboeRequirement } from './cboeRequirement.js';
import { deriveRequirement } from './deriveRequirement.js';
import type { StandardOption, StandardPosition } from './standardPosition.js';
import type { ShortOptionRules, StandardRules } from './standardRules.js';

const NOTHING: MarginPair = { initialMargin: usd('0'), maintenanceMargin: usd('0') };

/** Both rounded up; the initial one is never below the maintenance one. */
export function positionRequirement(position: StandardPosition, rules: StandardRules): MarginPair {
  if (position.kind === 'FUTURE') {
    const { byUnderlying, others } = rules.futures;
    return atLeastMaintenance(
      futureRequirement(position, byUnderlying.get(position.underlying) ?? others),
    );
  }
  if (isPositive(position.units)) return NOTHING;
  return atLeastMaintenance(shortOptionRequirement(position, rules.shortOptions));
}

const shortOptionRequirement = (option: StandardOption, rules: ShortOptionRules): MarginPair =>
  rules.source === 'CBOE' ? cboeRequirement(option, rules) : deriveRequirement(option, rules);

const atLeastMaintenance = ({ initialMargin, maintenanceMargin }: MarginPair): MarginPair => ({
  initialMargin: larger(initialMargin, maintenanceMargin),
  maintenanceMargin,
});
