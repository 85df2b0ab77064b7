/** The keys by which the services of a graph know each other. */

import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATEWAY, MARGIN } from '../../subgraphs/shared/callerToken/callerClaims.js';
import {
  newSigningKeyText,
  publicSigningKey,
  signingKeyVariable,
} from '../../subgraphs/shared/callerToken/signingKey.js';

/** Values of environment variables. */
export interface ServiceKeys {
  /** SIGNING_KEY of the gateway, a secret. */
  readonly gateway: string;
  /** SIGNING_KEY of margin, a secret. */
  readonly margin: string;
  /** TRUSTED_KEYS of every subgraph. */
  readonly trusted: string;
}

/** Keys that nobody has seen before. */
export const newServiceKeys = (): ServiceKeys =>
  serviceKeys(newSigningKeyText(), newSigningKeyText());

/**
 * Those in the folder, which are made when they are not there, readable by their owner only. Throws
 * when the folder cannot be written, or holds something else.
 */
export function openServiceKeys(folder: string): ServiceKeys {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`The data directory ${folder} cannot be used: ${message}`, { cause });
  }
  return serviceKeys(keyIn(folder, GATEWAY), keyIn(folder, MARGIN));
}

function keyIn(folder: string, name: string): string {
  const file = join(folder, `${name}-signing-key.json`);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, newSigningKeyText(), { mode: 0o600 });
  try {
    // Whole or not at all, and never over one that another process has made meanwhile.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  const text = readFileSync(file, 'utf8');
  if (!signingKeyVariable.safeParse(text).success) {
    throw new Error(`${file} holds no signing key. Remove it, and a new one is made.`);
  }
  return text;
}

function serviceKeys(gateway: string, margin: string): ServiceKeys {
  const keys = [
    publicSigningKey(signingKeyVariable.parse(gateway), GATEWAY),
    publicSigningKey(signingKeyVariable.parse(margin), MARGIN),
  ];
  return { gateway, margin, trusted: JSON.stringify({ keys }) };
}
