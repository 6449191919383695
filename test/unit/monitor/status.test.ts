import { describe, expect, it } from 'vitest';
import { type Facts, judge } from '../../../workers/monitor/status.ts';

const LOG = 'POST /api/events/v2/log';

function edge(over: Partial<Facts['edge']> = {}): Facts['edge'] {
  return { count: 1_000, errors: 0, routes: [], ...over };
}

function bout(over: Partial<Facts['bout']> = {}): Facts['bout'] {
  return { ms: 3, why: '', isMade: true, fault: null, failing: [], oldestJobMs: null, ...over };
}

function device(over: Partial<Facts['device']> = {}): Facts['device'] {
  return { silentMs: 3_000, alerts: [], ...over };
}

describe('the edge', () => {
  it.each([
    [0, 'ok'],
    [10, 'ok'],
    [11, 'warning'],
    [50, 'warning'],
    [51, 'error'],
  ])('with %i of 1,000 requests failed is %s', (errors, status) => {
    expect(judge('edge', edge({ errors })).status).toBe(status);
  });

  it('with few requests warns of any that failed: a share of so few says nothing', () => {
    expect(judge('edge', edge({ count: 10, errors: 9 })).status).toBe('warning');
    expect(judge('edge', edge({ count: 0 })).status).toBe('ok');
  });

  it('warns of a route slower than the API document allows, and names it', () => {
    const route = { route: LOG, count: 20, p95Ms: 10 };
    expect(judge('edge', edge({ routes: [route] }))).toEqual({ status: 'ok', detail: '' });
    const over = judge('edge', edge({ routes: [{ ...route, p95Ms: 12 }] }));
    expect(over).toEqual({ status: 'warning', detail: `${LOG}: 95 % within 12 ms, ceiling 10 ms.` });
    expect(judge('edge', edge({ routes: [{ route: LOG, count: 19, p95Ms: 12 }] })).status).toBe('ok');
    expect(judge('edge', edge({ routes: [{ route: 'GET /api/docs', count: 90, p95Ms: 900 }] })).status).toBe('ok');
  });
});

describe('whatever is asked', () => {
  it('is offline without an answer, in its own words, and slow beyond a second', () => {
    expect(judge('index', { ms: null, why: 'Gone.' })).toEqual({ status: 'offline', detail: 'Gone.' });
    expect(judge('platform', { ms: 1_001, why: '' }).status).toBe('warning');
    expect(judge('platform', { ms: 1_000, why: '' }).status).toBe('ok');
    expect(judge('card', { ms: 5, why: '', isMade: false }).status).toBe('error');
  });
});

describe('a bout', () => {
  it('with a damaged ledger is in error', () => {
    const judged = judge('bout', bout({ fault: { index: 7, detail: 'x' } }));
    expect(judged).toEqual({ status: 'error', detail: 'The ledger does not check out from entry 7 on.' });
  });

  it('warns of work that has waited for more than a minute, and errs where it fails', () => {
    expect(judge('bout', bout({ oldestJobMs: 60_000 })).status).toBe('ok');
    expect(judge('bout', bout({ oldestJobMs: 60_001 })).status).toBe('warning');
    const failing = judge('bout', bout({ failing: [{ job: 'index', attempts: 3 }], oldestJobMs: 90_000 }));
    expect(failing).toEqual({ status: 'error', detail: 'Failing: index (3×).' });
  });

  it('says the worst only: one that does not answer is offline, whatever else', () => {
    expect(judge('bout', bout({ ms: null, why: 'Late.', isMade: false }))).toEqual({
      status: 'offline',
      detail: 'Late.',
    });
  });
});

describe('a device', () => {
  it('is offline once it has been silent for more than 15 seconds', () => {
    expect(judge('device', device({ silentMs: 15_000 })).status).toBe('ok');
    expect(judge('device', device({ silentMs: 15_001 })).status).toBe('offline');
  });

  it('warns of what it is short of, and says how much is left', () => {
    const alerts = [
      { type: 'battery_low', value: 0 },
      { type: 'latency_high', value: 400 },
    ];
    expect(judge('device', device({ alerts }))).toEqual({ status: 'warning', detail: 'Battery 0 %. Latency 400 ms.' });
  });
});

describe('the look by the clock', () => {
  it('is missed after two minutes and a half, on a new deployment too', () => {
    expect(judge('watch', { ageMs: 150_000, isolateMs: 9e9 }).status).toBe('ok');
    expect(judge('watch', { ageMs: 150_001, isolateMs: 0 }).status).toBe('warning');
    expect(judge('watch', { ageMs: null, isolateMs: 1_000 }).status).toBe('ok');
    expect(judge('watch', { ageMs: null, isolateMs: 150_001 }).status).toBe('warning');
  });
});
