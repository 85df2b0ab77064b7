/** An operation as it stands for given conditions and a given caller: what is left to plan. */

import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { AccessView } from '../admission/authorization/accessRules.js';

export interface SelectedOperation {
  readonly document: DocumentNode;
  /** Without conditions and named fragments. */
  readonly normalized: OperationDefinitionNode;
  /** The same without what the caller may not read: what subgraphs are asked for. */
  readonly permitted: OperationDefinitionNode;
  readonly view: AccessView;
}
