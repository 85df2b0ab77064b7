/** What a caller may see, and what each subgraph is told of that. */

export interface VisibleAccounts {
  readonly accountIds: readonly string[];
  /** "«venue slug»:«the venue's own account id»". */
  readonly venueAccountIds: readonly string[];
}

/** One object for all who see nothing, so that it compares by identity. */
export const NO_ACCOUNTS: VisibleAccounts = { accountIds: [], venueAccountIds: [] };

/**
 * What a subgraph needs to know of them: `accounts` all account ids, `venue` the ids of its own venue
 * accounts, `none` nothing.
 */
export type AudienceKind = 'accounts' | 'venue' | 'none';

/** In the graph as it is delivered: whoever is neither of ours nor a venue is told nothing. */
export const audienceKindOf =
  (isVenue: (subgraph: string) => boolean) =>
  (subgraph: string): AudienceKind => {
    if (subgraph === 'accounts' || subgraph === 'margin') return 'accounts';
    return isVenue(subgraph) ? 'venue' : 'none';
  };

export function idsFor(
  audience: string,
  kind: AudienceKind,
  { accountIds, venueAccountIds }: VisibleAccounts,
): readonly string[] {
  if (kind === 'none') return [];
  if (kind === 'accounts') return accountIds;
  return venueAccountIds.filter((id) => id.startsWith(`${audience}:`));
}
