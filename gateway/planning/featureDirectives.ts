/** What directives of a specification are called in a supergraph, which may rename what it imports. */

import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from 'graphql';

/**
 * Gives the name of a directive of `https://specs.apollo.dev/«feature»`; undefined where the
 * supergraph does not link that feature.
 * Source: the link specification v1.0, "Name resolution".
 */
export type FeatureDirectives = (feature: string, directive: string) => string | undefined;

interface Link {
  readonly prefix: string;
  /** What imported elements, with their `@`, are called here. */
  readonly imports: ReadonlyMap<string, string>;
}

const FEATURE = /^https?:\/\/specs\.apollo\.dev\/([^/]+)\/v\d+\.\d+$/;

export function featureDirectives({ definitions }: DocumentNode): FeatureDirectives {
  const links = new Map(
    definitions
      .filter((one) => one.kind === Kind.SCHEMA_DEFINITION || one.kind === Kind.SCHEMA_EXTENSION)
      .flatMap(({ directives = [] }) => directives)
      .filter(({ name }) => name.value === 'link')
      .flatMap(linkOf),
  );
  return (feature, directive) => {
    const link = links.get(feature);
    if (!link) return undefined;
    const imported = link.imports.get(`@${directive}`);
    if (imported !== undefined) return imported.slice(1);
    return directive === feature ? link.prefix : `${link.prefix}__${directive}`;
  };
}

function linkOf(directive: ConstDirectiveNode): [string, Link][] {
  const feature = FEATURE.exec(textOf(argumentOf(directive, 'url')) ?? '')?.[1];
  if (feature === undefined) return [];
  const imported = argumentOf(directive, 'import');
  const imports = imported?.kind === Kind.LIST ? imported.values.flatMap(importOf) : [];
  const prefix = textOf(argumentOf(directive, 'as')) ?? feature;
  return [[feature, { prefix, imports: new Map(imports) }]];
}

/** `"@name"`, or `{ name: "@name", as: "@other" }`. */
function importOf(value: ConstValueNode): [string, string][] {
  const plain = textOf(value);
  if (plain !== undefined) return [[plain, plain]];
  if (value.kind !== Kind.OBJECT) return [];
  const part = (called: string) =>
    textOf(value.fields.find(({ name }) => name.value === called)?.value);
  const name = part('name');
  return name === undefined ? [] : [[name, part('as') ?? name]];
}

const argumentOf = ({ arguments: given = [] }: ConstDirectiveNode, called: string) =>
  given.find(({ name }) => name.value === called)?.value;

const textOf = (value: ConstValueNode | undefined) =>
  value?.kind === Kind.STRING ? value.value : undefined;
