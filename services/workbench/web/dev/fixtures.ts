/**
 * Development only, never part of a build: answers the API from the modules in dev/fixtures/ so that screens can be worked
 * on without a server. A module exports `routes`: "GET /api/workbench/cases/:id" → what to answer.
 */
import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Plugin, ViteDevServer } from 'vite';

/** The fixed moment of all pictures. */
const START = Date.parse('2026-11-24T14:32:07+08:00');
const BEAT_MS = 15_000;

export interface FixtureRequest {
  params: Record<string, string>;
  query: URLSearchParams;
  body: Record<string, unknown>;
  /** The part one plays: cookie `nl_dev`, "operator" when there is none. */
  as: string;
}
export type Answer = unknown;
export type Routes = Record<string, (request: FixtureRequest) => Answer>;

/** Throw it to answer with a problem. */
export class FixtureProblem extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  constructor(status: number, body: Record<string, unknown>) {
    super(String(body.code));
    this.status = status;
    this.body = body;
  }
}

let started = Date.now();
const nowText = (): string => new Date(START + Date.now() - started).toISOString();

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

async function load(server: ViteDevServer): Promise<Routes> {
  const folder = fileURLToPath(new URL('./dev/fixtures', `file://${server.config.root}/`));
  const modules = await Promise.all(
    readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => server.ssrLoadModule(`/dev/fixtures/${name}`)),
  );
  return Object.assign({}, ...modules.map((one) => (one as { routes?: Routes }).routes ?? {})) as Routes;
}

function stream(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  const say = (kind: string) => response.write(`event: ${kind}\ndata: ${JSON.stringify({ at: nowText() })}\n\n`);
  say('hello');
  const timer = setInterval(() => say('beat'), BEAT_MS);
  response.on('close', () => clearInterval(timer));
}

async function answer(server: ViteDevServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/api/workbench/live') return stream(response);
  if (url.pathname === '/api/workbench/session' && request.method === 'GET') started = Date.now();
  const as = /nl_dev=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'operator';
  const send = (status: number, type: string, body: unknown) => {
    response.writeHead(status, { 'Content-Type': type, 'Trace-Id': '7c1e40b2a8d94f1194af' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  for (const [route, handler] of Object.entries(await load(server))) {
    const [method, pattern] = route.split(' ');
    const params = method === request.method ? match(pattern ?? '', url.pathname) : null;
    if (!params) continue;
    try {
      const result = handler({ params, query: url.searchParams, body: await bodyOf(request), as });
      return send(result === undefined ? 204 : 200, 'application/json', result);
    } catch (cause) {
      const problem = cause as FixtureProblem;
      if (!problem.body) throw cause;
      return send(problem.status, 'application/problem+json', { type: 'about:blank', status: problem.status, trace_id: '7c1e40b2a8d94f1194af', ...problem.body });
    }
  }
  send(404, 'application/problem+json', { type: 'about:blank', status: 404, code: 'not_found', zh: '没有找到，请核对编号。', en: 'Not found. Check the number.', trace_id: '7c1e40b2a8d94f1194af' });
}

export function fixtures(): Plugin {
  return {
    name: 'nuanliu-fixtures',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!request.url?.startsWith('/api/')) {
          next();
          return;
        }
        void answer(server, request, response);
      });
    },
  };
}
