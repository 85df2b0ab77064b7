/** What a venue's margin says of one position: its values, and the margins that a model gives it. */

import type { PositionMargin } from '../marginModel.js';
import type { ValuedPosition } from './valuedPosition.js';

export const positionMargin = (
  valued: ValuedPosition,
  { initialMargin, maintenanceMargin }: Pick<PositionMargin, 'initialMargin' | 'maintenanceMargin'>,
): PositionMargin => ({
  positionId: valued.position.id,
  instrumentId: valued.instrument.id,
  markPrice: valued.markPrice,
  notional: valued.notional,
  unrealizedPnl: valued.unrealizedPnl,
  optionValue: valued.optionValue,
  initialMargin,
  maintenanceMargin,
});
