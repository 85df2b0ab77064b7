import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vectors-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** `npm run vectors -- --from` the directory, as its user runs it. */
function vectors(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'test/vectors/main.ts', ...words],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, lines: stdout.trimEnd().split('\n'), errors: stderr };
}

function file(set: string, name: string, content: string) {
  mkdirSync(join(directory, set), { recursive: true });
  writeFileSync(join(directory, set, name), content);
}

/** Made by hand: 20 % of 100 less 10 out of the money is its minimum of 10 %, and the premium of 2. */
const shortCall = (id: string, expected: number) => ({
  id,
  right: 'call',
  underlying: 100,
  strike: 110,
  price: 2,
  quantity: -1,
  expected_maint: expected,
});
const cboe = (...cases: object[]) =>
  JSON.stringify({ schema: 'lean-option-margin/1', contract_multiplier: 100, single_leg: cases });

describe('npm run vectors', { timeout: 60_000 }, () => {
  it('runs every case of every file that a set holds, and says how many passed', () => {
    file('lean-cboe', 'one.json', cboe(shortCall('a', 1200), shortCall('b', 1200)));
    file('lean-cboe', 'two.json', cboe(shortCall('c', 1200)));

    expect(vectors('--from', directory)).toEqual({
      status: 0,
      lines: ['lean-cboe 3/3 0.0e+0'],
      errors: '',
    });
  });

  it('fails on a number that is not met, and names its case', () => {
    file('lean-cboe', 'one.json', cboe(shortCall('right', 1200), shortCall('wrong', 1201)));

    const { status, lines } = vectors('--from', directory);

    expect(status).toBe(1);
    expect(lines[0]).toMatch(/^lean-cboe 1\/2 /);
    expect(lines[1]).toMatch(/^ {2}\S*wrong: /);
  });

  it('names a file that it cannot read, fails, and still checks the others', () => {
    file('lean-cboe', 'broken.json', '{');
    file('lean-cboe', 'good.json', cboe(shortCall('a', 1200)));

    const { status, lines } = vectors('--from', directory);

    expect(status).toBe(1);
    expect(lines[0]).toMatch(/^lean-cboe 1\/2 /);
    expect(lines[1]).toContain('broken.json');
  });

  it('names a folder that it does not know, and checks the others', () => {
    file('another-set', 'one.json', '{}');
    file('lean-cboe', 'one.json', cboe(shortCall('a', 1200)));

    const { status, lines } = vectors('--from', directory);

    expect(status).toBe(0);
    expect(lines[0]).toMatch(/^another-set is not a set that we know/);
    expect(lines[1]).toBe('lean-cboe 1/1 0.0e+0');
  });

  it.each([
    ['a folder that is not there', ['--from', '/nowhere'], /no folder \/nowhere/],
    ['an option that it does not know', ['--form', '/'], /--form/],
  ])('refuses %s', (_, words, message) => {
    const { status, errors } = vectors(...words);
    expect(status).toBe(2);
    expect(errors).toMatch(message);
  });
});
