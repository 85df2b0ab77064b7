/** Variables as plans call them: the planner keeps `representations` for itself. */

const PREFIX = '_client_';

/** What a client's variable is called in the operation that is planned. */
export const plannedVariable = (name: string): string =>
  name === 'representations' || name.startsWith(PREFIX) ? PREFIX + name : name;

/** The inverse: what a plan's variable is called in the client's operation. */
export const clientVariable = (name: string): string =>
  name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
