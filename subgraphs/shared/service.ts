/**
 * What every process does around its work: read its configuration, say that it is ready, and stop
 * cleanly on a signal or when the process that started it is gone.
 */

import closeWithGrace from 'close-with-grace';
import { pino, type Logger } from 'pino';
import { z } from 'zod';
import { EXIT_CONFIG } from './exitStatus.js';

export interface RunningService {
  /** Where it answers. */
  readonly url: string;
  close(): Promise<void>;
}

/** Sent to the parent over IPC, where there is one, once the service answers. */
export interface ReadyMessage {
  readonly kind: 'ready';
  readonly url: string;
}

/** A gateway drains for 2 s at most, and then gives requests under way 4 s. */
const CLOSE_MS_MAX = 7_000;

/** Variables that every service has; `shape` adds its own. */
const common = {
  /** Absent or 0: any free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
};

type Config<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<typeof common & Shape>>;

/**
 * Runs a service from its environment, which `main.ts` passes as `process.env`. Wrong configuration
 * ends the process with EXIT_CONFIG and one message that names each variable; a failed start ends it
 * with 1 and the reason. The log goes to the error stream, a JSON object a line.
 */
export async function runService<Shape extends z.ZodRawShape>(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  shape: Shape,
  start: (config: Config<Shape>, log: Logger) => Promise<RunningService>,
): Promise<void> {
  const config = z.object({ ...common, ...shape }).safeParse(environment);
  if (!config.success) {
    process.stderr.write(`${name}: wrong configuration\n${z.prettifyError(config.error)}\n`);
    process.exit(EXIT_CONFIG);
  }
  // A child must not outlive its supervisor, not even one that was killed.
  let end = (): void => process.exit(1);
  process.once('disconnect', () => {
    end();
  });
  const { LOG_LEVEL: level } = config.data as z.infer<z.ZodObject<typeof common>>;
  const log = pino({ name, level }, pino.destination({ fd: 2, sync: true }));
  let service: RunningService;
  try {
    service = await start(config.data, log);
  } catch (error) {
    process.stderr.write(`${name}: cannot start: ${(error as Error).message}\n`);
    process.exit(1);
  }
  const closing = closeWithGrace({ delay: CLOSE_MS_MAX, logger: false }, async ({ err }) => {
    if (err) log.fatal({ err }, 'ended by a mistake of ours');
    await service.close();
  });
  end = closing.close;
  process.send?.({ kind: 'ready', url: service.url } satisfies ReadyMessage);
}
