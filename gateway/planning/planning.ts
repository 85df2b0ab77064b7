/** What planning and compiling work with: the same for all operations of a generation. */

import type { QueryPlanner } from '@graphql-hive/router-query-planner';
import type { GraphQLSchema } from 'graphql';
import type { AccessRules } from '../admission/authorization/accessRules.js';
import type { CostRules } from '../admission/cost/costRules.js';
import type { OperationPolicy } from '../admission/operationPolicy.js';
import type { PlanContext } from '../execution/planContext.js';

export interface Planning extends PlanContext {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly planner: QueryPlanner;
  readonly policy: OperationPolicy;
  readonly access: AccessRules;
  readonly costs: CostRules;
}
