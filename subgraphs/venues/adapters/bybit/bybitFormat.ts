/**
 * Bybit's unified account, from the responses of its v5 REST interface: `wallet_balance`
 * (account/wallet-balance), `positions_linear_usdt`, `positions_linear_usdc`, `positions_inverse` and
 * `positions_option` (position/list of that category and settleCoin, limit=200), and
 * `instruments_linear`, `instruments_inverse` and `instruments_option` (market/instruments-info).
 * Numbers are text, times milliseconds.
 */

import { InstrumentListing } from '../../kit/instrumentListing.js';
import { Notices } from '../../kit/notices.js';
import type { VenueFormat } from '../../kit/venueAdapter.js';
import { bybitInstruments } from './bybitInstruments.js';
import type { BybitCategory } from './bybitCategory.js';
import { bybitPositions } from './bybitPositions.js';
import { bybitResult } from './bybitResult.js';
import { bybitCollateral, bybitMargin, bybitWallet } from './bybitWallet.js';

const POSITIONS: Readonly<Record<string, BybitCategory>> = {
  positions_linear_usdt: 'linear',
  positions_linear_usdc: 'linear',
  positions_inverse: 'inverse',
  positions_option: 'option',
};
const LISTINGS: readonly BybitCategory[] = ['linear', 'inverse', 'option'];

export const bybitFormat: VenueFormat = {
  slug: 'bybit',
  name: 'Bybit',
  responses: [
    'wallet_balance',
    ...Object.keys(POSITIONS),
    ...LISTINGS.map((category) => `instruments_${category}`),
  ],
  parse(response) {
    const notices = new Notices();
    const wallet = bybitWallet(response('wallet_balance'), notices);
    const listings = LISTINGS.map((category) => {
      const result = bybitResult(response(`instruments_${category}`));
      return [category, new InstrumentListing(result.field('list').items(), 'symbol')] as const;
    });
    const instruments = bybitInstruments(new Map(listings), notices);
    const lists = Object.entries(POSITIONS).map(([name, category]) => ({
      response: response(name),
      category,
    }));
    const times = [response('wallet_balance'), ...lists.map((list) => list.response)];

    return {
      asOf: oldest(times.map((one) => one.field('time').instantMs())),
      positions: bybitPositions(lists, instruments, notices),
      collateral: bybitCollateral(wallet.field('coin').items()),
      reportedMargin: bybitMargin(wallet),
      notices: notices.all(),
    };
  },
};

const oldest = (times: readonly Date[]) => new Date(Math.min(...times.map(Number)));
