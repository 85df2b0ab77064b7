/** The services of a local start, with how they find each other. */

import type { ServiceKeys } from './serviceKeys.js';
import type { ServiceDefinition } from './serviceProcess.js';

/** The three venues of the demo, each replaying its own recorded responses. */
export const VENUES = [
  { slug: 'deribit', name: 'Deribit' },
  { slug: 'okx', name: 'OKX' },
  { slug: 'bybit', name: 'Bybit' },
] as const;

const CORE = ['accounts', 'oracle', 'margin'] as const;

/** Who asks others ends before them, so that nobody misses what is ending on purpose. */
export const STOP_ORDER: readonly (readonly string[])[] = [
  ['gateway'],
  ['margin'],
  ['accounts', 'oracle', ...VENUES.map(({ slug }) => slug)],
];

/** Every main file that `localServices` names. */
export const MAINS = [
  ...CORE.map((name) => `subgraphs/${name}/main.ts`),
  'subgraphs/venues/main.ts',
  'gateway/main.ts',
];

export interface LocalServices {
  /** They need the database. */
  readonly core: readonly ServiceDefinition[];
  /** They need only the ports of the others, so they boot while the database starts. */
  readonly edge: readonly ServiceDefinition[];
}

export interface LocalOptions {
  /** This process's environment, which every service inherits. */
  readonly environment: NodeJS.ProcessEnv;
  readonly gatewayPort: number;
  /** One for each core service and venue, in their order. */
  readonly ports: readonly number[];
  /** Known once the database answers; the edge services do not read it. */
  readonly databaseUrl: string;
  /** Where the key of development is, unless JWT_ISSUERS names who signs the callers' tokens. */
  readonly dataDirectory: string;
  /** Absent: calls between services are not signed, and whoever reaches a subgraph sees all. */
  readonly keys?: ServiceKeys;
}

export const INNER_PORTS = CORE.length + VENUES.length;

export function localServices(options: LocalOptions): LocalServices {
  const { environment, dataDirectory, gatewayPort, ports, databaseUrl, keys } = options;
  const trusted = keys && { TRUSTED_KEYS: keys.trusted };
  // Seven services that each say that all is well would hide what is not. HOST is ours to set: some
  // shells export their machine's name in it.
  const inherited = { LOG_LEVEL: 'warn', ...environment, HOST: '127.0.0.1' };
  const names = [...CORE, ...VENUES.map(({ slug }) => slug)];
  const portOf = new Map(names.map((name, index) => [name, ports[index] ?? 0]));
  const url = (name: (typeof names)[number]) => `http://127.0.0.1:${portOf.get(name) ?? 0}/graphql`;
  const service = (
    name: (typeof names)[number],
    main: string,
    own: Readonly<Record<string, string>>,
  ): ServiceDefinition => ({
    name,
    main,
    environment: { ...inherited, PORT: String(portOf.get(name)), ...trusted, ...own },
  });

  const inner = { ACCOUNTS_URL: url('accounts'), ORACLE_URL: url('oracle') };
  return {
    core: [
      service('accounts', 'subgraphs/accounts/main.ts', { DATABASE_URL: databaseUrl }),
      service('oracle', 'subgraphs/oracle/main.ts', { DATABASE_URL: databaseUrl }),
      service('margin', 'subgraphs/margin/main.ts', {
        ...inner,
        DATABASE_URL: databaseUrl,
        VENUES: VENUES.map(({ slug }) => `${slug}=${url(slug)}`).join(','),
        ...(keys && { SIGNING_KEY: keys.margin }),
      }),
    ],
    edge: [
      ...VENUES.map(({ slug }) => service(slug, 'subgraphs/venues/main.ts', { VENUE: slug })),
      {
        name: 'gateway',
        main: 'gateway/main.ts',
        environment: {
          ...inherited,
          ...inner,
          PORT: String(gatewayPort),
          MARGIN_URL: url('margin'),
          VENUES: JSON.stringify(VENUES.map((venue) => ({ ...venue, url: url(venue.slug) }))),
          ...(keys && { SIGNING_KEY: keys.gateway }),
          ...(!environment['JWT_ISSUERS'] && { DEVELOPMENT_KEYS: dataDirectory }),
        },
      },
    ],
  };
}
