/**
 * Deribit, from its JSON-RPC responses as they come over HTTP or WebSocket:
 * `positions` (private/get_positions, currency=any), `account_summaries`
 * (private/get_account_summaries, extended=true) and `instruments` (public/get_instruments,
 * currency=any). Numbers are JSON numbers, times microseconds.
 */

import type { VenueFormat } from '../../kit/venueAdapter.js';
import { Notices } from '../../kit/notices.js';
import { deribitCollateral } from './deribitCollateral.js';
import { deribitInstruments } from './deribitInstruments.js';
import { deribitMargin } from './deribitMargin.js';
import { deribitPositions } from './deribitPositions.js';
import { rpcResult } from './rpcResult.js';

export const deribitFormat: VenueFormat = {
  slug: 'deribit',
  name: 'Deribit',
  responses: ['positions', 'account_summaries', 'instruments'],
  parse(response, accountId) {
    const notices = new Notices();
    const positions = response('positions');
    const summaries = response('account_summaries');
    const account = rpcResult(summaries);
    const id = account.field('id');
    if (!id.isBlank && id.source() !== accountId) {
      throw id.refusal(`account ${id.source()} where ${accountId} was asked for`);
    }
    const rows = account.field('summaries').items();
    const instruments = deribitInstruments(rpcResult(response('instruments')).items(), notices);
    const held = deribitPositions(rpcResult(positions).items(), instruments);

    return {
      asOf: oldest(summaries.field('usOut').instantUs(), sentAt(positions)),
      positions: held.map(({ position }) => position),
      collateral: deribitCollateral(rows, held),
      reportedMargin: deribitMargin(rows, notices),
      notices: notices.all(),
    };
  },
};

/** Some clients drop the envelope's times from the positions; the summaries' time then counts. */
const sentAt = (response: ReturnType<Parameters<VenueFormat['parse']>[0]>) => {
  const usOut = response.field('usOut');
  return usOut.isBlank ? null : usOut.instantUs();
};

const oldest = (a: Date, b: Date | null) => (b && b < a ? b : a);
