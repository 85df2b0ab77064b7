/** The planner's rewrites: renames and constants, applied to what is sent or to what came back. */

import type { FetchNodePathSegment, FetchRewrite } from '@graphql-hive/router-query-planner';
import { isJsonObject, type JsonObject } from '../upstream/subgraphResponse.js';
import { setOwn } from './ownProperty.js';
import type { TypeConditions } from './typeConditions.js';

/** Changes `value`, and all in it that the rewrites' paths lead to, in place. */
export type Rewrite = (value: unknown) => void;

type Edit = (object: JsonObject, key: string) => void;

/** Undefined when there is nothing to rewrite. */
export function compileRewrites(
  rewrites: readonly FetchRewrite[] | null | undefined,
  types: TypeConditions,
): Rewrite | undefined {
  if (!rewrites?.length) return undefined;
  const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, types));
  return (value) => {
    for (const rewrite of compiled) rewrite(value);
  };
}

/** What a rename turns keys into, for error paths, which name fields as the subgraph saw them. */
export function renamedKeys(
  rewrites: readonly FetchRewrite[] | null | undefined,
): ReadonlyMap<string, string> {
  const renames = (rewrites ?? []).flatMap((rewrite) => {
    if (!('KeyRenamer' in rewrite)) return [];
    const { path, renameKeyTo } = rewrite.KeyRenamer;
    const last = path.at(-1);
    return last && 'Key' in last ? [[last.Key, renameKeyTo] as const] : [];
  });
  return new Map(renames);
}

function compileRewrite(rewrite: FetchRewrite, types: TypeConditions): Rewrite {
  if ('KeyRenamer' in rewrite) {
    const { path, renameKeyTo } = rewrite.KeyRenamer;
    return compilePath(path, types, (object, key) => {
      if (!Object.hasOwn(object, key)) return;
      setOwn(object, renameKeyTo, object[key]);
      Reflect.deleteProperty(object, key);
    });
  }
  const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
  return compilePath(path, types, (object, key) => setOwn(object, key, setValueTo));
}

/** The last segment is always a key: it is what `edit` changes. */
function compilePath(
  path: readonly FetchNodePathSegment[],
  types: TypeConditions,
  edit: Edit,
): Rewrite {
  const [segment, ...rest] = path;
  if (!segment) throw new Error('A rewrite needs a path that ends with a key.');
  if ('TypenameEquals' in segment) {
    const next = compilePath(rest, types, edit);
    return eachObject((object) => {
      if (types.anyApplies(segment.TypenameEquals, object['__typename'])) next(object);
    });
  }
  const { Key: key } = segment;
  if (rest.length === 0) return eachObject((object) => edit(object, key));
  const next = compilePath(rest, types, edit);
  return eachObject((object) => {
    if (Object.hasOwn(object, key)) next(object[key]);
  });
}

function eachObject(visit: (object: JsonObject) => void): Rewrite {
  const rewrite: Rewrite = (value) => {
    if (Array.isArray(value)) value.forEach(rewrite);
    else if (isJsonObject(value)) visit(value);
  };
  return rewrite;
}
