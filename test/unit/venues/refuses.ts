/** Tables of changes to a good response, each with the refusal that it must give. */

import { expect, it } from 'vitest';
import { parseAccount } from '../../../subgraphs/venues/kit/parseAccount.js';
import { formats, recorded, type Venue } from './book.js';

/** The text to find in the response, what to put in its place, and the reason that must be given. */
type Change = readonly [find: string | RegExp, put: string, reason: string];

/** The key and its value go, so that the field is missing. */
export const without = (key: string) => new RegExp(`\\s*"${key}": [^,\\n]*,`);

/** One test for each change to the response of that name; `changes` is keyed by the path refused. */
export function refuses(
  venue: Venue,
  accountId: string,
  response: string,
  changes: Readonly<Record<string, readonly Change[]>>,
): void {
  const rows = Object.entries(changes).flatMap(([path, list]) =>
    list.map((change) => [path, change[2], change] as const),
  );
  it.each(rows)('is refused at %s: %s', (path, reason, [find, put]) => {
    const raw = recorded(venue, accountId);
    const good = raw.get(response) ?? '';
    const bad = good.replace(find, put);
    expect(bad, 'the text to find must be there').not.toBe(good);
    raw.set(response, bad);

    const parse = () => parseAccount(formats[venue], raw, accountId);

    expect(parse).toThrow(
      expect.objectContaining({ name: 'Refusal', venue, path, reason }) as Error,
    );
  });
}
