/** A scan and one underlying's book put together, ready to be revalued. */

import type { UnderlyingRisk } from '../risk/riskBook.js';
import { preparedOptions, type PreparedOptions } from './preparedOptions.js';
import type { ScanComponent } from './scanComponent.js';
import { scanMarket, type ScanMarket } from './scanMarket.js';

export interface PreparedScan {
  readonly underlying: UnderlyingRisk;
  readonly market: ScanMarket;
  readonly options: PreparedOptions;
}

export const preparedScan = (scan: ScanComponent, underlying: UnderlyingRisk): PreparedScan => ({
  underlying,
  market: scanMarket(scan, underlying),
  options: preparedOptions(underlying),
});
