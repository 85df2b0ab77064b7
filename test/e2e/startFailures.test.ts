import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../cli/start/freePorts.js';
import { failingStart, startLocalGraph, temporaryDataDirectory } from '../support/localGraph.js';

describe('a start that cannot be', () => {
  let data: Awaited<ReturnType<typeof temporaryDataDirectory>>;

  beforeAll(async () => {
    data = await temporaryDataDirectory();
  });

  afterAll(async () => {
    await data.remove();
  });

  it('says in one line that the port is in use', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;

    const { code, lines } = await failingStart(port, data.path);

    holder.close();
    expect({ code, lines }).toEqual({
      code: 1,
      lines: [
        `margin-graph: Port ${port} is in use. Stop what uses it, or choose another: PORT=4001 npm start`,
      ],
    });
  });

  it('says in one line that the data directory is broken', async () => {
    const broken = `${data.path}/broken`;
    await mkdir(`${broken}/postgres/data`, { recursive: true });
    await writeFile(`${broken}/postgres/data/PG_VERSION`, '17\n');
    const [port = 0] = await freePorts(1);

    const { code, lines } = await failingStart(port, broken);

    expect(code).toBe(1);
    expect(lines.filter((line) => line.startsWith('margin-graph: '))).toHaveLength(1);
    expect(lines.at(-1)).toContain(`${broken}/postgres`);
  });

  it('says in one line that the data directory is a file', async () => {
    const file = `${data.path}/file`;
    await writeFile(file, 'not a directory');
    const [port = 0] = await freePorts(1);

    const { code, lines } = await failingStart(port, file);

    expect(code).toBe(1);
    expect(lines.filter((line) => line.startsWith('margin-graph: '))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/data directory .*file\S* cannot be used/);
  });

  it('says in one line that another start uses the data', async () => {
    const graph = await startLocalGraph(data.path);
    const [port = 0] = await freePorts(1);

    const { code, lines } = await failingStart(port, data.path);

    await graph.stop();
    expect(code).toBe(1);
    expect(lines.at(-1)).toContain(`in use by process ${graph.process.pid ?? 0}`);
  });
});
