import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { processCommand, processStart } from '../../../subgraphs/shared/database/processStart.js';

describe('processStart', () => {
  it('is the same whenever it is asked, and null once the process has ended', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const [first, again, command] = [processStart(pid), processStart(pid), processCommand(pid)];
    child.kill();
    await once(child, 'exit');

    expect(first).toBeTypeOf('string');
    expect({ again, command, ended: [processStart(pid), processCommand(pid)] }).toEqual({
      again: first,
      command: expect.stringContaining('sleep 60') as string,
      ended: [null, null],
    });
  });
});
