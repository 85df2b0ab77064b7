/** `margin-graph token`: a token for the gateway of `margin-graph start`, to try things out with. */

import { Command, InvalidArgumentError, Option } from 'commander';
import { isScope, subjectProblem } from '../../gateway/admission/authentication/tokenCaller.js';

interface TokenOptions {
  readonly subject: string;
  readonly scope: readonly string[];
  /** Seconds. */
  readonly ttl: number;
  readonly data: string;
}

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const TTL_SECONDS_MAX = 30 * SECONDS.d;

const EXAMPLE = `
Example:
  curl localhost:4000/graphql -H "authorization: Bearer $(npx margin-graph token)" \\
    -H 'content-type: application/json' -d '{"query":"{ __typename }"}'`;

/** `dataFolder` is where the keys are unless told otherwise: that of `margin-graph start`. */
export const tokenCommand = (dataFolder: string): Command =>
  new Command('token')
    .description('print a token, signed with the development key of this machine')
    .option('--subject <name>', 'whom it speaks for', subjectName, 'demo')
    .addOption(
      new Option('--scope <scopes>', 'what it allows, with spaces between')
        .argParser(scopeList)
        .default([], 'nothing special'),
    )
    .addOption(
      new Option('--ttl <duration>', 'how long it is good, such as 90s, 30m, 12h or 7d')
        .argParser(seconds)
        .default(12 * SECONDS.h, '12h'),
    )
    .option('--data <directory>', 'where the development key is, or is made', dataFolder)
    .addHelpText('after', EXAMPLE)
    .action(printToken);

async function printToken({ subject, scope, ttl, data }: TokenOptions): Promise<void> {
  const { DevelopmentKeys } =
    await import('../../gateway/admission/authentication/developmentKeys.js');
  const keys = await DevelopmentKeys.open(data, Date.now);
  // Not on the standard output, which is a token and nothing else.
  if (keys.wasMade) process.stderr.write(`margin-graph: made a development key: ${keys.file}\n`);
  process.stdout.write(`${await keys.sign({ subject, scopes: scope, ttlSeconds: ttl })}\n`);
}

function subjectName(text: string): string {
  const problem = subjectProblem(text);
  if (problem !== undefined) throw new InvalidArgumentError(`A subject ${problem}.`);
  return text;
}

function scopeList(text: string): string[] {
  const scopes = text.split(' ').filter(Boolean);
  if (!scopes.every(isScope)) {
    throw new InvalidArgumentError(
      'Scopes are printable ASCII without quotation marks and backslashes, with spaces between.',
    );
  }
  return scopes;
}

function seconds(text: string): number {
  const [, amount, unit] = /^([1-9]\d{0,6})([smhd])$/.exec(text) ?? [];
  const duration = Number(amount) * SECONDS[unit as keyof typeof SECONDS];
  // Also where it is not a number.
  if (!(duration <= TTL_SECONDS_MAX)) {
    throw new InvalidArgumentError(
      'A duration is a whole number and s, m, h or d, of at most 30 days.',
    );
  }
  return duration;
}
