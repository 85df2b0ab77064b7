import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { localServices } from '../../../cli/start/services.js';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
}

const root = new URL('../../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const { services } = parse(text('docker-compose.yml'), { merge: true }) as {
  services: Readonly<Record<string, Service>>;
};
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
const { core, edge } = localServices({
  environment: {},
  dataDirectory: '.data',
  gatewayPort: 4000,
  ports: [1, 2, 3, 4, 5, 6],
  databaseUrl: 'postgresql://localhost/margin',
  keys: { gateway: 'private', margin: 'private', trusted: 'public' },
});
const local = [...core, ...edge];

describe('docker-compose.yml', () => {
  it('runs each service that npm start runs, from the same main', () => {
    const mains = ours
      .filter(([name]) => name !== 'migrate')
      .map(([name, { command }]) => [name, command?.[0]]);
    expect(Object.fromEntries(mains)).toEqual(
      Object.fromEntries(local.map(({ name, main }) => [name, main])),
    );
    expect(mains.filter(([, main]) => !existsSync(new URL(main ?? '?', root)))).toEqual([]);
  });

  it('gives each service the variables that npm start gives it', () => {
    const variables = ours
      .filter(([name]) => name !== 'migrate')
      .map(([name, { environment = {} }]) => [name, Object.keys(environment).sort()]);
    // The image sets PORT and HOST, and containers log as much as the services do by themselves. In
    // production a real issuer signs callers' tokens, and no development key.
    const expected = local.map(({ name, environment }) => [
      name,
      Object.keys(environment)
        .filter((variable) => !['PORT', 'HOST', 'LOG_LEVEL'].includes(variable))
        .map((variable) => (variable === 'DEVELOPMENT_KEYS' ? 'JWT_ISSUERS' : variable))
        .sort(),
    ]);
    expect(Object.fromEntries(variables)).toEqual(Object.fromEntries(expected));
  });

  it('lets services depend only on services that are there and that can get healthy', () => {
    const dependencies = Object.values(services).flatMap(({ depends_on = {} }) =>
      Object.entries(depends_on),
    );
    const broken = dependencies.filter(([name, { condition }]) => {
      const service = services[name];
      const canBeHealthy = service?.build !== undefined || service?.healthcheck?.test !== undefined;
      return condition === 'service_healthy' ? !canBeHealthy : !service;
    });
    expect(broken).toEqual([]);
    expect(dependencies.length).toBeGreaterThan(0);
  });

  it('builds on an image that checks the health of whatever it runs', () => {
    expect(text('Dockerfile')).toMatch(/^HEALTHCHECK .*\n.*\/health/m);
  });
});
