/** What a scan knows of the market of one underlying before it looks at any position. */

import type { UnderlyingRisk } from '../risk/riskBook.js';
import type { GridScenario } from './gridScenario.js';
import { preparedExpiries, type PreparedExpiry } from './preparedExpiry.js';
import type { ScanComponent } from './scanComponent.js';
import { worthFactors, type WorthFactors } from './staticDiscount.js';
import { widenedGrid } from './widenedGrid.js';

export interface ScanMarket {
  readonly scan: ScanComponent;
  /** The scan's grid, and its widened copy where prices are old. */
  readonly grid: readonly GridScenario[];
  readonly underlying: string;
  readonly spot: number;
  readonly expiries: readonly ScanExpiry[];
}

export interface ScanExpiry extends PreparedExpiry {
  readonly factors: WorthFactors;
}

export function scanMarket(scan: ScanComponent, underlying: UnderlyingRisk): ScanMarket {
  return {
    scan,
    grid: widenedGrid(scan, underlying.priceAgeSeconds),
    underlying: underlying.underlying,
    spot: underlying.spot.price,
    expiries: preparedExpiries(underlying, scan.discountsMarks).map((expiry) => ({
      ...expiry,
      factors: worthFactors(scan.staticDiscount, expiry.years, expiry.rate, expiry.discount),
    })),
  };
}

/** The move of a price by a scenario, relative to it: the shock, or what the index's move is of it. */
export const relativeMove = ({ scan, spot }: ScanMarket, shock: number, price: number) =>
  scan.shockOf === 'MARK' ? shock : (shock * spot) / price;

/** What divides a worth at the shocked price, so that today's USD remain. */
export const numeraireGrowth = ({ scan }: ScanMarket, { spotShock }: GridScenario) =>
  scan.numeraire === 'USD' ? 1 : 1 + spotShock;
