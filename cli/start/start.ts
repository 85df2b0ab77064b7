/** `margin-graph start`: everything on one machine, with nothing installed beside Node. */

import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepareDatabase } from '../../subgraphs/shared/database/database.js';
import { startEmbeddedPostgres } from '../../subgraphs/shared/database/embeddedPostgres.js';
import { assertPortFree, freePorts } from './freePorts.js';
import { showProgress, type Step } from './progress.js';
import { ServiceProcess, type ServiceDefinition } from './serviceProcess.js';
import { INNER_PORTS, localServices } from './services.js';

export interface StartOptions {
  /** Of the gateway, where clients come. */
  readonly port: number;
  /** A PostgreSQL server; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Holds the embedded database. */
  readonly dataDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly isTerminal: boolean;
}

const HOST = '127.0.0.1';

/** What a local start has running, and how it ends: in the reverse of the order it began in. */
export class LocalGraph {
  readonly #options: StartOptions;
  readonly #closers: (() => Promise<void>)[] = [];
  #closing: Promise<void> | undefined;

  constructor(options: StartOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the first query would be answered. Rejects with one clear sentence; what had
   * started by then is still running until `close`.
   */
  async start(): Promise<void> {
    const { port, isTerminal } = this.#options;
    await assertPortFree(port, HOST).catch((error: unknown) => {
      throw new Error(portProblem(port, error as NodeJS.ErrnoException));
    });
    generateIfMissing();
    const ports = await freePorts(INNER_PORTS);
    const database = this.#startDatabase();
    const edge = this.#services('', ports).edge.map((definition) => this.#spawn(definition));
    const core = database.then((url) =>
      this.#services(url, ports).core.map((definition) => this.#spawn(definition)),
    );
    const coreSteps = this.#services('', ports).core.map(({ name }, index): Step => ({
      title: name,
      done: core.then((steps) => steps[index]?.done ?? Promise.reject(new Error(name))),
    }));
    const databaseStep = { title: 'database', done: database.then(() => this.#databaseDetail) };
    await showProgress([databaseStep, ...coreSteps, ...edge], isTerminal);
  }

  get #databaseDetail(): string {
    const { databaseUrl, dataDirectory } = this.#options;
    return databaseUrl === undefined ? `embedded in ${dataDirectory}` : 'at DATABASE_URL';
  }

  /** Ends every service, then the database. Safe to call at any moment, also twice. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      const [database, ...services] = this.#closers;
      await Promise.all(services.map((close) => close()));
      await database?.();
    })();
    return this.#closing;
  }

  #services(databaseUrl: string, ports: readonly number[]) {
    const { environment, port } = this.#options;
    return localServices({ environment, gatewayPort: port, ports, databaseUrl });
  }

  async #startDatabase(): Promise<string> {
    const { databaseUrl, dataDirectory } = this.#options;
    if (databaseUrl !== undefined) {
      this.#closers.push(() => Promise.resolve());
      await prepareDatabase(databaseUrl);
      return databaseUrl;
    }
    const starting = startEmbeddedPostgres(dataDirectory);
    this.#closers.push(() =>
      starting.then(
        (server) => server.stop(),
        () => undefined,
      ),
    );
    const { url } = await starting;
    await prepareDatabase(url);
    return url;
  }

  #spawn(definition: ServiceDefinition): Step {
    if (this.#closing) throw new Error('stopped while starting');
    const { name } = definition;
    const service = new ServiceProcess(definition, {
      onLine: (line) => process.stderr.write(`[${name}] ${line}\n`),
    });
    this.#closers.push(() => service.stop());
    return { title: name, done: service.ready.then(() => `process ${service.pid ?? 'unknown'}`) };
  }
}

const portProblem = (port: number, { code, message }: NodeJS.ErrnoException) =>
  code === 'EADDRINUSE'
    ? `Port ${port} is in use. Stop what uses it, or choose another: PORT=4001 npm start`
    : `Port ${port} cannot be used: ${message}`;

/** `npm ci` has generated these, unless it ran with --ignore-scripts. */
function generateIfMissing(): void {
  const outputs = ['prisma/generated/client.ts', 'web/dist/index.html'];
  const root = new URL('../../', import.meta.url);
  if (outputs.every((path) => existsSync(new URL(path, root)))) return;
  const { status } = spawnSync('npm', ['run', '--silent', 'generate'], {
    cwd: fileURLToPath(root),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('`npm run generate` failed; its output is above.');
}
