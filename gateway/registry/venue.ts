/** A venue that is in the graph, and what its slug decides. */

export interface Venue {
  /** Lower-case letters and digits, beginning with a letter: `deribit`. */
  readonly slug: string;
  /** For people: `Deribit`. */
  readonly name: string;
}

/** The venue's own account type: `deribit` → `DeribitAccount`. */
export const venueAccountType = ({ slug }: Venue) =>
  `${slug.charAt(0).toUpperCase()}${slug.slice(1)}Account`;

/** The slug in a venue account's id, which is `«slug»:«the venue's own account id»`. */
export const slugOf = (venueAccountId: string) => venueAccountId.split(':', 1)[0] ?? '';
