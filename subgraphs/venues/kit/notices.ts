/** What a venue sent that its parser does not know, each said once. */

import type { ResponseNode } from './responseNode.js';

export class Notices {
  private readonly texts = new Set<string>();

  add(node: ResponseNode, text: string): void {
    this.texts.add(`${node.path}: ${text}`);
  }

  /** Reports a value that the venue may have added to an enumeration. A blank one says nothing. */
  addUnknown(node: ResponseNode, known: readonly string[]): void {
    if (node.isBlank || known.includes(node.source())) return;
    this.add(node, `${JSON.stringify(node.source())} is not known; known are ${known.join(', ')}`);
  }

  all(): readonly string[] {
    return [...this.texts];
  }
}
