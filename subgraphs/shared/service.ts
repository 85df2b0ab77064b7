/**
 * What every process does around its work: read its configuration, say that it is ready, and stop
 * cleanly on a signal or when the process that started it is gone.
 */

import closeWithGrace from 'close-with-grace';
import { z } from 'zod';

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

/** Exit status for wrong configuration (EX_CONFIG), so that a supervisor does not try again. */
export const EXIT_CONFIG = 78;

/**
 * Runs a service from its environment, which `main.ts` passes as `process.env`. Wrong configuration
 * ends the process with EXIT_CONFIG and one message that names each variable; a failed start ends it
 * with 1 and the reason.
 */
export async function runService<Shape extends z.ZodRawShape>(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  shape: Shape,
  start: (config: z.infer<z.ZodObject<Shape>>) => Promise<RunningService>,
): Promise<void> {
  const config = z.object(shape).safeParse(environment);
  if (!config.success) {
    process.stderr.write(`${name}: wrong configuration\n${z.prettifyError(config.error)}\n`);
    process.exit(EXIT_CONFIG);
  }
  let service: RunningService;
  try {
    service = await start(config.data);
  } catch (error) {
    process.stderr.write(`${name}: cannot start: ${(error as Error).message}\n`);
    process.exit(1);
  }
  const closing = closeWithGrace({ delay: 5_000, logger: false }, () => service.close());
  // A child must not outlive its supervisor, not even one that was killed.
  process.once('disconnect', () => {
    closing.close();
  });
  process.send?.({ kind: 'ready', url: service.url } satisfies ReadyMessage);
}

/** Variables that every service has: PORT (absent: any free one) and HOST. */
export const listenVariables = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  HOST: z.string().default('127.0.0.1'),
};
