/** The file in which an operator lists the operations that may run. */

import { z } from 'zod';
import { sha256 } from './persistedOperations.js';

/** Apollo's manifest, as its generator and others write it. */
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** Texts by their hashes, as GraphQL Code Generator's client preset writes it. */
const plainManifest = z.record(z.string(), z.string());

/** Throws Error that names what is wrong with it. The hashes must be those of the texts. */
export function operationManifest(json: string): ReadonlyMap<string, string> {
  const listed = entriesOf(JSON.parse(json));
  for (const [id, text] of listed) {
    if (sha256(text) === id) continue;
    throw new Error(
      `The operation ${id} is listed under another hash than its text has: ${sha256(text)}.`,
    );
  }
  return new Map(listed);
}

function entriesOf(manifest: unknown): readonly (readonly [string, string])[] {
  const apollo = apolloManifest.safeParse(manifest);
  if (apollo.success) return apollo.data.operations.map(({ id, body }) => [id, body]);
  const plain = plainManifest.safeParse(manifest);
  if (plain.success) return Object.entries(plain.data);
  throw new Error(
    'It is neither Apollo’s manifest, { "format": "apollo-persisted-query-manifest", "operations": [{ "id", "body" }] }, nor an object of texts by their SHA-256.',
  );
}
