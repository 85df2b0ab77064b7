/**
 * GraphQL over HTTP, from memory: each request that was ever answered is answered again with the same
 * bytes. On bare sockets, because the servers of Node and of libraries take longer for a request than
 * the gateways that are measured.
 */

import { createServer, type Server, type Socket } from 'node:net';
import { execute, parse, type GraphQLSchema } from 'graphql';

export interface StaticServer {
  readonly server: Server;
  /** How many requests have been answered. */
  calls(): number;
}

interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null;
}

/** The schema's resolvers answer at once and always the same. */
export function staticServer(schema: GraphQLSchema): StaticServer {
  const answers = new Map<string, Buffer>();
  let calls = 0;

  const answer: Answer = (body, socket) => {
    calls += 1;
    const known = answers.get(body);
    if (known) {
      socket.write(known);
      return;
    }
    void firstAnswer(schema, body).then((response) => {
      answers.set(body, response);
      socket.write(response);
    });
  };

  const server = createServer((socket) => serve(socket, answer));
  return { server, calls: () => calls };
}

/** Clients of HTTP/1.1 wait for one answer before they send the next request. */
type Answer = (body: string, socket: Socket) => void;

async function firstAnswer(schema: GraphQLSchema, body: string): Promise<Buffer> {
  const { query, variables } = JSON.parse(body) as Asked;
  const document = parse(query);
  const result = await execute({ schema, document, variableValues: variables ?? null });
  return httpResponse(JSON.stringify(result));
}

function httpResponse(text: string): Buffer {
  const body = Buffer.from(text);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** Requests come one after the other on a connection, in pieces of any size. */
function serve(socket: Socket, answer: Answer): void {
  let received = '';
  socket.setNoDelay(true);
  // One character for each byte, so that lengths are those of the protocol.
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    received += text;
    for (;;) {
      const request = firstRequest(received);
      if (!request) return;
      received = received.slice(request.end);
      answer(request.body, socket);
    }
  });
}

interface Request {
  readonly body: string;
  /** Where the next one begins. */
  readonly end: number;
}

const HEAD_END = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;

/** Undefined until it is here as a whole. Clients announce the length, or send chunks. */
function firstRequest(received: string): Request | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const start = headEnd + HEAD_END.length;
  const length = LENGTH.exec(received.slice(0, headEnd))?.[1];
  if (length === undefined) return chunkedRequest(received, start);
  const end = start + Number(length);
  return received.length < end ? undefined : { body: utf8(received.slice(start, end)), end };
}

function chunkedRequest(received: string, start: number): Request | undefined {
  const chunks: string[] = [];
  for (let at = start; ;) {
    const lineEnd = received.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(received.slice(at, lineEnd), 16);
    const end = lineEnd + 2 + size;
    if (received.length < end + 2) return undefined;
    if (size === 0) return { body: utf8(chunks.join('')), end: end + 2 };
    chunks.push(received.slice(lineEnd + 2, end));
    at = end + 2;
  }
}

const utf8 = (latin1: string) => Buffer.from(latin1, 'latin1').toString('utf8');
