/** What gateways answer, in a form in which equal answers are equal texts. */

import type { Workload } from './workloads.js';

export const requestBodies = ({ query, variables }: Workload): string[] =>
  variables.map((one) => JSON.stringify({ query, variables: one }));

/** Text of the answer with the keys of all objects in order. Rejects where it is not 200. */
export async function answerOf(url: string, body: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body,
  });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}.`);
  return JSON.stringify(await response.json(), sortedKeys);
}

const sortedKeys = (_key: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

const SHOWN = 60;

/** Where two answers part, for people; undefined where they are equal. */
export function difference(expected: string, actual: string): string | undefined {
  if (expected === actual) return undefined;
  let at = 0;
  while (expected[at] === actual[at]) at += 1;
  const part = (text: string) => text.slice(Math.max(0, at - SHOWN), at + SHOWN);
  return `…${part(actual)}… where …${part(expected)}… is expected`;
}
