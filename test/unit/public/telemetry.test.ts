import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Claims } from '../../../public/shared/device/claims.ts';
import type { Credential } from '../../../public/shared/device/credential.ts';
import { reportTelemetry } from '../../../public/shared/device/telemetry.ts';
import type { Connection } from '../../../public/shared/live/link.ts';
import type { Live } from '../../../public/shared/live/live.ts';
import { isBag, parseJson } from '../../../public/shared/wire/decode.ts';

const CLAIMS: Claims = {
  subject: 'op_1',
  role: 'operator',
  seat: null,
  device: null,
  boutId: null,
  cardId: null,
  corners: null,
  aspects: null,
  issuedMs: 0,
  expiresMs: 0,
};

const CREDENTIAL: Credential = {
  claims: signal(CLAIMS),
  state: signal<'valid'>('valid'),
  deviceId: 'dev_1',
  deviceEpoch: null,
  token: async () => 'a.b.c',
  refuse: () => undefined,
};

let reported: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  reported = [];
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.stubGlobal('document', { visibilityState: 'visible' });
  const others = fetch;
  vi.stubGlobal('fetch', async (path: string | URL, request: RequestInit) => {
    // Files share this process: what an earlier one still has under way is not this device's.
    if (typeof path !== 'string' || !path.startsWith('/api/')) return await others(path, request);
    const report = parseJson(String(request.body));
    reported.push(isBag(report) ? `${String(report.bout_id)} ${String(report.clock_offset_ms)}` : null);
    return Response.json({ success: true });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('what a device tells of its clock', () => {
  it('is told at once in each bout, and when the clock was moved, and otherwise every five seconds', async () => {
    const boutId = signal<string | null>('bout_1');
    const offsetMs = signal<number | null>(null);
    const live: Live = {
      boutId,
      offsetMs,
      state: signal<'bout'>('bout'),
      refusal: signal(null),
      connection: signal<Connection>({ state: 'live' }),
      feed: signal(null),
      stale: signal(false),
      roundTripMs: signal<number | null>(20),
      serverNow: () => 0,
      send: () => true,
      onFrame: () => () => undefined,
      stop: () => undefined,
    };
    const stop = reportTelemetry(CREDENTIAL, live, null);
    const change = async (next: number | null) => {
      offsetMs.value = next;
      await vi.advanceTimersByTimeAsync(0);
    };
    await change(3_600_000);
    await change(3_600_020);
    expect(reported).toEqual(['bout_1 3600000']);
    await change(3_630_000);
    expect(reported).toEqual(['bout_1 3600000', 'bout_1 3630000']);
    // Another bout has never heard of this device: its first taps must not wait for the next five seconds.
    await change(null);
    boutId.value = 'bout_2';
    await change(3_630_001);
    expect(reported.at(-1)).toBe('bout_2 3630001');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(reported).toHaveLength(4);
    stop();
    await change(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reported).toHaveLength(4);
  });
});
