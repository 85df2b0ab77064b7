/**
 * Who may see what of the graph: the one table to review when its schema changes.
 *
 * PUBLIC is for everybody, with a token or without: reference data such as prices, assets, parameter
 * sets and venues, and calculations on what the caller brings along. ACCOUNT is for those who may see
 * the account that it is about; to all others there is no such account.
 *
 * Every root field stands here by its name. A type that is PUBLIC names its fields too, for whatever is
 * added to it would be seen by everybody; what is added to an ACCOUNT type is guarded from the start.
 * A line with «slug» or «Slug» holds for each venue.
 */

export type Decision = 'PUBLIC' | 'ACCOUNT';

export const ROOT_FIELDS: Readonly<Record<string, Decision>> = {
  'Query.account': 'ACCOUNT',
  'Query.accounts': 'ACCOUNT',
  'Query.«slug»Account': 'ACCOUNT',
  'Query.whatIf': 'ACCOUNT',
  'Query.assets': 'PUBLIC',
  'Query.prices': 'PUBLIC',
  'Query.parameterSets': 'PUBLIC',
  'Query.parameterSet': 'PUBLIC',
  // Works on the portfolio in its input alone.
  'Query.portfolioMargin': 'PUBLIC',

  'Mutation.switchMarginArchitecture': 'ACCOUNT',
  // There only in the demo, whose prices everybody may play with.
  'Mutation.movePrice': 'PUBLIC',

  'Subscription.margin': 'ACCOUNT',
  'Subscription.marginCalls': 'ACCOUNT',
  'Subscription.«slug»AccountUpdated': 'ACCOUNT',
  'Subscription.priceUpdates': 'PUBLIC',
};

export const ACCOUNT_TYPES: readonly string[] = [
  'Account',
  'AccountConnection',
  'Owner',
  // Its cursor names an account.
  'PageInfo',

  '«Slug»Account',
  '«Slug»AccountUpdate',
  'Position',
  'CollateralBalance',
  'ReportedMargin',
  'VenueTerm',
  'VenueSnapshot',

  'AccountMargin',
  'ArchitectureMargin',
  'WhatIf',
  'IncrementalMargin',
  'ParameterSetImpact',
  'MarginArchitectureSwitched',
  'MarginArchitectureRefused',
  'MarginCallState',
  'MarginCallTransition',
];

/** Field names by type. */
export const PUBLIC_TYPES: Readonly<Record<string, string>> = {
  Asset: 'id name haircut price',
  AssetPrice: 'assetId price confidence source publishedAt status',
  Instrument:
    'id symbol contractType underlying priceCurrency settlementCurrency contractMultiplier ' +
    'expiry strike optionType price',
  InstrumentPrice: 'instrumentId price currency confidence source publishedAt status',
  PriceUpdate: 'assets instruments',
  ParameterSet: 'name hash models effectiveFrom status content',
  Venue: 'id name',

  // What a calculation says of its input. In an answer about an account, it is reached through an
  // ACCOUNT type; the ids in it are then that account's, and otherwise those of the input.
  PortfolioMargin:
    'model parameterSet snapshotHash asOf quality reasons worstScenarios collateralValue ' +
    'unrealizedPnl optionValue equity initialMargin maintenanceMargin freeCollateral marginRatio ' +
    'standAloneInitialMargin standAloneMaintenanceMargin nettingSaving explanation ' +
    'liquidationPrices venues',
  VenueMargin:
    'venueAccountId quality asOf collateralValue unrealizedPnl optionValue equity initialMargin ' +
    'maintenanceMargin freeCollateral marginRatio positions collateral',
  PositionMargin:
    'positionId instrumentId markPrice notional unrealizedPnl optionValue initialMargin ' +
    'maintenanceMargin',
  CollateralValue: 'assetId quantity price marketValue haircut creditedValue',
  MarginExplanation:
    'initialMargin maintenanceMargin attribution venueAttribution scenarios worstScenarios',
  RequirementTree: 'amount nodes',
  RequirementNode: 'id parentId depth code of operation factor amount detail isDeciding',
  LineShare: 'venueAccountId lineId kind initialMargin maintenanceMargin',
  VenueShare: 'venueAccountId initialMargin maintenanceMargin',
  ScenarioOutcome: 'underlying name spotShock volatilityShock weight profit',
  LiquidationPrice: 'underlying below above',
  MarginDifference: 'equity initialMargin maintenanceMargin freeCollateral',
};
