/** The instruments that a venue lists, found by the venue's own name for them. */

import type { ResponseNode } from './responseNode.js';

export class InstrumentListing {
  private readonly byName = new Map<string, ResponseNode[]>();

  /**
   * `rows` may come from several responses; `nameField` holds the name. Only rows that a position needs are
   * ever read further: thousands of others are none of its business.
   */
  constructor(rows: readonly ResponseNode[], nameField: string) {
    for (const row of rows) {
      const name = row.field(nameField);
      if (name.isBlank) continue;
      const same = this.byName.get(name.source());
      if (same) same.push(row);
      else this.byName.set(name.source(), [row]);
    }
  }

  /** Null when it is not listed; throws a Refusal when it is listed more than once. */
  find(name: string): ResponseNode | null {
    const [row, again] = this.byName.get(name) ?? [];
    if (row && again) throw again.refusal(`lists ${name} again, after ${row.path}`);
    return row ?? null;
  }
}
