/** The operations that a first visitor finds in the tabs, in their order. */

import compareArchitectures from './operations/compareArchitectures.graphql?raw';
import everyAccount from './operations/everyAccount.graphql?raw';
import movePrice from './operations/movePrice.graphql?raw';
import unifiedAccount from './operations/unifiedAccount.graphql?raw';
import watchMarginCalls from './operations/watchMarginCalls.graphql?raw';
import watchRequirement from './operations/watchRequirement.graphql?raw';
import whatIf from './operations/whatIf.graphql?raw';

export interface ExampleOperation {
  /** GraphQL text of one named operation; its name becomes the title of the tab. */
  readonly query: string;
  /** Values to begin with, as JSON text; absent where the operation's defaults say it all. */
  readonly variables?: string;
}

export const exampleOperations: readonly ExampleOperation[] = [
  { query: unifiedAccount },
  { query: everyAccount },
  { query: compareArchitectures },
  { query: whatIf },
  { query: watchMarginCalls },
  {
    query: movePrice,
    variables: JSON.stringify({ assetId: 'BTC', price: '62560', idempotencyKey: '' }, null, 2),
  },
  { query: watchRequirement },
];
