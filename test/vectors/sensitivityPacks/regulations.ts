/** Which rows count under which regulation, as the pack's engine sorts them. */

import type { CrifRow } from '../../../subgraphs/margin/domain/sensitivity/crif.js';
import type { Side } from '../../../subgraphs/margin/domain/sensitivity/measureMargin.js';

/** Of rows that name no regulation. */
const UNSPECIFIED = 'Unspecified';

/**
 * The rows by regulation. Rows without one count only where none of the side's rows has any, and
 * not at all where only the other side's do; a trade under CFTC counts under SEC too.
 */
export function byRegulation(
  rows: readonly CrifRow[],
  side: Side,
): ReadonlyMap<string, readonly CrifRow[]> {
  const own = (row: CrifRow) => (side === 'CALL' ? row.collectRegulations : row.postRegulations);
  const other = (row: CrifRow) => (side === 'CALL' ? row.postRegulations : row.collectRegulations);
  const named = new Set(rows.flatMap(own).filter((name) => name !== 'Excluded'));
  if (named.size === 0) {
    return new Map(rows.some((row) => other(row).length > 0) ? [] : [[UNSPECIFIED, rows]]);
  }
  const countsUnder = (row: CrifRow, name: string) =>
    own(row).includes(name) || (name === 'SEC' && own(row).includes('CFTC'));
  return new Map([...named].map((name) => [name, rows.filter((row) => countsUnder(row, name))]));
}
