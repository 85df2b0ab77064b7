/** `margin-graph start`: everything on one machine, with nothing installed beside Node. */

import { join } from 'node:path';
import { markClosing, untilClosed } from './closingMark.js';
import { assertPortFree, freePorts } from './freePorts.js';
import type { LocalDatabase } from './localDatabase.js';
import { makeWhatIsMissing } from './makeWhatIsMissing.js';
import { showProgress, type Step } from './progress.js';
import { ServiceProcess, type ServiceDefinition } from './serviceProcess.js';
import { openServiceKeys } from './serviceKeys.js';
import { INNER_PORTS, localServices, STOP_ORDER } from './services.js';

export interface LocalGraphOptions {
  /** Of the gateway, where clients come. */
  readonly port: number;
  /** A PostgreSQL server; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Holds the embedded database, in `postgres`. */
  readonly dataDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly isTerminal: boolean;
  /** The database ended on its own, and nothing can go on without it. */
  readonly onDatabaseLost: () => void;
}

const HOST = '127.0.0.1';

/** What a local start has running, and how it ends: services first, then the database. */
export class LocalGraph {
  readonly #options: LocalGraphOptions;
  readonly #services: ServiceProcess[] = [];
  #database: Promise<LocalDatabase> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: LocalGraphOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the first query would be answered. Rejects with one clear sentence; what had
   * started by then runs until `close`.
   */
  async start(): Promise<void> {
    const { port, dataDirectory, environment, isTerminal } = this.#options;
    await untilClosed(dataDirectory);
    const keys = openServiceKeys(join(dataDirectory, 'keys'));
    await assertPortFree(port, HOST).catch((error: unknown) => {
      throw new Error(portProblem(port, error as NodeJS.ErrnoException));
    });
    await makeWhatIsMissing();
    const ports = await freePorts(INNER_PORTS);
    const definitions = (databaseUrl: string) =>
      localServices({ environment, dataDirectory, gatewayPort: port, ports, databaseUrl, keys });

    const edge = definitions('').edge.map((definition) => this.#spawn(definition));
    const database = this.#startDatabase();
    const core = database.then(({ url }) =>
      definitions(url).core.map((definition) => this.#spawn(definition)),
    );
    const coreSteps = definitions('').core.map(({ name }, index): Step => ({
      title: name,
      done: core.then((steps) => steps[index]?.done ?? Promise.reject(new Error(name))),
    }));
    const databaseStep = { title: 'database', done: database.then(({ place }) => place) };
    await showProgress([databaseStep, ...coreSteps, ...edge], isTerminal);
  }

  /** Ends every service, then the database. Safe to call at any moment, also twice. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      const closed = markClosing(this.#options.dataDirectory);
      for (const names of STOP_ORDER) {
        const group = this.#services.filter(({ name }) => names.includes(name));
        await Promise.all(group.map((service) => service.stop()));
      }
      const database = await this.#database?.catch(() => undefined);
      await database?.stop();
      closed();
    })();
    return this.#closing;
  }

  #startDatabase(): Promise<LocalDatabase> {
    const { databaseUrl, dataDirectory, onDatabaseLost } = this.#options;
    // Loaded only now, for it is large and the venues boot meanwhile.
    const starting = import('./localDatabase.js').then(({ startLocalDatabase }) =>
      startLocalDatabase(databaseUrl, join(dataDirectory, 'postgres')),
    );
    this.#database = starting.then((database) => {
      void database.exited.then(() => {
        if (!this.#closing) onDatabaseLost();
      });
      return database;
    });
    return this.#database;
  }

  #spawn(definition: ServiceDefinition): Step {
    if (this.#closing) throw new Error('stopped while starting');
    const { name } = definition;
    const service = new ServiceProcess(definition, {
      onLine: (line) => process.stderr.write(`[${name}] ${line}\n`),
    });
    this.#services.push(service);
    return { title: name, done: service.ready.then(() => `process ${service.pid ?? 'unknown'}`) };
  }
}

const portProblem = (port: number, { code, message }: NodeJS.ErrnoException) =>
  code === 'EADDRINUSE'
    ? `Port ${port} is in use. Stop what uses it, or choose another: PORT=4001 npm start`
    : `Port ${port} cannot be used: ${message}`;
