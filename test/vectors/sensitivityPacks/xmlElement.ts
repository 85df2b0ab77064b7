/** XML as plain objects. */

import { DOMParser, type Element as DomElement } from '@xmldom/xmldom';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Its own text and that below it, trimmed. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** The root. Throws on text that is not well-formed. */
export function xmlElement(text: string): XmlElement {
  const parser = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new SyntaxError(message);
    },
  });
  const root = parser.parseFromString(text, 'text/xml').documentElement;
  if (root === null) throw new SyntaxError('no element');
  return plain(root);
}

const plain = (element: DomElement): XmlElement => ({
  name: element.tagName,
  attributes: new Map(Array.from(element.attributes).map(({ name, value }) => [name, value])),
  text: (element.textContent ?? '').trim(),
  children: Array.from(element.childNodes)
    .filter((node): node is DomElement => node.nodeType === node.ELEMENT_NODE)
    .map(plain),
});

/** The element at the path, such as «RiskWeights/Vega»; null without one. */
export function elementAt(element: XmlElement, path: string): XmlElement | null {
  return path
    .split('/')
    .reduce<XmlElement | null>(
      (found, name) => found?.children.find((child) => child.name === name) ?? null,
      element,
    );
}

/** As `elementAt`; throws without one. */
export function requiredAt(element: XmlElement, path: string): XmlElement {
  const found = elementAt(element, path);
  if (found === null) throw new Error(`no ${element.name}/${path}`);
  return found;
}

/** Throws when the element's text is no number. */
export function numberOf(element: XmlElement): number {
  const value = element.text === '' ? NaN : Number(element.text);
  if (!Number.isFinite(value)) throw new Error(`${element.name}: «${element.text}» is no number`);
  return value;
}
