import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runningGraph } from '../support/localGraph.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(`${ROOT}README.md`, 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, text = '']) => text,
  );
const scripts: Readonly<Record<string, string>> = (
  JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { scripts: Record<string, string> }
).scripts;

const [
  install = '',
  token = '',
  tests = '',
  query = '',
  subscription = '',
  move = '',
  comparison = '',
  evaluate = '',
] = blocks('sh');
const [answer = '', updates = '', compared = ''] = blocks('json');
const linesOf = (text: string) => text.trim().split('\n');

/** The same keys and types; lists of the same length. Prices move, so numbers may differ. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
}

/** What a visitor sees that no price moves. */
const names = (text: string) =>
  [...text.matchAll(/"(?:name|symbol|size|status|previousStatus|sequence)": ?"([^"]*)"/g)].map(
    ([, name]) => name,
  );

describe('the README', () => {
  const running = runningGraph();
  const children: ChildProcess[] = [];
  let environment = process.env;

  // As it is written, but for where the data is; then in every shell that follows.
  beforeAll(async () => {
    const command = token.trim().replace(')', ` --data ${running.graph.dataDirectory})`);
    const { stdout } = await promisify(execFile)('bash', ['-c', `${command}; printenv TOKEN`], {
      cwd: ROOT,
    });
    environment = { ...process.env, TOKEN: stdout.trim() };
  });

  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  /** Runs a block of the README as it is written, but for the port. */
  const run = (script: string) => {
    const child = spawn(
      'bash',
      ['-c', `exec ${script.replaceAll(':4000', `:${running.graph.port}`)}`],
      { cwd: ROOT, env: environment },
    );
    children.push(child);
    const lines: string[] = [];
    createInterface(child.stdout).on('line', (line) => lines.push(line));
    createInterface(child.stderr).on('line', (line) => lines.push(line));
    return { lines, ended: new Promise((resolve) => child.once('close', resolve)) };
  };

  it('has the two commands that this run itself began with', () => {
    expect([linesOf(install), linesOf(tests)]).toEqual([['npm ci && npm start'], ['npm test']]);
    expect(scripts['start']).toBe('exec node cli/margin-graph.mjs start');
    expect(scripts['test']).toContain('vitest run');
  });

  it('says what a caller without a token sees', async () => {
    const { lines, ended } = run(query.replace(/-H "authorization[^"]*"/, ''));
    await ended;
    expect(JSON.parse(lines.join('\n'))).toEqual({ data: { account: null } });
  });

  it('shows what the first query answers', async () => {
    const { lines, ended } = run(query);
    await ended;
    const real = lines.join('\n');
    expect(shape(JSON.parse(real))).toEqual(shape(JSON.parse(answer)));
    expect(names(real)).toEqual(names(answer));
  });

  it('shows what the first subscription prints', async () => {
    const { lines } = run(subscription);
    await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 10_000 });
    const back = move.replace('62560', '68000').replace('drop-1', 'drop-2');
    for (const [script, expected] of [
      [move, 3],
      [back, 5],
    ] as const) {
      await run(script).ended;
      await vi.waitFor(() => expect(lines).toHaveLength(expected), { timeout: 5_000 });
    }
    expect(lines.map((line) => shape(JSON.parse(line)))).toEqual(
      linesOf(updates).map((line) => shape(JSON.parse(line))),
    );
    expect(names(lines.join('\n'))).toEqual(names(updates));
  });

  it('shows what the comparison of architectures answers', async () => {
    const { lines, ended } = run(comparison);
    await ended;
    expect(shape(JSON.parse(lines.join('\n')))).toEqual(shape(JSON.parse(compared)));
  });

  it('has a command that evaluates a portfolio from a file', async () => {
    const { lines, ended } = run(evaluate);
    expect(await ended).toBe(0);
    expect(lines.filter((line) => /^(Equity|Initial margin|Parameter set) /.test(line))).toEqual([
      expect.stringMatching(/^Equity +[\d,]+\.\d\d {2}USD/),
      expect.stringMatching(/^Initial margin +[\d,]+\.\d\d {2}USD/),
      expect.stringMatching(/^Parameter set +derive-pm2-1 +[0-9a-f]{64}$/),
    ]);
  });
});
