/** The subgraphs as processes, and the supergraph of where they are. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeSupergraph } from '../../../gateway/registry/composeSupergraph.js';
import { BenchProcess } from './benchProcess.js';
import type { GraphFiles } from './gateways.js';
import { benchGraph } from './graph.js';

export class RunningGraph {
  readonly files: GraphFiles;
  readonly #subgraphs: readonly BenchProcess[];

  private constructor(files: GraphFiles, subgraphs: readonly BenchProcess[]) {
    this.files = files;
    this.#subgraphs = subgraphs;
  }

  static async start(folder: string): Promise<RunningGraph> {
    const program = [process.execPath, '--import', 'tsx', 'test/bench/gateway/subgraph.ts'];
    const processes = benchGraph.map(({ name }) => new BenchProcess([...program, name]));
    const ports = await Promise.all(processes.map((one) => one.ask<number>()));
    const subgraphs = benchGraph.map(({ name, typeDefs }, index) => ({
      name,
      url: `http://127.0.0.1:${ports[index] ?? 0}/graphql`,
      sdl: typeDefs,
    }));
    const supergraph = join(folder, 'supergraph.graphql');
    writeFileSync(
      supergraph,
      composeSupergraph(subgraphs.map(({ sdl, ...rest }) => ({ ...rest, typeDefs: sdl }))),
    );
    return new RunningGraph({ folder, supergraph, subgraphs }, processes);
  }

  /** How often the subgraphs have been asked, all together. */
  async calls(): Promise<number> {
    const calls = await Promise.all(this.#subgraphs.map((one) => one.ask<number>('calls')));
    return calls.reduce((sum, one) => sum + one, 0);
  }

  /** Of each subgraph, since it began. */
  cpuMs(): number[] {
    return this.#subgraphs.map((one) => one.cpuMs());
  }

  async kill(): Promise<void> {
    await Promise.all(this.#subgraphs.map((one) => one.kill()));
  }
}
