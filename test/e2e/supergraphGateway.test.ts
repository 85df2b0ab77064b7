import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../cli/start/freePorts.js';
import { composeSupergraph } from '../../gateway/registry/composeSupergraph.js';
import { startSubgraph, type RunningSubgraph } from '../../subgraphs/shared/subgraphServer.js';
import type { Resolvers } from '../support/federation.js';
import { post, watch, webSocketClient } from '../support/graphqlClient.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

const books = {
  name: 'books',
  typeDefs: `${LINK}
    type Query { book(id: ID!): Book }
    type Mutation { rename(id: ID!, title: String!): Book }
    type Subscription { renamed: Book }
    type Book @key(fields: "id") { id: ID!  title: String! }
  `,
};
const reviews = {
  name: 'reviews',
  typeDefs: `${LINK}
    type Book @key(fields: "id") { id: ID!  stars: Int! }
  `,
};

/** The command as a user runs it. */
const gateway = (file: string, port: number) =>
  spawn(
    process.execPath,
    ['cli/margin-graph.mjs', 'gateway', '--supergraph', file, '--port', String(port)],
    { cwd: ROOT, env: {}, stdio: ['ignore', 'pipe', 'pipe'] },
  );

async function outputUntil(child: ChildProcess, wanted: RegExp): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    if (wanted.test(output)) return output;
  }
  throw new Error(`ended without ${String(wanted)}: ${output}`);
}

describe('margin-graph gateway --supergraph', () => {
  const running: RunningSubgraph[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
  const file = join(folder, 'supergraph.graphql');
  let child: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const titles = new Map([['1', 'Dune']]);
    const book = ({ id }: { readonly id: string }) => ({ id, title: titles.get(id) ?? '?' });
    const start = async (typeDefs: string, resolvers: Resolvers) => {
      const subgraph = await startSubgraph({
        typeDefs,
        resolvers,
        port: 0,
        context: (headers) => ({ headers }),
      });
      running.push(subgraph);
      return subgraph.url;
    };
    const booksUrl = await start(books.typeDefs, {
      Query: { book: (_: unknown, args: { id: string }) => book(args) },
      Mutation: {
        rename: (_: unknown, args: { id: string; title: string }) => {
          titles.set(args.id, args.title);
          return book(args);
        },
      },
      Subscription: {
        renamed: {
          subscribe: async function* () {
            yield await Promise.resolve({ renamed: book({ id: '1' }) });
          },
        },
      },
      Book: { __resolveReference: book },
    });
    const reviewsUrl = await start(reviews.typeDefs, {
      Book: { __resolveReference: ({ id }: { id: string }) => ({ id, stars: 5 }) },
    });
    const compose = (typeDefs: string) =>
      composeSupergraph([
        { ...books, url: booksUrl },
        { ...reviews, url: reviewsUrl, typeDefs },
      ]);
    writeFileSync(file, compose(reviews.typeDefs));
    writeFileSync(
      join(folder, 'without-stars'),
      compose(reviews.typeDefs.replace('stars', 'grade')),
    );
    const [port] = await freePorts(1);
    child = gateway(file, port ?? 0);
    const ready = await outputUntil(child, /ready: (\S+)/);
    url = /ready: (\S+)/.exec(ready)?.[1] ?? '';
  });

  afterAll(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await Promise.all(running.map((subgraph) => subgraph.close()));
    rmSync(folder, { recursive: true });
  });

  it('answers from the subgraphs whose addresses are in the file', async () => {
    expect(await post(url, '{ book(id: "1") { title stars } }')).toEqual({
      data: { book: { title: 'Dune', stars: 5 } },
    });
    expect(await post(url, 'mutation { rename(id: "2", title: "Emma") { title stars } }')).toEqual({
      data: { rename: { title: 'Emma', stars: 5 } },
    });
  });

  it('joins every event of a subscription with the other subgraphs', async () => {
    const client = webSocketClient(url);
    const events = watch(client, 'subscription { renamed { title stars } }');
    expect(await events.next()).toEqual({ renamed: { title: 'Dune', stars: 5 } });
    await events.stop();
    await client.dispose();
  });

  it('keeps what it serves where the file becomes something else, and takes what it becomes then', async () => {
    const refused = outputOf(child);
    writeFileSync(file, 'type Query { nonsense: Int }');
    expect(await refused(/stays/)).toContain('no enum join__Graph');
    expect((await post(url, '{ book(id: "1") { stars } }')).data).toEqual({ book: { stars: 5 } });

    const taken = outputOf(child);
    renameSync(join(folder, 'without-stars'), file);
    await taken(/another supergraph is in service/);
    expect((await post(url, '{ book(id: "1") { stars } }')).errors).toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });

  it('stops cleanly on a signal', async () => {
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['a file that is not there', 'nowhere.graphql', 'cannot be read'],
    ['what is no supergraph', 'package.json', 'cannot be served'],
  ])('refuses %s with a message', async (_what, path, message) => {
    const [port] = await freePorts(1);
    const failed = gateway(path, port ?? 0);
    const [errors, exit] = await Promise.all([text(failed.stderr), once(failed, 'exit')]);

    expect(exit).toEqual([1, null]);
    expect(errors).toContain(path);
    expect(errors).toContain(message);
  });

  it('refuses a subgraph without an address, by its name', async () => {
    const path = join(folder, 'no-address.graphql');
    writeFileSync(path, composeSupergraph([{ ...books, url: '' }]));
    const [port] = await freePorts(1);
    const failed = gateway(path, port ?? 0);

    expect(await text(failed.stderr)).toContain('The subgraph "books" has no HTTP address');
  });
});

/** What the process logs from now on, until it says what is wanted. */
function outputOf(child: ChildProcess) {
  let output = '';
  const heard: (() => void)[] = [];
  child.stderr?.on('data', (chunk) => {
    output += String(chunk);
    for (const hear of heard) hear();
  });
  return (wanted: RegExp) =>
    new Promise<string>((resolve) => {
      const hear = () => {
        if (wanted.test(output)) resolve(output);
      };
      heard.push(hear);
      hear();
    });
}
