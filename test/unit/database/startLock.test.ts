import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processStart } from '../../../subgraphs/shared/database/processStart.js';
import { takeStartLock } from '../../../subgraphs/shared/database/startLock.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The id and start of a process that has ended. */
async function endedProcess(): Promise<string> {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const owner = `${pid} ${processStart(pid) ?? ''}`;
  child.kill();
  await once(child, 'exit');
  return owner;
}

describe('takeStartLock', () => {
  it('refuses a second owner while the first lives, and takes one after it lets go', () => {
    const release = takeStartLock(path, 'The house');

    expect(() => takeStartLock(path, 'The house')).toThrow(
      `The house is in use by process ${process.pid}.`,
    );
    release();
    expect(takeStartLock(path, 'The house')).toBeTypeOf('function');
  });

  it('takes over from an owner that is dead, and leaves nothing but its own lock', async () => {
    symlinkSync(await endedProcess(), path);
    takeStartLock(path, 'The house');

    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('takes over when the owner’s id has passed to a process that started later', () => {
    symlinkSync(`${process.pid} an earlier start`, path);

    expect(takeStartLock(path, 'The house')).toBeTypeOf('function');
  });

  it('removes the lock when it is released', () => {
    takeStartLock(path, 'The house')();

    expect(existsSync(path)).toBe(false);
  });
});
