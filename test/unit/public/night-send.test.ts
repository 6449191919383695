import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Credential } from '../../../public/shared/device/credential.ts';
import { isBag, parseJson } from '../../../public/shared/wire/decode.ts';
import { openSending } from '../../../public/supervisor/night/send.ts';

const CREDENTIAL: Credential = {
  claims: signal(null),
  state: signal<'anonymous' | 'valid' | 'refused'>('valid'),
  deviceId: 'dev_1',
  deviceEpoch: null,
  token: async () => 'token',
  refuse: () => undefined,
};

/** What the server said to each request, and what it was sent. */
let sent: string[] = [];
let answers: (() => Response)[] = [];

beforeEach(() => {
  sent = [];
  answers = [];
  vi.useFakeTimers();
  const others = fetch;
  vi.stubGlobal('fetch', async (path: string | URL, request: RequestInit) => {
    // Files share this process: what an earlier one still has under way is not this desk's.
    if (typeof path !== 'string' || !path.startsWith('/api/')) return await others(path, request);
    const body = parseJson(typeof request.body === 'string' ? request.body : '');
    sent.push(isBag(body) ? String(body.event_id) : '');
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('no network');
    return answer();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function json(status: number, body: object): () => Response {
  return () => Response.json(body, { status });
}

async function settled<T>(work: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(60_000);
  return await work;
}

describe('a command of the desk', () => {
  it('that nobody answered goes out under the same id when it is pressed again, and another one under its own', async () => {
    const sending = openSending(CREDENTIAL);
    expect(await settled(sending.send('/api/bouts', { n: 1 }))).toBeNull();
    expect(sending.state.value).toEqual({ kind: 'failed', failure: { kind: 'unreachable' } });
    const first = sent[0];
    expect(new Set(sent)).toEqual(new Set([first]));
    answers = [json(409, { success: true, is_duplicate: true, bout_id: 'b' })];
    expect(await settled(sending.send('/api/bouts', { n: 1 }))).toMatchObject({ bout_id: 'b' });
    expect(sent.at(-1)).toBe(first);
    expect(sending.state.value.kind).toBe('done');
    answers = [json(200, { success: true }), json(200, { success: true })];
    await settled(sending.send('/api/bouts', { n: 1 }));
    await settled(sending.send('/api/bouts', { n: 2 }));
    expect(new Set([first, ...sent.slice(-2)]).size).toBe(3);
  });

  it('keeps what the server refused for its field, until something is changed', async () => {
    const sending = openSending(CREDENTIAL);
    const errors = [{ field: 'event', detail: 'must not be blank' }];
    answers = [json(400, { code: 'bad_request', detail: 'event: no', errors })];
    expect(await settled(sending.send('/api/cards', {}))).toBeNull();
    expect(sending.state.value).toMatchObject({ kind: 'failed', failure: { status: 400, errors } });
    sending.clear();
    expect(sending.state.value).toEqual({ kind: 'idle' });
  });

  it('is not sent twice by pressing twice', async () => {
    const sending = openSending(CREDENTIAL);
    answers = [json(200, { success: true }), json(200, { success: true })];
    const both = Promise.all([sending.send('/api/cards', {}), sending.send('/api/cards', {})]);
    expect(await settled(both)).toEqual([{ success: true }, null]);
    expect(sent).toHaveLength(1);
  });
});
