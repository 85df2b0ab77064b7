/** The margin subgraph among fakes: two venues, an oracle and accounts, all on loopback ports. */

import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { CallLogConflict } from '../../../subgraphs/margin/live/marginCallStore.js';
import { startMarginSubgraph } from '../../../subgraphs/margin/marginSubgraph.js';
import type { ServiceCaller } from '../../../subgraphs/shared/callerToken/serviceCaller.js';
import type { TokenVerifier } from '../../../subgraphs/shared/callerToken/tokenVerifier.js';
import type { RunningSubgraph } from '../../../subgraphs/shared/subgraphServer.js';
import { post, webSocketClient } from '../../support/graphqlClient.js';
import { MemoryArchitectures } from '../../unit/margin/memoryArchitectures.js';
import { MemoryStore } from '../../unit/margin/memoryStore.js';
import { startAccounts } from './fakeAccounts.js';
import { FakeOracle } from './fakeOracle.js';
import { FakeVenue, longBtc } from './fakeVenue.js';

/** How margin and those that it asks know who calls. */
export interface MarginTrust {
  /** Of the subgraph of this name. */
  readonly verifier: (audience: string) => TokenVerifier;
  /** Margin itself. */
  readonly caller: ServiceCaller;
}

/** fund-1 is long one BTC at deribit from 60 000 with 4 500 dollars, and has 0 at okx. */
export class MarginUnderTest {
  /** Added to the clock, so that a test can let time pass. */
  passedMs = 0;
  readonly store = new MemoryStore();
  readonly architectures = new MemoryArchitectures();
  readonly deribit: FakeVenue;
  readonly okx: FakeVenue;
  readonly oracle: FakeOracle;
  readonly conflicts: CallLogConflict[] = [];
  private readonly sockets: ReturnType<typeof webSocketClient>[] = [];
  private accounts: RunningSubgraph | null = null;
  private margin: RunningSubgraph | null = null;

  /** @param trust Absent: everybody takes anybody's calls. */
  constructor(private readonly trust?: MarginTrust) {
    this.deribit = new FakeVenue('deribit', trust?.verifier('deribit'));
    this.okx = new FakeVenue('okx', trust?.verifier('okx'));
    this.oracle = new FakeOracle(() => this.now(), trust?.verifier('oracle'));
  }

  get url(): string {
    return this.margin?.url ?? '';
  }

  /** Starts everything; deribit and the oracle have told their states, okx too. */
  async start(): Promise<void> {
    const accounts = {
      'fund-1': ['deribit:1', 'okx:7'],
      'fund-2': ['deribit:2', 'kraken:9'],
      'fund-3': [],
    };
    this.accounts = await startAccounts(accounts, this.trust?.verifier('accounts'));
    await Promise.all([this.deribit.start(), this.okx.start(), this.oracle.start()]);
    this.deribit.tell(longBtc('deribit:1', '1', '4500'));
    this.okx.tell({ ...longBtc('okx:7', '1', '0'), positions: [] });
    this.oracle.tell('60000');
    await this.startMargin();
  }

  async startMargin(): Promise<void> {
    this.margin = await startMarginSubgraph({
      port: 0,
      host: '127.0.0.1',
      accountsUrl: this.accounts?.url ?? '',
      oracleUrl: this.oracle.url,
      venues: [
        { slug: 'deribit', url: this.deribit.url },
        { slug: 'okx', url: this.okx.url },
      ],
      store: this.store,
      architectureStore: this.architectures,
      log: pino({ level: 'silent' }),
      verifier: this.trust?.verifier('margin'),
      caller: this.trust?.caller,
      now: () => this.now(),
      newId: randomUUID,
      random: () => 0,
      onConflict: (conflict) => this.conflicts.push(conflict),
    });
  }

  async stopMargin(): Promise<void> {
    for (const socket of this.sockets.splice(0)) await socket.dispose();
    await this.margin?.close();
  }

  async stop(): Promise<void> {
    await this.stopMargin();
    await Promise.all([this.deribit.stop(), this.okx.stop(), this.oracle.stop()]);
    await this.accounts?.close();
  }

  /** A graphql-ws client that ends with the test. */
  socket() {
    const socket = webSocketClient(this.url);
    this.sockets.push(socket);
    return socket;
  }

  /** Entities as the gateway asks for them: the answer to `fields` of each reference. */
  async entities(
    references: readonly { readonly __typename: string; readonly id: string }[],
    fields: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const query = `query ($references: [_Any!]!) {
      _entities(representations: $references) { ${fields} }
    }`;
    const { data, errors } = await post(this.url, query, { references }, headers);
    return { entities: data?.['_entities'] as unknown[], errors };
  }

  /** Throws unless the architecture of fund-1 is changed. */
  async switchTo(architecture: 'ISOLATED' | 'CROSS' | 'PORTFOLIO'): Promise<void> {
    const mutation = `mutation ($input: SwitchMarginArchitectureInput!) {
      switchMarginArchitecture(input: $input) { __typename }
    }`;
    const input = { accountId: 'fund-1', architecture, idempotencyKey: randomUUID() };
    const { data } = await post(this.url, mutation, { input });
    const answer = data?.['switchMarginArchitecture'] as { __typename: string } | undefined;
    if (answer?.__typename !== 'MarginArchitectureSwitched') throw new Error('not switched');
  }

  private now(): Date {
    return new Date(Date.now() + this.passedMs);
  }
}
