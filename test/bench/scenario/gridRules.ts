/** A scan of 33 scenarios with nothing beside it, so that a plain loop can answer the same. */

import { gridSchema } from '../../../subgraphs/margin/domain/scenario/gridScenario.js';
import {
  PLAIN_SCAN,
  type ScanComponent,
} from '../../../subgraphs/margin/domain/scenario/scanComponent.js';

const SPOTS = [-0.25, -0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.25];

export const scan: ScanComponent = {
  ...PLAIN_SCAN,
  grid: gridSchema.parse([{ spots: SPOTS, volatilities: ['UP', 'NONE', 'DOWN'] }]),
  volatility: {
    shift: 'RELATIVE',
    up: 0.5,
    down: 0.275,
    upMin: 0,
    referenceDays: 30,
    daysMin: 1,
    shortPower: 0.3,
    longPower: 0.13,
  },
  discountsMarks: false,
};
