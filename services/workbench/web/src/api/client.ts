/**
 * The only place that calls fetch. A write carries the CSRF token, an idempotency key made once per form, and the version
 * the person saw; an error becomes a `Problem` that says, in both languages, what to do and under which trace number.
 */
import { isSomebodyHere } from '@/lib/activity';
import { noteServerTime } from '@/lib/serverTime';
import type { FieldProblem, ProblemBody } from './types';

const TIMEOUT_MS = 15_000;
/** How long reads after a write wait for the read model to catch up with it. */
const READ_YOUR_WRITES_MS = 10_000;

type Query = Record<string, string | number | boolean | null | undefined>;

export interface WriteOptions {
  /** Idempotency key: the same for every try of one form. */
  key?: string;
  /** Version the person saw; stale → Problem with code `stale_version`. */
  version?: number;
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly traceId: string;
  readonly errors: FieldProblem[];
  readonly details: Record<string, unknown>;

  constructor(body: ProblemBody) {
    super(body.code);
    this.status = body.status;
    this.code = body.code;
    this.zh = body.zh;
    this.en = body.en;
    this.traceId = body.trace_id;
    this.errors = body.errors ?? [];
    this.details = body.details ?? {};
  }

  /** The network failed or the server did not answer in time: trying again with the same key is safe. */
  get isOffline(): boolean {
    return this.code === 'offline' || this.code === 'timeout';
  }
}

/** A problem that the browser itself finds: no network, a file that is too large. */
export const local = (status: number, code: string, zh: string, en: string, traceId = ''): Problem =>
  new Problem({ type: 'about:blank', status, code, zh, en, trace_id: traceId });

let csrfToken = '';
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

let signedOut: () => void = () => undefined;
/** Called when any request is answered 401: the frame shows the sign-in dialog over the page. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

let fresh: { token: string; until: number } | null = null;

export function newKey(): string {
  return crypto.randomUUID();
}

function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** What an answer that is no success says; somebody whose session is over is asked to sign in again. */
export function problemIn(status: number, header: (name: string) => string | null, text: string): Problem {
  const traceId = header('Trace-Id') ?? '';
  if (!header('Content-Type')?.includes('problem+json')) {
    return local(
      status,
      'server_unreachable',
      '服务暂时没有应答，请稍等片刻再试；已填内容保存在本机。',
      'The service did not answer. Wait a moment and try again; what you typed is kept on this device.',
      traceId,
    );
  }
  const body = JSON.parse(text) as ProblemBody;
  if (status === 401 && body.code === 'not_signed_in') signedOut();
  return new Problem({ ...body, status, trace_id: body.trace_id || traceId });
}

/** Reads within a few seconds wait until the read model has what was just written. */
export function noteWritten(token: string | null): void {
  if (token) fresh = { token, until: performance.now() + READ_YOUR_WRITES_MS };
}

/** What every write carries beside its body. */
export function writeHeaders(options: WriteOptions): Record<string, string> {
  const headers: Record<string, string> = { 'X-CSRF-Token': csrfToken, 'Idempotency-Key': options.key ?? newKey() };
  if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`;
  return headers;
}

async function ask(method: string, path: string, query: Query, body: unknown, options: WriteOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  const isRead = method === 'GET';
  // What a screen fetches by itself (live changes, polls) must not keep the session of somebody who left.
  if (isRead && !isSomebodyHere()) headers['X-Background'] = '1';
  if (!isRead) {
    Object.assign(headers, writeHeaders(options));
    if (body !== undefined) headers['Content-Type'] = 'application/json';
  }
  const after = isRead && fresh && fresh.until > performance.now() && path.startsWith('/api/workbench/') ? fresh.token : undefined;
  let response: Response;
  try {
    response = await fetch(address(path, { ...query, after }), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw cause instanceof DOMException && cause.name === 'TimeoutError'
      ? local(0, 'timeout', '15 秒内没有应答，请重试；重复提交不会重复登记。', 'No answer within 15 seconds. Try again; sending twice is safe.')
      : local(0, 'offline', '网络中断，内容已存本机，恢复后可再提交。', 'The network is down. What you typed is kept; send it when you are back.');
  }
  noteServerTime(response.headers.get('Date'));
  if (!response.ok) throw problemIn(response.status, (name) => response.headers.get(name), await response.text());
  noteWritten(response.headers.get('Consistency-Token'));
  return response;
}

async function call<Answer>(method: string, path: string, query: Query, body: unknown, options: WriteOptions): Promise<Answer> {
  const response = await ask(method, path, query, body, options);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

export const api = {
  get: <Answer>(path: string, query: Query = {}) => call<Answer>('GET', path, query, undefined, {}),
  post: <Answer>(path: string, body: unknown, options: WriteOptions) => call<Answer>('POST', path, {}, body, options),
  put: <Answer>(path: string, body: unknown, options: WriteOptions) => call<Answer>('PUT', path, {}, body, options),
  /** A file, to be shown or saved. */
  blob: async (path: string): Promise<Blob> => (await ask('GET', path, {}, undefined, {})).blob(),
  delete: <Answer>(path: string, options: WriteOptions = {}) => call<Answer>('DELETE', path, {}, undefined, options),
};
