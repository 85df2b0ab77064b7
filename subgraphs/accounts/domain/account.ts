/** Who holds what where: the register that the other subgraphs add to. */

import type { Ratio } from '../../shared/units.js';

export interface Owner {
  readonly id: string;
  readonly name: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
}

/** An asset that can be collateral. */
export interface Asset {
  /** Canonical ticker, such as BTC. */
  readonly id: string;
  readonly name: string;
  /** Share of its value that does not count: 0 keeps all of it, 1 none. */
  readonly haircut: Ratio;
}
