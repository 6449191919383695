import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BoutSocket, openBoutSocket } from '../../../public/shared/live/socket.ts';
import { deltaOf, entryAt, helloAt, wireView } from './fixtures.ts';

/** Stands for the browser's WebSocket; a test plays the server. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readonly sent: string[] = [];
  readonly url: string;
  readonly protocols: readonly string[];
  readyState = 0;

  constructor(url: URL, protocols: readonly string[]) {
    super();
    this.url = url.href;
    this.protocols = protocols;
    FakeSocket.all.push(this);
  }

  send(frame: string): void {
    this.sent.push(frame);
  }

  close(): void {
    this.readyState = 3;
  }

  says(frame: object | string): void {
    this.readyState = 1;
    const data = typeof frame === 'string' ? frame : JSON.stringify(frame);
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  breaks(code = 1006): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

function newest(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (socket === undefined) throw new Error('No socket was opened.');
  return socket;
}

const HELLO = { ...helloAt(3, [entryAt(2)]), snapshot: wireView(3) };

let page: EventTarget;
let opened: BoutSocket | null;
let refusedTokens: string[];

async function open(options: { token?: string; refused?: () => Promise<boolean> } = {}): Promise<BoutSocket> {
  const { token, ...others } = options;
  const credential = {
    token: async () => token ?? null,
    refuse: (gone: string) => void refusedTokens.push(gone),
    state: signal<'anonymous' | 'valid' | 'refused'>(token === undefined ? 'anonymous' : 'valid'),
  };
  opened = openBoutSocket({ boutId: 'bout_1', credential, ...others });
  // The token is asked for before the socket is opened.
  await vi.advanceTimersByTimeAsync(0);
  return opened;
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  FakeSocket.all = [];
  opened = null;
  refusedTokens = [];
  page = new EventTarget();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { href: 'https://bouts.example/?bout=bout_1' });
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});

afterEach(() => {
  opened?.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the socket of a bout', () => {
  it('offers the protocol and the token, and no cursor at first', async () => {
    await open({ token: 'a.b.c' });
    expect(newest().url).toBe('wss://bouts.example/api/bouts/bout_1/socket');
    expect(newest().protocols).toEqual(['fightjudge.v1', 'a.b.c']);
  });

  it('applies what joins on and asks once for what is missing', async () => {
    const socket = await open();
    newest().says(HELLO);
    expect(socket.connection.value).toEqual({ state: 'live' });
    newest().says({ ...deltaOf(3, 4, [entryAt(3)]), view: wireView(4) });
    newest().says({ ...deltaOf(5, 6, [entryAt(5)]), view: wireView(6) });
    newest().says({ ...deltaOf(6, 7, [entryAt(6)]), view: wireView(7) });
    expect(socket.feed.value?.cursor).toBe(4);
    expect(newest().sent.filter((frame) => frame.includes('resume'))).toEqual(['{"type":"resume","cursor":4}']);
    newest().says({ ...deltaOf(4, 7, [entryAt(4), entryAt(5), entryAt(6)]), view: wireView(7) });
    expect(socket.feed.value?.entries.map((entry) => entry.sequence_index)).toEqual([2, 3, 4, 5, 6]);
  });

  it('comes back with its cursor and keeps the last state meanwhile', async () => {
    const socket = await open();
    newest().says(HELLO);
    newest().breaks();
    expect(socket.connection.value.state).toBe('reconnecting');
    expect(socket.feed.value?.cursor).toBe(3);
    await vi.advanceTimersByTimeAsync(300);
    expect(FakeSocket.all).toHaveLength(2);
    expect(new URL(newest().url).searchParams.get('cursor')).toBe('3');
    newest().says(HELLO);
    expect(socket.connection.value).toEqual({ state: 'live' });
  });

  it('gives up a connection that has gone silent and hears nothing from it afterwards', async () => {
    const socket = await open();
    const first = newest();
    first.says(HELLO);
    await vi.advanceTimersByTimeAsync(10_500);
    expect(first.sent).toContain('ping');
    expect(FakeSocket.all.length).toBeGreaterThan(1);
    expect(socket.connection.value.state).toBe('reconnecting');
    first.says({ ...deltaOf(3, 4, [entryAt(3)]), view: wireView(4) });
    expect(socket.feed.value?.cursor).toBe(3);
  });

  it('stays connected as long as its pings are answered', async () => {
    const socket = await open();
    newest().says(HELLO);
    for (let second = 0; second < 60; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (newest().sent.at(-1) === 'ping') newest().says('pong');
    }
    expect(FakeSocket.all).toHaveLength(1);
    expect(socket.connection.value).toEqual({ state: 'live' });
  });

  it('connects at once when the network is back', async () => {
    await open();
    newest().says(HELLO);
    newest().breaks();
    page.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("works out the server's time from answers", async () => {
    const socket = await open();
    newest().says(HELLO);
    await vi.advanceTimersByTimeAsync(1);
    const asked = newest().sent.find((frame) => frame.includes('"time"')) ?? '{}';
    const t0 = Number(/"t0":(\d+)/.exec(asked)?.[1]);
    newest().says({ type: 'time', t0, t1: t0 + 5_000 });
    expect(Math.abs((socket.offsetMs.value ?? 0) - 5_000)).toBeLessThan(5);
  });

  it('asks what time it is as soon as the page is looked at again: the device’s clock may have slept', async () => {
    const socket = await open();
    newest().says({ ...HELLO, server_ms: Date.now() });
    await vi.advanceTimersByTimeAsync(2_000);
    newest().says({ type: 'time', t0: performance.timeOrigin + performance.now(), t1: Date.now() });
    const asked = newest().sent.length;
    document.dispatchEvent(new Event('visibilitychange'));
    const times = newest()
      .sent.slice(asked)
      .filter((frame) => frame.includes('"time"'));
    expect(times).toHaveLength(1);
    // Twenty seconds stood still here and went on there.
    newest().says({ type: 'time', t0: performance.timeOrigin + performance.now(), t1: Date.now() + 20_000 });
    const local = performance.timeOrigin + performance.now();
    expect(Math.round((socket.offsetMs.value ?? 0) + local - Date.now())).toBe(20_000);
  });

  it('stops asking when the server refuses for good, and goes on when it was only out of reach', async () => {
    const answers = [false, true];
    const socket = await open({ refused: async () => answers.shift() ?? true });
    newest().breaks();
    await vi.advanceTimersByTimeAsync(300);
    expect(FakeSocket.all).toHaveLength(2);
    newest().breaks();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(FakeSocket.all).toHaveLength(2);
    expect(socket.connection.value).toEqual({ state: 'refused' });
  });

  it('tells a token that has ended, and never goes on as a stranger', async () => {
    const socket = await open({ token: 'a.b.c' });
    newest().says(HELLO);
    newest().breaks(4401);
    expect(refusedTokens).toEqual(['a.b.c']);
    opened?.stop();
    const gone = { token: async () => null, refuse: () => undefined, state: signal<'refused'>('refused') };
    opened = openBoutSocket({ boutId: 'bout_1', credential: gone });
    const before = FakeSocket.all.length;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(FakeSocket.all).toHaveLength(before);
    expect(opened.connection.value).toEqual({ state: 'refused' });
    expect(socket.feed.value?.cursor).toBe(3);
  });

  it('sends only over a live connection and says so', async () => {
    const socket = await open();
    expect(socket.send({ type: 'log' })).toBe(false);
    newest().says(HELLO);
    expect(socket.send({ type: 'log' })).toBe(true);
    expect(newest().sent).toContain('{"type":"log"}');
  });
});
