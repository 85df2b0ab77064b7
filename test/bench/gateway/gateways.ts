/** The gateways that are measured, and how each is started as its users start it. */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface BenchGateway {
  readonly name: string;
  /** Why it cannot run here. */
  readonly absent?: string;
  readonly command: (graph: GraphFiles, port: number) => readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** One graph, in the forms that gateways take. */
export interface GraphFiles {
  readonly folder: string;
  readonly supergraph: string;
  readonly subgraphs: readonly {
    readonly name: string;
    readonly url: string;
    readonly sdl: string;
  }[];
}

export const OURS = 'margin-graph';
export const APOLLO = '@apollo/gateway';
export const HIVE_RUST = 'Hive, Rust planner';

const PEERS = fileURLToPath(new URL('peers/', import.meta.url));
const GRAFBASE = join(PEERS, 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase');

const peer = (file: string, ...args: string[]): BenchGateway['command'] => {
  return ({ supergraph }, port) => [
    process.execPath,
    join(PEERS, file),
    supergraph,
    String(port),
    ...args,
  ];
};

/** To be called when the peers are installed. */
export const benchGateways = (): readonly BenchGateway[] => [
  {
    name: OURS,
    // All limits count, and this one never ends the bench: one client sends what thousands would.
    environment: { RATE_ADDRESS_COST: String(Number.MAX_SAFE_INTEGER) },
    command: ({ supergraph }, port) => {
      const options = ['gateway', '--supergraph', supergraph, '--port', String(port)];
      return [process.execPath, 'cli/margin-graph.mjs', ...options];
    },
  },
  { name: APOLLO, command: peer('apollo.mjs') },
  { name: 'Hive, JS planner', command: peer('hive.mjs', 'js') },
  { name: HIVE_RUST, command: peer('hive.mjs', 'rust') },
  {
    name: 'Grafbase',
    ...(!existsSync(GRAFBASE) && {
      absent: 'the registry has its binary for Linux on x64 only, and it is not installed here',
    }),
    command: (graph, port) => {
      const address = `127.0.0.1:${port}`;
      const home = join(graph.folder, 'grafbase');
      const config = grafbaseConfig(graph);
      return [GRAFBASE, '--home', home, 'dev', '--config', config, '--listen-address', address];
    },
  },
];

/** It composes by itself; the path of the file that says what. */
function grafbaseConfig({ folder, subgraphs }: GraphFiles): string {
  const entries = subgraphs.map(({ name, url, sdl }) => {
    const path = join(folder, `${name}.graphql`);
    writeFileSync(path, sdl);
    return `[subgraphs.${name}]\nurl = "${url}"\nschema_path = "${path}"\n`;
  });
  const path = join(folder, 'grafbase.toml');
  writeFileSync(path, entries.join('\n'));
  return path;
}
