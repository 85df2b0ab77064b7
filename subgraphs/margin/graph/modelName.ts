/** Names of models: in capitals in the graph, in small letters in results and parameter sets. */

import assert from 'node:assert/strict';
import { MARGIN_MODELS, type MarginModelName } from '../parameters/marginSet.js';

/** @param value A value of the enum `MarginModelName` in schema.graphql. */
export function modelName(value: string): MarginModelName {
  const found = MARGIN_MODELS.find((name) => name.toUpperCase() === value);
  assert(found, `the schema has a model ${value} that is none`);
  return found;
}
