/** `margin-graph margin …`: margins of portfolios on the command line, without a database or network. */

import { Command, Option } from 'commander';
import type { EvaluateOptions } from './evaluate.js';
import { EXIT_USAGE } from './exitCodes.js';

// Not imported from the models, so that other commands need not wait for them.
const MODELS = ['isolated', 'standard', 'scenario', 'sensitivity', 'portfolio'];

const EXAMPLE = `
Example:
  margin-graph margin evaluate --model scenario --preset derive-pm2 docs/examples/portfolio.json

Exit status: 0 done, 1 the portfolio cannot be used, ${EXIT_USAGE} wrong usage.`;

export function marginCommand(): Command {
  const command = new Command('margin')
    .description('compute the margin of a portfolio, without a database or network')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_USAGE))
    .showHelpAfterError();

  command
    .command('evaluate')
    .description('print what a portfolio requires, and what it is made of')
    .argument('[file]', 'portfolio as JSON; - or nothing reads the standard input')
    .addOption(
      new Option('--model <name>', 'model (default: that of the preset, else portfolio)').choices(
        MODELS,
      ),
    )
    .option('--preset <name>', 'parameter set, such as derive-pm2, or derive-pm2-1 for one version')
    .option('--explain', 'print the tree of what made the numbers', false)
    .addOption(
      new Option('--format <format>', 'json has exact decimals')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addHelpText('after', EXAMPLE)
    .action(async (file: string | undefined, options: EvaluateOptions) => {
      const { evaluate } = await import('./evaluate.js');
      process.exitCode = await evaluate(file, options);
    });

  command
    .command('presets')
    .description('list the parameter sets of all models')
    .addOption(new Option('--model <name>', 'only of this model').choices(MODELS))
    .action(async ({ model }: { readonly model?: string }) => {
      const { presets } = await import('./presets.js');
      process.stdout.write(`${presets(model ?? null, new Date()).join('\n')}\n`);
    });

  return command;
}
