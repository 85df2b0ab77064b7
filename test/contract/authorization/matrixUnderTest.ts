/** The matrix: each role asks the whole graph for each account, by every route to a root field. */

import { vi, expect } from 'vitest';
import type { Data } from '../../support/graphqlClient.js';
import { VENUES } from '../../support/graphSubgraphs.js';
import type { Given } from './argumentValues.js';
import { startAuthorizationGraph, type AuthorizationGraph } from './authorizationGraph.js';
import { clientSchema } from './clientSchema.js';
import type { RootField } from './decidedSchema.js';
import { generatedOperation, SHAPES, type GeneratedOperation } from './generatedOperations.js';
import { ACCOUNTS, EVERYTHING, ROLES, UNKNOWN, type Role, type TestAccount } from './people.js';
import { RoleClient, type Answer, type Following } from './roleClient.js';
import { AS_UNKNOWN, leaksIn, refusalsIn, VISIBLE, verdictOn } from './verdict.js';

export const schema = clientSchema(VENUES);

export interface Route {
  readonly name: string;
  readonly operation: GeneratedOperation;
  readonly transport: 'http' | 'hash' | 'socket';
}

/** A question of the matrix, with what came for it. */
export interface Cell {
  readonly role: Role;
  readonly account: TestAccount;
  readonly variables: Data;
  readonly answers: readonly Answer[];
}

/** An account in each column: to a role it is its own, another's, or there is none. */
const COLUMNS = [...ACCOUNTS, UNKNOWN];
const EACH_CELL = ROLES.flatMap((role) => COLUMNS.map((account) => ({ role, account })));
const SLUGS = VENUES.map(({ slug }) => slug);

export const WITHIN = { timeout: 10_000, interval: 20 };

/** Every shape that the field has; and as it stands by hash and, unless it runs there anyhow, over WebSocket. */
export function routesOf(root: RootField): readonly Route[] {
  const shapes = SHAPES.flatMap((name) => {
    const operation = generatedOperation(schema, root, name);
    return operation ? [{ name, operation, transport: 'http' as const }] : [];
  });
  const direct = shapes.find(({ name }) => name === 'direct');
  if (!direct) throw new Error(`${root.coordinate} cannot be asked for.`);
  const byHash = { ...direct, name: 'by hash', transport: 'hash' as const };
  const bySocket = { ...direct, name: 'by socket', transport: 'socket' as const };
  return [...shapes, byHash, ...(root.kind === 'subscription' ? [] : [bySocket])];
}

export class MatrixUnderTest {
  /** Decided so far. */
  cells = 0;
  #keys = 0;

  private constructor(
    readonly graph: AuthorizationGraph,
    private readonly clients: ReadonlyMap<Role, RoleClient>,
    private readonly hash: string,
  ) {}

  static async start(): Promise<MatrixUnderTest> {
    const graph = await startAuthorizationGraph(VENUES);
    const clients = new Map(ROLES.map((role) => [role, new RoleClient(graph.url, role)]));
    const answer = await clients.get(EVERYTHING)?.ask('{ parameterSets { hash } }', {});
    const { parameterSets } = answer?.data as { parameterSets: readonly [{ hash: string }] };
    return new MatrixUnderTest(graph, clients, parameterSets[0].hash);
  }

  async close(): Promise<void> {
    for (const client of this.clients.values()) await client.close();
    await this.graph.close();
  }

  as(role: Role): RoleClient {
    const client = this.clients.get(role);
    if (!client) throw new Error(`${role.name} has no client`);
    return client;
  }

  /** `idempotencyKey` is by default one that was never used. */
  variables({ operation }: Route, role: Role, account: TestAccount, idempotencyKey?: string): Data {
    const given = (of: TestAccount): Given => ({
      account: of,
      field: '',
      hash: this.hash,
      idempotencyKey: idempotencyKey ?? `key ${(this.#keys += 1)}`,
    });
    const beside = role.sees.find((one) => one !== account) ?? UNKNOWN;
    return operation.variables(given(account), given(beside));
  }

  /** What is named by a hash has been registered by somebody who may see everything. */
  async ask(role: Role, { operation, transport }: Route, variables: Data): Promise<Answer> {
    const client = this.as(role);
    if (transport === 'http') return client.ask(operation.text, variables);
    if (transport === 'socket') return client.askBySocket(operation.text, variables);
    await this.as(EVERYTHING).register(operation.text);
    return client.askByHash(operation.text, variables);
  }

  /** Like `ask`, of a subscription. */
  async follow(role: Role, { operation, transport }: Route, variables: Data): Promise<Following> {
    const client = this.as(role);
    if (transport !== 'hash') return client.follow(operation.text, variables);
    await this.as(EVERYTHING).register(operation.text);
    return client.followByHash(operation.text, variables);
  }

  /** All cells of the route at the same time; the same question is asked once. */
  async asked(route: Route): Promise<readonly Cell[]> {
    const asking = new Map<string, Promise<Answer>>();
    return Promise.all(
      EACH_CELL.map(async ({ role, account }) => {
        const variables = this.variables(route, role, account);
        const question = role.name + JSON.stringify(variables);
        const answer = asking.get(question) ?? this.ask(role, route, variables);
        asking.set(question, answer);
        return { role, account, variables, answers: [await answer] };
      }),
    );
  }

  /** One cell after the other, each with the accounts that were switched by it. */
  async askedInTurn(route: Route): Promise<readonly (Cell & { switched: readonly string[] })[]> {
    const { stored } = this.graph.architectures;
    const cells = [];
    for (const { role, account } of EACH_CELL) {
      const before = stored.length;
      const variables = this.variables(route, role, account);
      const answers = [await this.ask(role, route, variables)];
      const switched = stored.slice(before).map(({ accountId }) => accountId);
      cells.push({ role, account, variables, answers, switched });
    }
    return cells;
  }

  /** What comes first to all cells, followed at the same time: what is shared would be shared with all. */
  async followed(route: Route): Promise<readonly Cell[]> {
    const following = await Promise.all(
      EACH_CELL.map(async ({ role, account }) => {
        const variables = this.variables(route, role, account);
        return { role, account, variables, stream: await this.follow(role, route, variables) };
      }),
    );
    await vi.waitFor(
      () => following.forEach(({ stream }) => expect(stream.answers).not.toEqual([])),
      WITHIN,
    );
    const cells = following.map(({ stream, ...cell }) => ({
      ...cell,
      answers: stream.answers.slice(0, 1),
    }));
    await this.#ended(following.map(({ stream }) => stream));
    return cells;
  }

  /** What comes to each role on a stream of all its accounts: their states, and a change of each. */
  async followedTogether(route: Route): Promise<readonly Cell[]> {
    const { engine } = this.graph;
    const following = await Promise.all(
      ROLES.map(async (role) => ({ role, stream: await this.follow(role, route, {}) })),
    );
    const eachHas = (events: number) => () =>
      following.forEach(({ role: { sees }, stream }) =>
        expect(stream.answers.length).toBeGreaterThanOrEqual(events * sees.length),
      );
    await vi.waitFor(eachHas(1), WITHIN);
    await vi.waitFor(() => expect(engine.upstreamSubscriptions).toBe(ROLES.length), WITHIN);
    this.graph.changeVenues();
    await vi.waitFor(eachHas(2), WITHIN);
    // What was sent before this answer has arrived by then, also to those who must be sent nothing.
    for (const role of ROLES) await this.as(role).askBySocket('{ __typename }', {});
    await this.#ended(following.map(({ stream }) => stream));
    return following.flatMap(({ role, stream: { answers } }) =>
      COLUMNS.map((account) => ({ role, account, variables: {}, answers })),
    );
  }

  /** Cells that are not as they are decided: visible to those who may see the account, else unknown. */
  wrong(route: Route, cells: readonly Cell[]): readonly string[] {
    const { key } = route.operation;
    return cells.flatMap((cell) => {
      const { role, account, variables } = cell;
      const unknown = cells.find((one) => one.role === role && one.account === UNKNOWN);
      const isAboutOne = [account.id, account.number].some((id) =>
        JSON.stringify(variables).includes(id),
      );
      const ofUnknown = isAboutOne && unknown ? { ofUnknown: unknown } : {};
      const found = verdictOn({ ...cell, key, ...ofUnknown }, SLUGS);
      const decided = role.sees.includes(account) ? VISIBLE : AS_UNKNOWN;
      this.cells += 1;
      return found === decided
        ? []
        : [`${role.name} asks for ${account.id}, ${route.name}: must be ${decided}, but ${found}`];
    });
  }

  /** What is wrong with an answer that everybody may have. */
  wrongForEverybody(route: Route, cell: Omit<Cell, 'account'>): readonly string[] {
    this.cells += 1;
    const [answer = {}] = cell.answers;
    const leaks = leaksIn(cell, SLUGS);
    const isAnswered = answer.data?.[route.operation.key] && refusalsIn(answer).length === 0;
    return isAnswered && leaks.length === 0
      ? []
      : [`${cell.role.name}, ${route.name}: ${JSON.stringify({ leaks, answer })}`];
  }

  async #ended(streams: readonly Following[]): Promise<void> {
    for (const stream of streams) stream.stop();
    await vi.waitFor(() => expect(this.graph.engine.upstreamSubscriptions).toBe(0), WITHIN);
  }
}
