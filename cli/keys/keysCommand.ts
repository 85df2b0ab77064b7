/** `margin-graph keys`: the keys of a deployment, as lines of an environment file. */

import { Command } from 'commander';

export const keysCommand = (): Command =>
  new Command('keys')
    .description('make the keys by which the gateway and the subgraphs of a deployment trust calls')
    .action(print);

/** Quoted, so that neither a shell nor Docker Compose reads anything into them. */
async function print(): Promise<void> {
  const { newServiceKeys } = await import('../start/serviceKeys.js');
  const { gateway, margin, trusted } = newServiceKeys();
  process.stdout.write(
    `GATEWAY_SIGNING_KEY='${gateway}'\nMARGIN_SIGNING_KEY='${margin}'\nTRUSTED_KEYS='${trusted}'\n`,
  );
}
