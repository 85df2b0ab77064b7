import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SupergraphFile } from '../../../gateway/supergraphFile.js';

describe('a supergraph in a file', () => {
  let folder: string;
  let stop: () => void = () => undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'supergraph-file-'));
  });
  afterEach(() => {
    stop();
    rmSync(folder, { recursive: true });
  });

  const next = (file: SupergraphFile) =>
    new Promise<string>((resolve, reject) => {
      stop = file.onChange(resolve, reject);
    });

  it('is read again where it changed before it was watched', async () => {
    const path = join(folder, 'supergraph.graphql');
    writeFileSync(path, 'first');
    const file = await SupergraphFile.read(path);
    writeFileSync(path, 'second');

    expect(await next(file)).toBe('second');
    expect(file.text).toBe('second');
  });

  it('is followed through links, as containers mount files', async () => {
    for (const version of ['first', 'second']) {
      mkdirSync(join(folder, version));
      writeFileSync(join(folder, version, 'supergraph.graphql'), version);
    }
    symlinkSync('first', join(folder, '..data'));
    const path = join(folder, 'supergraph.graphql');
    symlinkSync('..data/supergraph.graphql', path);
    const changed = next(await SupergraphFile.read(path));
    symlinkSync('second', join(folder, '..new'));
    renameSync(join(folder, '..new'), join(folder, '..data'));

    expect(await changed).toBe('second');
  });

  it('that is not there is refused by its name', async () => {
    await expect(SupergraphFile.read(join(folder, 'nowhere'))).rejects.toThrow(
      /nowhere cannot be read/,
    );
  });
});
