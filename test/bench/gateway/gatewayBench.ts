/**
 * `npm run bench -- gateway [--quick] [--only NAME …]`: this gateway and its peers before the same
 * four subgraphs, one after the other under the same load.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { freePorts } from '../../../cli/start/freePorts.js';
import { difference } from './answers.js';
import { medians, table, targetLines, type Figures } from './figures.js';
import { benchGateways, OURS } from './gateways.js';
import { loadGenerator, type LoadGenerator } from './loadGenerator.js';
import { RunningGateway } from './runningGateway.js';
import { RunningGraph } from './runningGraph.js';
import { workloads, type Workload } from './workloads.js';

interface Pace {
  readonly rounds: number;
  /** Of CPU, for each gateway and workload. */
  readonly warmUpCpuSeconds: number;
  readonly seconds: number;
}

const FULL: Pace = { rounds: 3, warmUpCpuSeconds: 2, seconds: 2 };
const QUICK: Pace = { rounds: 1, warmUpCpuSeconds: 1, seconds: 1 };

interface Bench {
  readonly graph: RunningGraph;
  readonly gateways: readonly RunningGateway[];
  readonly generator: LoadGenerator;
  readonly pace: Pace;
}

/** Rejects when a gateway does not start, or answers otherwise than ours. */
export async function gatewayBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { quick: { type: 'boolean' }, only: { type: 'string', multiple: true } },
  });
  installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
  const graph = await RunningGraph.start(folder);
  const gateways: RunningGateway[] = [];
  try {
    const chosen = benchGateways().filter(({ name }) => values.only?.includes(name) ?? true);
    const ports = await freePorts(chosen.length);
    for (const [index, gateway] of chosen.entries()) {
      if (gateway.absent === undefined) {
        gateways.push(await RunningGateway.start(gateway, graph.files, ports[index] ?? 0));
      } else console.log(`${gateway.name} is left out: ${gateway.absent}.`);
    }
    const generator = loadGenerator(folder);
    await runAll({ graph, gateways, generator, pace: values.quick ? QUICK : FULL });
  } finally {
    await Promise.all([graph, ...gateways].map((one) => one.kill()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The registry has them for the platform; users of the gateway never install them. */
function installPeers(): void {
  const peers = fileURLToPath(new URL('peers/', import.meta.url));
  if (existsSync(join(peers, 'node_modules'))) return;
  console.log('Installing the gateways to compare with, once.');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: peers, stdio: 'inherit' });
  if (status !== 0) throw new Error(`\`npm ci\` failed in ${peers}; its output is above.`);
}

async function runAll(bench: Bench): Promise<void> {
  const { rounds, seconds } = bench.pace;
  console.log(
    `${bench.generator.name}, medians of ${rounds} alternated rounds of ${seconds} s; CPU and memory are the gateway’s alone.`,
  );
  const all: Figures[] = [];
  for (const workload of workloads) {
    await assertSameAnswers(workload, bench);
    const figures = await measured(workload, bench);
    all.push(...figures.values());
    console.log(`\n${workload.name}`);
    console.table(table(figures));
    for (const line of targetLines(figures, workload === workloads[0])) console.log(line);
  }
  const busiest = Math.max(...all.map(({ busiestSubgraphCores }) => busiestSubgraphCores));
  const generator = Math.max(...all.map(({ loadGeneratorCores }) => loadGeneratorCores));
  console.log(
    `\nBeside the gateways: the busiest subgraph had at most ${busiest.toFixed(2)} of a core, the load generator ${generator.toFixed(2)}.`,
  );
}

/** Each of the workload's requests is compared; those of the first gateway have no errors. */
async function assertSameAnswers(workload: Workload, { gateways }: Bench): Promise<void> {
  const [first, ...others] = gateways;
  if (!first) throw new Error(`There is no gateway to measure; ours is "${OURS}".`);
  const expected = await first.answers(workload);
  const failed = expected.find((answer) => answer.includes('"errors"'));
  if (failed) throw new Error(`${first.name} answers "${workload.name}" with ${failed}.`);
  for (const other of others) {
    for (const [index, answer] of (await other.answers(workload)).entries()) {
      const parting = difference(expected[index] ?? '', answer);
      if (parting) throw new Error(`${other.name} answers "${workload.name}" with ${parting}.`);
    }
  }
}

/** Each round begins with another gateway, so that none always comes first. */
async function measured(workload: Workload, bench: Bench): Promise<Map<string, Figures>> {
  const { graph, gateways, generator, pace } = bench;
  for (const gateway of gateways) await gateway.warmUp(workload, generator, pace.warmUpCpuSeconds);
  const results = new Map(gateways.map(({ name }) => [name, [] as Figures[]]));
  for (let round = 0; round < pace.rounds; round += 1) {
    for (const gateway of [...gateways.slice(round), ...gateways.slice(0, round)]) {
      const figures = await gateway.measure(workload, graph, generator, pace.seconds);
      results.get(gateway.name)?.push(figures);
    }
  }
  await assertSameAnswers(workload, bench);
  return new Map([...results].map(([name, rounds]) => [name, medians(rounds)]));
}
