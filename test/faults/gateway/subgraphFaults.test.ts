import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startFaultyGraph,
  WHOLE,
  type FaultyGraph,
  type Victim,
} from '../../support/faultyGraph.js';
import {
  answering,
  dripping,
  flooding,
  resetting,
  startFaultyServer,
  type Behaviour,
} from '../../support/faultyServer.js';
import { selfSignedCertificate } from '../../support/selfSignedCertificate.js';
import { startSubgraphProcess } from '../../support/subgraphProcess.js';

const TIMEOUT_MS = 250;
/** What a busy machine may add to a deadline. */
const SLACK_MS = 750;
const MEGABYTE = 1024 * 1024;
const json = 'application/json';

/** The whole answer without what the victim gives. */
const WITHOUT: Record<Victim, object> = {
  people: { ...WHOLE, users: null },
  scores: { ...WHOLE, users: WHOLE.users.map(({ name }) => ({ name, score: null })) },
  news: { ...WHOLE, news: null },
};
const VICTIMS = Object.keys(WITHOUT) as Victim[];

/** Data, the codes of the errors, and whether it came in time. */
async function outcome(graph: FaultyGraph) {
  const start = performance.now();
  const { data, errors = [] } = await graph.execute();
  const codes = [...new Set(errors.map(({ extensions }) => extensions['code']))];
  return { data, codes, isInTime: performance.now() - start < TIMEOUT_MS + SLACK_MS };
}

const withCodes = (data: object, ...codes: string[]) => ({ data, codes, isInTime: true });
const recovered = withCodes(WHOLE);

const faults: { what: string; behaviour: Behaviour; codes: string[] }[] = [
  { what: 'takes the question and hangs', behaviour: () => undefined, codes: ['SUBGRAPH_TIMEOUT'] },
  {
    what: 'sends a byte every 50 ms',
    behaviour: dripping('{"data":{"users":null,"news":null,"_entities":null}}', 50),
    codes: ['SUBGRAPH_TIMEOUT'],
  },
  {
    what: 'resets the connection in the middle of its answer',
    behaviour: resetting('{"data":{"use'),
    codes: ['SUBGRAPH_UNAVAILABLE'],
  },
  {
    what: 'answers JSON that is cut',
    behaviour: answering(200, json, '{"data":{"users":[{"na'),
    codes: ['SUBGRAPH_UNAVAILABLE'],
  },
  {
    what: 'answers 200 with HTML',
    behaviour: answering(200, 'text/html', '<html>It works!</html>'),
    codes: ['SUBGRAPH_UNAVAILABLE'],
  },
  {
    what: 'answers 500',
    behaviour: answering(500, json, '{"errors":[{"message":"stack"}]}'),
    codes: ['SUBGRAPH_UNAVAILABLE'],
  },
  {
    what: 'answers 503 to every attempt',
    behaviour: answering(503, 'text/plain', 'busy'),
    codes: ['SUBGRAPH_UNAVAILABLE'],
  },
  {
    what: 'answers 100 MB',
    behaviour: flooding(100 * MEGABYTE),
    codes: ['SUBGRAPH_UNAVAILABLE'],
  },
  {
    what: 'answers data that is a list',
    behaviour: answering(200, json, '{"data":[1,2,3]}'),
    codes: ['SUBGRAPH_UNAVAILABLE'],
  },
];

describe.each(VICTIMS)('when %s fails, the graph', (victim) => {
  let graph: FaultyGraph;
  beforeEach(async () => {
    graph = await startFaultyGraph({
      upstream: { timeoutMs: TIMEOUT_MS, responseBytesMax: MEGABYTE },
    });
  });
  afterEach(() => graph.close());

  it.each(faults)(
    'loses its fields and no others where it $what, and has them back after',
    async ({ behaviour, codes }) => {
      graph.servers[victim].behave(behaviour);
      const during = await outcome(graph);
      graph.heal(victim);

      expect(during).toEqual(withCodes(WITHOUT[victim], ...codes));
      expect(await outcome(graph)).toEqual(recovered);
    },
  );

  it('loses its fields and no others where it refuses connections, and has them back after', async () => {
    await graph.servers[victim].stopListening();
    const during = await outcome(graph);
    await graph.servers[victim].listenAgain();

    expect(during).toEqual(withCodes(WITHOUT[victim], 'SUBGRAPH_UNAVAILABLE'));
    expect(await outcome(graph)).toEqual(recovered);
  });

  it('lets nothing reach a prototype where it answers keys such as __proto__', async () => {
    const planted = '{"isPolluted":true}';
    const entity = `{"__proto__":${planted},"constructor":{"prototype":${planted}}}`;
    const data = `{"__proto__":${planted},"users":[${entity}],"_entities":[${entity},${entity}]}`;
    graph.servers[victim].behave(answering(200, json, `{"__proto__":${planted},"data":${data}}`));
    const { data: seen } = await outcome(graph);
    graph.heal(victim);

    expect(JSON.stringify(seen)).not.toContain('isPolluted');
    expect('isPolluted' in {}).toBe(false);
    expect('isPolluted' in Object).toBe(false);
    expect(await outcome(graph)).toEqual(recovered);
  });
});

describe.each(['people', 'scores'] as const)(
  'when %s answers a text for a list, the graph',
  (victim) => {
    it('says so, and loses its fields and no others', async () => {
      const graph = await startFaultyGraph({ upstream: { timeoutMs: TIMEOUT_MS } });
      const text = '{"data":{"users":"text","_entities":"text"}}';
      graph.servers[victim].behave(answering(200, json, text));
      expect(await outcome(graph)).toEqual(withCodes(WITHOUT[victim], 'SUBGRAPH_UNAVAILABLE'));
      await graph.close();
    });
  },
);

describe('a subgraph whose certificate nobody vouches for', () => {
  it('is not asked anything', async () => {
    const server = await startFaultyServer({ tls: selfSignedCertificate() });
    const graph = await startFaultyGraph({
      upstream: { timeoutMs: TIMEOUT_MS },
      servers: { news: server },
    });

    expect(await outcome(graph)).toEqual(withCodes(WITHOUT.news, 'SUBGRAPH_UNAVAILABLE'));
    expect(server.requests).toEqual([]);
    await graph.close();
  });
});

describe('a subgraph whose process', () => {
  const startWithProcess = async () => {
    const child = await startSubgraphProcess(JSON.stringify({ data: { news: WHOLE.news } }));
    const upstream = { timeoutMs: TIMEOUT_MS };
    return { child, graph: await startFaultyGraph({ upstream, urls: { news: child.url } }) };
  };

  it('is killed costs its fields until it is started again', async () => {
    const { child, graph } = await startWithProcess();
    expect(await outcome(graph)).toEqual(recovered);

    child.signal('SIGKILL');
    expect(await outcome(graph)).toEqual(withCodes(WITHOUT.news, 'SUBGRAPH_UNAVAILABLE'));

    await child.startAgain();
    expect(await outcome(graph)).toEqual(recovered);
    await graph.close();
    await child.close();
  });

  it('is stopped costs its fields until it goes on', async () => {
    const { child, graph } = await startWithProcess();
    expect(await outcome(graph)).toEqual(recovered);

    child.signal('SIGSTOP');
    expect(await outcome(graph)).toEqual(withCodes(WITHOUT.news, 'SUBGRAPH_TIMEOUT'));

    child.signal('SIGCONT');
    expect(await outcome(graph)).toEqual(recovered);
    await graph.close();
    await child.close();
  });
});
