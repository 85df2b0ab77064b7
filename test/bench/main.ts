/** `npm run bench -- NAME`: the bench of that name; all in-process ones without a name. */

import { spawnSync } from 'node:child_process';

const [, , name, ...args] = process.argv;
if (name === 'gateway') {
  const { gatewayBench } = await import('./gateway/gatewayBench.js');
  await gatewayBench(args).catch((error: unknown) => {
    process.stderr.write(`bench: ${(error as Error).message}\n`);
    process.exitCode = 1;
  });
} else {
  const filter = name === undefined ? [] : [name, ...args];
  const vitest = ['vitest', 'bench', '--run', '--project', 'bench', ...filter];
  process.exitCode = spawnSync('npx', vitest, { stdio: 'inherit' }).status ?? 1;
}
