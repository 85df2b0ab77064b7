/** How the answer to `switchMarginArchitecture` looks in the graph. */

import { subtract } from '../../shared/units.js';
import type { ArchitectureSwitch } from '../live/architectureSwitch.js';

const account = ({ accountId }: ArchitectureSwitch) => ({ id: accountId });

const MESSAGES = {
  BELOW_INITIAL_MARGIN: 'Under the architecture requested, equity is below the initial margin.',
} as const;

/** Resolvers of the union and its two types. */
export const switchResolvers = {
  SwitchMarginArchitectureResult: {
    __resolveType: ({ refusal }: ArchitectureSwitch) =>
      refusal === null ? 'MarginArchitectureSwitched' : 'MarginArchitectureRefused',
  },
  MarginArchitectureSwitched: {
    account,
    architecture: ({ requestedArchitecture }: ArchitectureSwitch) => requestedArchitecture,
  },
  MarginArchitectureRefused: {
    account,
    architecture: ({ previousArchitecture }: ArchitectureSwitch) => previousArchitecture,
    reason: ({ refusal }: ArchitectureSwitch) => refusal,
    message: ({ refusal }: ArchitectureSwitch) => refusal && MESSAGES[refusal],
    shortfall: ({ equity, initialMargin }: ArchitectureSwitch) => subtract(initialMargin, equity),
  },
};
