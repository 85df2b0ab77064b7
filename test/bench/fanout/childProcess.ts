/** Processes that measure themselves, and who asks them. */

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a process has used so far. */
export interface Usage {
  readonly cpuMicroseconds: number;
  /** After a garbage collection. */
  readonly residentBytes: number;
}

interface Answers {
  readonly port: number;
  /** Sends an event to every stream; returns how many there are. */
  readonly emit: () => number;
}

/** In the child: says that it is ready, and answers from then on. */
export function answerParent({ port, emit }: Answers): void {
  process.on('message', (asked) => process.send?.(asked === 'emit' ? emit() : usage()));
  process.on('disconnect', () => process.exit());
  process.send?.(port);
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  global.gc?.();
  return { cpuMicroseconds: user + system, residentBytes: process.memoryUsage.rss() };
}

export class Child {
  readonly process: ChildProcess;

  constructor(file: string, args: readonly string[]) {
    this.process = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
      execArgv: ['--import', 'tsx', '--expose-gc'],
    });
  }

  async ask<Answer>(question?: unknown): Promise<Answer> {
    if (question !== undefined) this.process.send(question as object);
    const [answer] = (await once(this.process, 'message')) as [Answer];
    return answer;
  }

  async stop(): Promise<void> {
    this.process.kill();
    await once(this.process, 'exit');
  }
}
