import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { replayResponses } from '../../../subgraphs/venues/kit/replayResponses.js';
import { responseAdapter } from '../../../subgraphs/venues/kit/responseAdapter.js';
import { holding } from './fakeVenue.js';

const { signal } = new AbortController();
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'replay-'));
  await mkdir(path.join(directory, '48213'));
  await writeFile(path.join(directory, '48213', 'positions.json'), '{"size": 1}');
});
afterEach(() => rm(directory, { recursive: true }));

describe('replayResponses', () => {
  it('names the accounts by their folders', async () => {
    await writeFile(path.join(directory, 'README.md'), 'no account');

    expect(await replayResponses(directory).accounts(signal)).toEqual(['48213']);
  });

  it('gives the files as they are, and leaves out those that are not there', async () => {
    const source = replayResponses(directory);

    expect(await source.responses('48213', ['positions', 'balance'], signal)).toEqual(
      new Map([['positions', '{"size": 1}']]),
    );
  });
});

describe('responseAdapter over it', () => {
  it('parses again only when a file has changed, and repeats a refusal', async () => {
    const parse = vi.fn((): ReturnType<typeof holding> => {
      if (parse.mock.calls.length === 2) throw new Error('refused');
      return holding('1');
    });
    const format = { slug: 'deribit', name: 'Deribit', responses: ['positions'], parse };
    const adapter = responseAdapter(format, replayResponses(directory));
    const first = await adapter.fetchAccount('48213', signal);

    expect(await adapter.fetchAccount('48213', signal)).toBe(first);
    await writeFile(path.join(directory, '48213', 'positions.json'), '{"size": 2}');
    await expect(adapter.fetchAccount('48213', signal)).rejects.toThrow('refused');
    await expect(adapter.fetchAccount('48213', signal)).rejects.toThrow('refused');
    expect(parse).toHaveBeenCalledTimes(2);
  });
});
