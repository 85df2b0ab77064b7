/**
 * OKX, from the responses of its v5 REST interface: `positions` (account/positions), `balance`
 * (account/balance) and `instruments_swap`, `instruments_futures` and `instruments_option`
 * (public/instruments of that instType). Numbers are text, times milliseconds.
 */

import { InstrumentListing } from '../../kit/instrumentListing.js';
import { Notices } from '../../kit/notices.js';
import type { VenueFormat } from '../../kit/venueAdapter.js';
import { okxCollateral, okxMargin } from './okxBalance.js';
import { okxData } from './okxData.js';
import { okxPositions } from './okxPositions.js';

const LISTINGS = ['instruments_swap', 'instruments_futures', 'instruments_option'];

export const okxFormat: VenueFormat = {
  slug: 'okx',
  name: 'OKX',
  responses: ['positions', 'balance', ...LISTINGS],
  parse(response) {
    const notices = new Notices();
    const [account, ...more] = okxData(response('balance'));
    if (!account || more.length > 0) {
      throw response('balance').field('data').refusal('there must be one account in the balance');
    }
    const listed = LISTINGS.flatMap((name) => okxData(response(name)));
    const listing = new InstrumentListing(listed, 'instId');

    return {
      asOf: account.field('uTime').instantMs(),
      positions: okxPositions(okxData(response('positions')), listing, notices),
      collateral: okxCollateral(account.field('details').items()),
      reportedMargin: okxMargin(account),
      notices: notices.all(),
    };
  },
};
