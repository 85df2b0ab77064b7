/** Reads where the venues are from one variable: "deribit=http://…/graphql,okx=http://…/graphql". */

import { z } from 'zod';
import type { VenueAddress } from './live/venueFeed.js';

const EXPECTED = 'must be slug=url pairs such as "deribit=http://127.0.0.1:4002/graphql,okx=…"';

/** A slug is part of GraphQL names, so it is letters and digits. */
const pair = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9]*=https?:\/\/\S+$/, EXPECTED)
  .transform((text): VenueAddress => {
    const equals = text.indexOf('=');
    return { slug: text.slice(0, equals), url: text.slice(equals + 1) };
  });

export const venueAddresses = z
  .string({ error: EXPECTED })
  .transform((text) => text.split(','))
  .pipe(z.array(pair))
  .refine(
    (venues) => new Set(venues.map(({ slug }) => slug)).size === venues.length,
    'must name each venue once',
  );
