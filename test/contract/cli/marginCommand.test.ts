import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EXAMPLE = 'docs/examples/portfolio.json';
const portfolio = readFileSync(`${ROOT}${EXAMPLE}`, 'utf8');

/** Runs the command as a user does; without a database, and without anything to reach one. */
async function run(commandLine: string, input = '') {
  const child = spawn(process.execPath, ['cli/margin-graph.mjs', ...commandLine.split(' ')], {
    cwd: ROOT,
    env: {},
  });
  child.stdin.on('error', () => undefined).end(input);
  const [output, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { output, errors, code };
}

interface Answer {
  readonly model: string;
  readonly parameterSet: { readonly name: string; readonly hash: string };
  readonly initialMargin: string;
  readonly explanation?: { readonly initialMargin: { readonly amount: string } };
}

describe('margin-graph margin evaluate', () => {
  it('prints what a portfolio requires, and with which numbers', async () => {
    const { output, errors, code } = await run(
      `margin evaluate --model scenario --preset derive-pm2 ${EXAMPLE}`,
    );

    expect({ errors, code }).toEqual({ errors: '', code: 0 });
    for (const line of [
      /^Equity +[\d,]+\.\d\d {2}USD$/m,
      /^Initial margin +[\d,]+\.\d\d {2}USD/m,
      /^Maintenance margin +[\d,]+\.\d\d {2}USD$/m,
      /^Free collateral +-?[\d,]+\.\d\d {2}USD$/m,
      /^Margin ratio +[\d.]+ {2}equity ÷ maintenance margin$/m,
      /^Worst scenarios$/m,
      /^ {2}BTC .* weight [\d.]+$/m,
      /^Model +scenario$/m,
      /^Parameter set +derive-pm2-\d+ {2}[0-9a-f]{64}$/m,
      /^Snapshot +[0-9a-f]{64}$/m,
      /^As of +2026-11-22T12:00:00\.000Z$/m,
      /^Quality +LIVE$/m,
    ]) {
      expect(output).toMatch(line);
    }
    expect(output).not.toContain('What made');
  });

  it('says the same of a file, of - and of a pipe', async () => {
    const [file, dash, pipe] = await Promise.all([
      run(`margin evaluate ${EXAMPLE}`),
      run('margin evaluate -', portfolio),
      run('margin evaluate', portfolio),
    ]);

    expect(file.output).toContain('Model          portfolio');
    expect([dash, pipe]).toEqual([file, file]);
  });

  it('explains with the tree of what made the numbers', async () => {
    const { output } = await run(`margin evaluate --explain --preset derive-pm2 ${EXAMPLE}`);

    expect(output).toMatch(/^What made the initial margin$/m);
    expect(output).toMatch(/[├└]─ SCAN BTC +[\d,.]+ {2}/);
    expect(output).toMatch(/^Share of each position and balance/m);
  });

  it('gives programs exact decimals as JSON', async () => {
    const { output, code } = await run(
      `margin evaluate --format json --explain --preset unified-1 ${EXAMPLE}`,
    );
    const answer = JSON.parse(output) as Answer;

    expect(code).toBe(0);
    expect(answer).toMatchObject({ model: 'scenario', parameterSet: { name: 'unified-1' } });
    expect(answer.initialMargin).toMatch(/^\d+\.\d+$/);
    expect(answer.explanation?.initialMargin.amount).toBe(answer.initialMargin);
  });

  it('names every mistake in a portfolio with its path, and ends with 1', async () => {
    const positions = [
      { type: 'OPTION', underlying: 'BTC', size: 1, strike: '0', volatility: '-1' },
    ];
    const { output, errors, code } = await run('margin evaluate', JSON.stringify({ positions }));

    expect({ output, code }).toEqual({ output: '', code: 1 });
    expect(errors.split('\n').map((line) => line.split(': ')[0]?.trim())).toEqual([
      'margin-graph',
      'positions.0.size',
      'positions.0.expiry',
      'positions.0.strike',
      'positions.0.optionType',
      'positions.0.volatility',
      '',
    ]);
  });

  it.each([
    ['what is no JSON', '{', 'is not JSON'],
    ['what has no price', '{"collateral":[{"asset":"BTC","quantity":"1"}]}', 'BTC has no price'],
  ])('ends with 1 for %s', async (_, input, reason) => {
    const { errors, code } = await run('margin evaluate', input);

    expect(code).toBe(1);
    expect(errors).toContain(reason);
  });

  it('ends with 1 for a file that is not there', async () => {
    const { errors, code } = await run('margin evaluate nowhere.json');

    expect(code).toBe(1);
    expect(errors).toContain('nowhere.json');
  });

  it.each([
    ['--model simple', 'Allowed choices are isolated, standard'],
    ['--preset derive-pm3', 'derive-pm1, derive-pm2'],
    ['--model standard --preset derive-pm2', 'of the model standard'],
    ['--nonsense', 'unknown option'],
  ])('ends with 2 for %s, and says what there is', async (options, reason) => {
    const { errors, code } = await run(`margin evaluate ${options}`, portfolio);

    expect(code).toBe(2);
    expect(errors).toContain(reason);
  });
});

describe('margin-graph margin presets', () => {
  it('lists every parameter set with where it is in its life', async () => {
    const { output, code } = await run('margin presets --model scenario');
    const rows = output.trim().split('\n').slice(1);

    expect(code).toBe(0);
    expect(rows.map((row) => row.split(/ +/)[1])).toEqual(
      expect.arrayContaining(['derive-pm2', 'derive-pm1', 'deribit-xpm', 'unified']),
    );
    expect(rows.every((row) => row.startsWith('scenario') && /IN_FORCE|SUPERSEDED/.test(row))).toBe(
      true,
    );
  });
});
