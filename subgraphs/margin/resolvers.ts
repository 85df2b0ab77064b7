/** GraphQL in, GraphQL out: the margin subgraph's fields over its services. */

import { scalarResolvers } from '../shared/scalars.js';
import type {
  ArchitectureService,
  ComparedArchitecture,
  SwitchInput,
} from './architectureService.js';
import type { AccountViews, ViewCaller } from './accountViews.js';
import { modelName } from './graph/modelName.js';
import type { WhatIfInput } from './graph/whatIfChanges.js';
import type {
  HypotheticalService,
  ImpactAnswer,
  PortfolioInput,
  WhatIfAnswer,
} from './hypotheticalService.js';
import type { ParameterSetStatus } from './parameters/marginParameters.js';
import type { ListedParameterSet, ParameterSetService } from './parameterSetService.js';
import { callCursor } from './callCursor.js';
import type { MarginCallTransition } from './domain/calls/marginCall.js';
import { plainDocument } from './graph/plainDocument.js';
import { resultFields, resultParent, type ResultParent } from './graph/marginResult.js';
import { switchResolvers } from './graph/switchResult.js';
import type { LiquidationWorker } from './liquidation/liquidationWorker.js';
import type { MarginCallUpdate } from './live/callStream.js';
import type { AccountView } from './live/liveMargin.js';
import type { MarginService, ServedMargin } from './service.js';

export interface MarginServices {
  readonly views: AccountViews;
  readonly margins: MarginService;
  readonly parameterSets: ParameterSetService;
  readonly hypotheticals: HypotheticalService;
  readonly liquidation: Pick<LiquidationWorker, 'prices'>;
  readonly architectures: ArchitectureService;
}

export type MarginContext = ViewCaller;

/** An account, and the view that it was reached through, if any. */
interface AccountParent {
  readonly id: string;
  readonly view?: AccountView;
}

interface AccountArguments {
  readonly accountId: string;
}

interface AfterArgument {
  readonly after?: string | null;
}

interface HashArgument {
  readonly hash: string;
}

interface SetFilter {
  readonly model?: string | null;
  readonly status?: ParameterSetStatus | null;
}

interface PortfolioArguments extends InputArgument<unknown> {
  readonly model: string;
  readonly parameterSet?: string | null;
}

interface InputArgument<Input> {
  readonly input: Input;
}

export function marginResolvers(services: MarginServices) {
  const { margins, architectures, hypotheticals, parameterSets, liquidation } = services;
  const results = resultFields((inputs) => liquidation.prices(inputs));
  const viewOf = ({ id, view }: AccountParent, context: MarginContext) =>
    view ?? services.views.view(context, id);
  return {
    ...scalarResolvers,
    Query: {
      parameterSets: (_: unknown, { model, status }: SetFilter) =>
        parameterSets.list(model ? modelName(model) : null, status ?? null),
      parameterSet: (_: unknown, { hash }: HashArgument) => parameterSets.byHash(hash),
      whatIf: (
        _: unknown,
        { accountId, input }: AccountArguments & InputArgument<WhatIfInput>,
        context: MarginContext,
      ) => whatIf(hypotheticals.whatIf(viewOf({ id: accountId }, context), input)),
      portfolioMargin: (_: unknown, { input, model, parameterSet }: PortfolioArguments) =>
        resultParent(
          hypotheticals.portfolioMargin(
            plainDocument(input) as PortfolioInput,
            modelName(model),
            parameterSet ?? null,
          ),
        ),
    },
    Mutation: {
      switchMarginArchitecture: (
        _: unknown,
        { input }: InputArgument<SwitchInput>,
        context: MarginContext,
      ) => architectures.switch(context, input),
    },
    Subscription: {
      marginCalls: {
        subscribe: (
          _: unknown,
          { accountId, after }: AccountArguments & AfterArgument,
          context: MarginContext,
        ) => margins.marginCalls(context, accountId, after ?? null),
        resolve: (update: MarginCallUpdate) => update,
      },
      margin: {
        subscribe: (_: unknown, { accountId }: AccountArguments, context: MarginContext) =>
          margins.marginUpdates(context, accountId),
        // Not known now is an error of this event, and the stream goes on.
        resolve: (view: AccountView) => accountMargin(margins.servedMargin(view)),
      },
    },
    Account: {
      __resolveReference: ({ id }: AccountParent): AccountParent => ({ id }),
      margin: (parent: AccountParent, _: unknown, context: MarginContext) =>
        accountMargin(margins.servedMargin(viewOf(parent, context))),
      marginComparison: (parent: AccountParent, _: unknown, context: MarginContext) =>
        architectures.comparison(viewOf(parent, context)).map(architectureMargin),
      whatIf: (
        parent: AccountParent,
        { input }: InputArgument<WhatIfInput>,
        context: MarginContext,
      ) => whatIf(hypotheticals.whatIf(viewOf(parent, context), input)),
      parameterSetImpact: (parent: AccountParent, { hash }: HashArgument, context: MarginContext) =>
        impact(hypotheticals.parameterSetImpact(viewOf(parent, context), hash)),
      marginHistory: (
        { id }: AccountParent,
        { first, after }: { first: number } & AfterArgument,
        context: MarginContext,
      ) => margins.marginHistory(context, id, first, after ?? null),
    },
    VenueAccount: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      margin: ({ id }: { id: string }, _: unknown, context: MarginContext) =>
        margins.venueMargin(context, id),
    },
    AccountMargin: {
      ...results,
      account: ({ accountId, view }: AccountMarginParent): AccountParent => ({
        id: accountId,
        view,
      }),
    },
    ArchitectureMargin: results,
    PortfolioMargin: results,
    ParameterSet: parameterSetFields(parameterSets),
    ...switchResolvers,
    MarginCallUpdate: {
      __resolveType: (update: MarginCallUpdate) =>
        'previousStatus' in update ? 'MarginCallTransition' : 'MarginCallState',
    },
    MarginCallState: updateFields,
    MarginCallTransition: updateFields,
  };
}

type AccountMarginParent = ResultParent & Omit<ServedMargin, 'report'>;

const accountMargin = ({ report, ...served }: ServedMargin): AccountMarginParent => ({
  ...resultParent(report),
  ...served,
});

const architectureMargin = ({ report, refusal, ...compared }: ComparedArchitecture) => ({
  ...resultParent(report),
  ...compared,
  isSwitchAllowed: refusal === null,
  switchRefusal: refusal,
});

const whatIf = ({ before, after, ...answer }: WhatIfAnswer) => ({
  before: resultParent(before),
  after: resultParent(after),
  ...answer,
});

const impact = ({ current, candidate, difference }: ImpactAnswer) => ({
  current: resultParent(current),
  candidate: resultParent(candidate),
  difference,
});

/** Results name their set; what else there is to say of it is looked up when it is selected. */
const parameterSetFields = (sets: ParameterSetService) => {
  const field =
    <Field extends keyof ListedParameterSet>(name: Field) =>
    ({ hash }: HashArgument) =>
      sets.byHash(hash)?.[name] ?? null;
  return {
    models: field('models'),
    effectiveFrom: field('effectiveFrom'),
    status: field('status'),
    content: field('content'),
  };
};

type UpdateParent = Pick<MarginCallTransition, 'accountId' | 'sequence'>;

const updateFields = {
  cursor: ({ accountId, sequence }: UpdateParent) => callCursor(accountId, sequence),
  sequence: ({ sequence }: UpdateParent) => String(sequence),
  account: ({ accountId }: UpdateParent): AccountParent => ({ id: accountId }),
};
