/** The client: what every write carries, and how a refusal reads. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { noteAct } from '@/lib/activity';
import { api, Problem, setCsrfToken } from './client';

const answers = (make: () => Response) => {
  const network = vi.fn((_address: RequestInfo | URL, _init?: RequestInit) => Promise.resolve(make()));
  vi.stubGlobal('fetch', network);
  return network;
};
const read = async (): Promise<Record<string, string>> => {
  const network = answers(() => Response.json({}));
  await api.get('/api/workbench/board');
  return network.mock.calls[0]?.[1]?.headers as Record<string, string>;
};
afterEach(() => vi.unstubAllGlobals());

describe('a write', () => {
  it('carries the CSRF token, the key of its form and the version seen', async () => {
    const network = answers(() => Response.json({}));
    setCsrfToken('csrf-1');
    await api.post('/api/intake/calls', { a: 1 }, { key: 'key-1', version: 12 });
    const headers = network.mock.calls[0]?.[1]?.headers as Record<string, string>;
    expect(headers).toMatchObject({ 'X-CSRF-Token': 'csrf-1', 'Idempotency-Key': 'key-1', 'If-Match': '"12"' });
  });
  it('makes the next read of the read model wait for it', async () => {
    const network = answers(() => Response.json({}, { headers: { 'Consistency-Token': 'case-1@13' } }));
    await api.post('/api/intake/calls', {}, { key: 'key-2' });
    await api.get('/api/workbench/queue', { kind: 'draft' });
    expect(network.mock.calls[1]?.[0]).toBe('/api/workbench/queue?kind=draft&after=case-1%4013');
  });
});

describe('a read', () => {
  afterEach(() => vi.useRealTimers());
  it('that follows an act of a person keeps the session alive, one the screen makes by itself does not', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    noteAct();
    expect(await read()).not.toHaveProperty('X-Background');
    vi.advanceTimersByTime(60_000);
    expect(await read()).toHaveProperty('X-Background');
    window.dispatchEvent(new Event('pointerdown'));
    expect(await read()).not.toHaveProperty('X-Background');
  });
});

describe('a refusal', () => {
  it('becomes a problem with texts, fields and the trace number', async () => {
    const body = { type: 'about:blank', status: 422, code: 'invalid_input', zh: '请更正', en: 'Correct it', trace_id: 't1', errors: [{ field: 'phone', code: 'x', zh: '十一位', en: '11' }] };
    answers(() => new Response(JSON.stringify(body), { status: 422, headers: { 'Content-Type': 'application/problem+json' } }));
    const problem = await api.post('/x', {}, {}).then(() => null, (cause: unknown) => cause as Problem);
    expect(problem).toMatchObject({ status: 422, code: 'invalid_input', zh: '请更正', traceId: 't1' });
    expect(problem?.errors[0]?.field).toBe('phone');
  });
  it('of a proxy without problem+json still says what to do, in both languages', async () => {
    answers(() => new Response('<html>', { status: 502, headers: { 'Trace-Id': 't2' } }));
    const problem = await api.get('/x').then(() => null, (cause: unknown) => cause as Problem);
    expect(problem?.traceId).toBe('t2');
    expect(problem?.zh).toContain('请稍等');
    expect(problem?.en).toContain('try again');
  });
  it('of the network is known to be safe to repeat', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const problem = await api.get('/x').then(() => null, (cause: unknown) => cause as Problem);
    expect(problem?.isOffline).toBe(true);
  });
});
