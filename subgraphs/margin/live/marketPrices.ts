/** The last price of every asset and instrument, and the registered haircuts. */

import { isEqual, type Ratio } from '../../shared/units.js';
import {
  noCurves,
  type AssetQuote,
  type InstrumentQuote,
  type MarketSnapshot,
} from '../domain/account/marketSnapshot.js';
import type { PriceUpdate } from './wire/priceUpdate.js';

export class MarketPrices {
  private readonly assets = new Map<string, AssetQuote>();
  private readonly instruments = new Map<string, InstrumentQuote>();
  private haircuts: ReadonlyMap<string, Ratio> = new Map();
  private hasPrices = false;

  /** False until the oracle's first update, which holds all prices. */
  get isComplete(): boolean {
    return this.hasPrices;
  }

  apply(update: PriceUpdate): void {
    for (const [id, quote] of update.assets) this.assets.set(id, quote);
    for (const [id, quote] of update.instruments) this.instruments.set(id, quote);
    this.hasPrices = true;
  }

  /** Whether any haircut is other than before. */
  setHaircuts(haircuts: ReadonlyMap<string, Ratio>): boolean {
    const before = this.haircuts;
    this.haircuts = haircuts;
    const isSame = ([asset, haircut]: readonly [string, Ratio]) => {
      const old = before.get(asset);
      return old !== undefined && isEqual(old, haircut);
    };
    return before.size !== haircuts.size || ![...haircuts].every(isSame);
  }

  /** A view of the present: later changes show in it. */
  at(at: Date): MarketSnapshot {
    const { assets, instruments, haircuts } = this;
    return { at, assets, instruments, haircuts, ...noCurves };
  }
}
