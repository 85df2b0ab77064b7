/** Turns a query plan into one function, once, so that a run does no more than it must. */

import type { FlattenNode, PlanNode } from '@graphql-hive/router-query-planner';
import { compileBatchFetch, compileEntityFetch } from './entityFetch.js';
import type { Step } from './operationRun.js';
import type { PlanContext } from './planContext.js';
import { compileRootFetch } from './rootFetch.js';

const nothing: Step = () => Promise.resolve();

/** Throws on nodes that plans of normalized queries and mutations do not have. */
export function compilePlan(node: PlanNode | undefined, context: PlanContext): Step {
  switch (node?.kind) {
    case undefined:
      return nothing;
    case 'Fetch':
      return compileRootFetch(node, context);
    case 'Flatten':
      return compileFlatten(node, context);
    case 'BatchFetch':
      return compileBatchFetch(node, context);
    case 'Sequence':
      return inSequence(node.nodes.map((step) => compilePlan(step, context)));
    case 'Parallel':
      return inParallel(node.nodes.map((step) => compilePlan(step, context)));
    case 'Condition':
    case 'Subscription':
    case 'Defer':
      throw new Error(`A plan's ${node.kind} node cannot be run as a step.`);
  }
}

function compileFlatten({ path, node }: FlattenNode, context: PlanContext): Step {
  if (node.kind !== 'Fetch') throw new Error(`Expected a fetch of entities, not ${node.kind}.`);
  return compileEntityFetch(path, node, context);
}

function inSequence(steps: readonly Step[]): Step {
  const [only, ...others] = steps;
  if (only && others.length === 0) return only;
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function inParallel(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}
