import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tokenCommand } from '../../../../cli/token/tokenCommand.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'token-command-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the command in this process, and catches what it writes. */
async function run(...words: string[]): Promise<{ output: string; errors: string }> {
  const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const written = (spy: typeof output) => spy.mock.calls.map(([text]) => String(text)).join('');
  try {
    await tokenCommand(folder).exitOverride().parseAsync(words, { from: 'user' });
    return { output: written(output), errors: written(errors) };
  } finally {
    output.mockRestore();
    errors.mockRestore();
  }
}

describe('margin-graph token', () => {
  it('prints a token and nothing else, and says elsewhere that it made a key', async () => {
    const first = await run();
    const second = await run();

    expect(first.output).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(first.errors).toBe(
      `margin-graph: made a development key: ${join(folder, 'development-key.json')}\n`,
    );
    expect(second.errors).toBe('');
  });

  it('speaks for demo, without scopes, for twelve hours, unless told otherwise', async () => {
    const claims = decodeJwt((await run()).output.trim());

    expect(claims).toMatchObject({ sub: 'demo', scope: '' });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(12 * 3_600);
  });

  it.each([
    ['90s', 90],
    ['30m', 1_800],
    ['2h', 7_200],
    ['30d', 2_592_000],
  ])('says what it is told to, for %s', async (ttl, seconds) => {
    const words = ['--subject', 'ann', '--scope', 'read  write', '--ttl', ttl];
    const claims = decodeJwt((await run(...words)).output.trim());

    expect(claims).toMatchObject({ sub: 'ann', scope: 'read write' });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(seconds);
  });

  it('takes the key of another folder', async () => {
    const other = join(folder, 'other');

    expect((await run('--data', other)).errors).toContain(join(other, 'development-key.json'));
  });

  it.each([
    ['--subject', ' '],
    ['--subject', 'service:margin'],
    ['--subject', 'x'.repeat(256)],
    ['--scope', 'read "all"'],
    ['--ttl', '0s'],
    ['--ttl', '12'],
    ['--ttl', '1.5h'],
    ['--ttl', '31d'],
    ['--ttl', 'h'],
  ])('refuses %s %j', async (option, value) => {
    await expect(run(option, value)).rejects.toMatchObject({ code: 'commander.invalidArgument' });
  });
});
