/** One update of a venue's account stream: what to ask for, and how to read it. */

import { z } from 'zod';
import { isNegative, isPositive, isZero } from '../../../shared/units.js';
import type { VenueState } from '../../domain/account/accountBook.js';
import type { Quality } from '../../domain/account/quality.js';
import { wireDateTime, wireId, wirePrice, wireQuantity } from './readers.js';

/** The subscription of one venue; `slug` is letters and digits, as in its root field. */
export const venueSubscription = (slug: string) => `subscription MarginVenue($after: Cursor) {
  update: ${slug}AccountUpdated(after: $after) {
    cursor
    account {
      id
      positions {
        id
        size
        entryPrice
        markPrice
        instrument {
          id
          contractType
          underlying { id }
          priceCurrency
          settlementCurrency
          contractMultiplier
          expiry
          strike
          optionType
        }
      }
      collateral { asset { id } quantity location status isCollateral }
      snapshot { quality asOf problem }
    }
  }
}`;

export interface VenueUpdate {
  readonly venueAccountId: string;
  readonly quality: Quality;
  readonly problem: string | null;
  /** Null while the venue itself does not know it. */
  readonly state: VenueState | null;
}

/** What every update has, however bad the rest: where the stream stands and whom it is about. */
export const updateEnvelope = z.object({
  update: z.object({ cursor: z.string(), account: z.object({ id: z.string() }) }),
});

const terms = {
  id: z.string(),
  underlying: wireId,
  priceCurrency: z.string(),
  settlementCurrency: z.string(),
  contractMultiplier: wireQuantity.refine(isPositive, 'must be positive'),
};

const futureTerms = { ...terms, expiry: wireDateTime.nullable() };

const instrument = z.discriminatedUnion('contractType', [
  z.object({ ...futureTerms, contractType: z.literal('LINEAR') }),
  z.object({ ...futureTerms, contractType: z.literal('INVERSE') }),
  z.object({
    ...terms,
    contractType: z.literal('OPTION'),
    expiry: wireDateTime,
    strike: wirePrice.refine(isPositive, 'must be positive'),
    optionType: z.enum(['CALL', 'PUT']),
  }),
]);

const position = z
  .object({
    id: z.string(),
    size: wireQuantity.refine((size) => !isZero(size), 'must not be zero'),
    entryPrice: wirePrice.refine((value) => !isNegative(value), 'must not be negative'),
    markPrice: wirePrice.refine((value) => !isNegative(value), 'must not be negative'),
    instrument,
  })
  .refine((p) => p.instrument.contractType === 'OPTION' || isPositive(p.markPrice), {
    error: 'must be positive',
    path: ['markPrice'],
  })
  .refine((p) => p.instrument.contractType !== 'INVERSE' || isPositive(p.entryPrice), {
    error: 'must be positive',
    path: ['entryPrice'],
  });

const positions = z
  .array(position)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'ids must be unique');

const balance = z
  .object({
    asset: wireId,
    quantity: wireQuantity,
    location: z.string(),
    status: z.string(),
    isCollateral: z.boolean(),
  })
  // A status that we do not know may not be final, so it counts like one that is in transit.
  .transform(({ status, ...rest }) => ({ ...rest, isSettled: status === 'SETTLED' }));

const update = z.object({
  update: z.object({
    account: z.object({
      id: z.string(),
      positions: positions.nullable(),
      collateral: z.array(balance).nullable(),
      snapshot: z
        .object({ quality: z.string(), asOf: wireDateTime, problem: z.string().nullable() })
        .nullable(),
    }),
  }),
});

/** Throws ZodError, with the path of every mistake, unless the message keeps the contract. */
export function readVenueUpdate(data: unknown): VenueUpdate {
  const { id, positions: held, collateral, snapshot } = update.parse(data).update.account;
  return {
    venueAccountId: id,
    quality: snapshot === null ? 'STALE' : readQuality(snapshot.quality),
    problem: snapshot?.problem ?? null,
    state:
      held === null || collateral === null || snapshot === null
        ? null
        : {
            asOf: snapshot.asOf,
            positions: held,
            balances: collateral.filter(({ quantity }) => !isZero(quantity)),
          },
  };
}

const readQuality = (text: string): Quality =>
  text === 'LIVE' || text === 'DEGRADED' ? text : 'STALE';
