/** The schema of the whole graph as clients see it, from the SDL of its subgraphs. */

import { QueryPlanner } from '@graphql-hive/router-query-planner';
import type { GraphQLSchema } from 'graphql';
import { apiSchema } from '../../../gateway/planning/apiSchema.js';
import { composeSupergraph } from '../../../gateway/registry/composeSupergraph.js';
import type { Venue } from '../../../gateway/registry/venue.js';
import { graphSubgraphs } from '../../support/graphSubgraphs.js';

export const clientSchema = (venues: readonly Venue[]): GraphQLSchema =>
  apiSchema(new QueryPlanner(composeSupergraph(graphSubgraphs(venues))).consumerSchema);
