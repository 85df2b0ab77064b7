/** A gateway as a process, under load. */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf, requestBodies } from './answers.js';
import { BenchProcess, endedChildrenCpuMs } from './benchProcess.js';
import type { Figures } from './figures.js';
import type { BenchGateway, GraphFiles } from './gateways.js';
import type { LoadGenerator } from './loadGenerator.js';
import type { RunningGraph } from './runningGraph.js';
import type { Workload } from './workloads.js';

/** Compiling TypeScript and composing take seconds on a busy machine. */
const START_MS_MAX = 60_000;
const ASK_AGAIN_MS = 100;
const WARM_UP_SECONDS_MAX = 10;

const PROBE: Workload = { name: 'probe', query: '{ __typename }', variables: [{}] };

export class RunningGateway {
  readonly name: string;
  readonly #url: string;
  readonly #process: BenchProcess;

  private constructor(name: string, url: string, process: BenchProcess) {
    this.name = name;
    this.#url = url;
    this.#process = process;
  }

  /** Resolves when it answers; rejects with what it has printed when it does not. */
  static async start(
    gateway: BenchGateway,
    graph: GraphFiles,
    port: number,
  ): Promise<RunningGateway> {
    const logFile = join(graph.folder, `${port}.log`);
    const process = new BenchProcess(gateway.command(graph, port), {
      logFile,
      environment: gateway.environment,
    });
    const url = `http://127.0.0.1:${port}/graphql`;
    const running = new RunningGateway(gateway.name, url, process);
    const deadline = performance.now() + START_MS_MAX;
    while (!(await running.#isReady())) {
      if (process.hasEnded || performance.now() > deadline) {
        await process.kill();
        throw new Error(`${gateway.name} does not start:\n${process.log}`);
      }
      await sleep(ASK_AGAIN_MS);
    }
    return running;
  }

  /** To all of the workload's requests, one after the other. */
  async answers(workload: Workload): Promise<string[]> {
    const answers: string[] = [];
    for (const body of requestBodies(workload)) answers.push(await answerOf(this.#url, body));
    return answers;
  }

  /**
   * Until it has worked for so long that what is compiled while it runs has been: on a busy machine a
   * second of load is much less work than on a quiet one.
   */
  async warmUp(workload: Workload, generator: LoadGenerator, cpuSeconds: number): Promise<void> {
    const enoughMs = this.#process.cpuMs() + cpuSeconds * 1_000;
    for (let second = 0; second < WARM_UP_SECONDS_MAX; second += 1) {
      if (this.#process.cpuMs() >= enoughMs) return;
      await generator.run(this.#url, requestBodies(workload), 1);
    }
  }

  /** Only what is answered counts; where nothing is, a request costs infinitely much. */
  async measure(
    workload: Workload,
    graph: RunningGraph,
    generator: LoadGenerator,
    seconds: number,
  ): Promise<Figures> {
    const before = await this.#used(graph);
    const load = await generator.run(this.#url, requestBodies(workload), seconds);
    const after = await this.#used(graph);
    const answered = load.requests - load.failed;
    const cores = (cpuMs: number) => cpuMs / 1_000 / load.seconds;
    const gatewayMs = after.gatewayMs - before.gatewayMs;
    const perRequest = (amount: number) => (answered === 0 ? Infinity : amount / answered);
    const subgraphMs = after.subgraphMs.map((ms, index) => ms - (before.subgraphMs[index] ?? 0));
    return {
      requestsPerSecond: answered / load.seconds,
      failedShare: load.requests === 0 ? 1 : load.failed / load.requests,
      p50Ms: load.p50Ms,
      p99Ms: load.p99Ms,
      cpuMsPerRequest: perRequest(gatewayMs),
      subgraphCallsPerRequest: perRequest(after.calls - before.calls),
      cores: cores(gatewayMs),
      residentMegabytes: this.#process.residentBytes() / 2 ** 20,
      busiestSubgraphCores: cores(Math.max(...subgraphMs)),
      loadGeneratorCores: cores(after.generatorMs - before.generatorMs),
    };
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }

  async #used(graph: RunningGraph) {
    return {
      calls: await graph.calls(),
      gatewayMs: this.#process.cpuMs(),
      subgraphMs: graph.cpuMs(),
      generatorMs: endedChildrenCpuMs(),
    };
  }

  async #isReady(): Promise<boolean> {
    return this.answers(PROBE).then(
      () => true,
      () => false,
    );
  }
}
