/** The JSON text of a request to a subgraph; all but the variables is written once per plan. */

import type { Variables } from './operationRun.js';
import { clientVariable } from './plannedVariables.js';

export interface PlannedOperation {
  readonly operation: string;
  readonly operationName?: string;
  /** Variables of the client's operation that this one uses, as plans call them. */
  readonly variableUsages?: string[];
}

/** `extra` are further members of `variables`, as JSON text: `"name":value`, with commas between. */
export type RequestBody = (variables: Variables, extra?: string) => string;

export function compileRequestBody(planned: PlannedOperation): RequestBody {
  const { operation, operationName, variableUsages = [] } = planned;
  const head = JSON.stringify({ query: operation, operationName }).slice(0, -1);
  const usages = variableUsages.map((planned) => ({
    name: clientVariable(planned),
    prefix: `${JSON.stringify(planned)}:`,
  }));

  return (variables, extra = '') => {
    let members = extra;
    for (const { name, prefix } of usages) {
      // An absent variable stays absent, so that the subgraph's own default applies.
      if (!(name in variables)) continue;
      members += `${members && ','}${prefix}${JSON.stringify(variables[name])}`;
    }
    return members ? `${head},"variables":{${members}}}` : `${head}}`;
  };
}

/** The variables that an operation uses, for a transport that writes its own JSON. */
export function usedVariables(
  { variableUsages = [] }: PlannedOperation,
  variables: Variables,
): Record<string, unknown> {
  return Object.fromEntries(
    variableUsages
      .map((planned) => [planned, clientVariable(planned)] as const)
      .filter(([, name]) => name in variables)
      .map(([planned, name]) => [planned, variables[name]]),
  );
}
