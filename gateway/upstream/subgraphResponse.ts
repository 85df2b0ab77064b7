/** What a subgraph answered, checked for the shape that the GraphQL specification gives it. */

export type JsonObject = Record<string, unknown>;

export type PathKey = string | number;

export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly PathKey[];
  readonly extensions?: JsonObject;
}

export interface SubgraphResponse {
  /** Null or absent when the operation failed as a whole. */
  readonly data?: JsonObject | null;
  readonly errors?: readonly SubgraphError[];
}

/** A JSON object, not an array and not null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined when this is not a GraphQL response: subgraphs may be anything that answers a port. */
export function subgraphResponse(value: unknown): SubgraphResponse | undefined {
  if (!isJsonObject(value)) return undefined;
  const { data, errors } = value;
  if (data === undefined && errors === undefined) return undefined;
  if (data !== undefined && data !== null && !isJsonObject(data)) return undefined;
  if (errors === undefined || errors === null) return { data: data ?? null };
  if (!Array.isArray(errors)) return undefined;
  return { data: data ?? null, errors: errors.map(subgraphError) };
}

/** Keeps of an error what is well formed. */
function subgraphError(value: unknown): SubgraphError {
  if (!isJsonObject(value)) return { message: 'Unknown error.' };
  const { message, path, extensions } = value;
  return {
    message: typeof message === 'string' ? message : 'Unknown error.',
    ...(Array.isArray(path) && path.every(isPathKey) ? { path } : {}),
    ...(isJsonObject(extensions) ? { extensions } : {}),
  };
}

const isPathKey = (key: unknown): key is PathKey =>
  typeof key === 'string' || typeof key === 'number';
