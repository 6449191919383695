import { describe, expect, it } from 'vitest';
import type { Corner } from '../../../domain/corner.ts';
import { alertsIn, withAlerts } from '../../../public/operator/alerts.ts';
import { controlNow, countedMarks, edgeOf, heldBy } from '../../../public/operator/control.ts';
import type { Line } from '../../../public/operator/lines.ts';
import { offeredRounds, placeOf, roundTime } from '../../../public/operator/round-time.ts';
import { controlBefore, controlStart, controlStop, type Saying } from '../../../public/operator/saying.ts';
import { viewAt } from './fixtures.ts';

function line(order: number, clockMs: number, corner: Corner, saying: Saying, more: Partial<Line> = {}): Line {
  return {
    eventId: `event_${order}`,
    corner,
    eventType: saying.event_type,
    metadata: saying.metadata,
    clockMs,
    own: true,
    by: 'operator_1',
    state: 'recorded',
    refusal: null,
    voided: false,
    late: false,
    was: null,
    refusedCorrection: null,
    order,
    ...more,
  };
}

const BOTH = ['red', 'blue'] as const;

function at(elapsedMs: number, over = false) {
  return { roundId: 1, status: over ? 'ENDED' : 'IN_PROGRESS', lengthMs: 300_000, elapsedMs, over } as const;
}

describe('control on the screen', () => {
  it('is one hold at a time, between kinds and between corners', () => {
    const lines = [
      line(1, 10_000, 'red', controlStart('top')),
      line(2, 14_000, 'red', controlStart('back')),
      line(3, 20_000, 'blue', controlStart('cage'), { state: 'unsent' }),
    ].reverse();
    const now = controlNow(countedMarks(lines, BOTH), at(25_000));
    expect(now.held).toEqual({ corner: 'blue', kind: 'cage', sinceMs: 20_000 });
    expect(now.heldMs).toBe(5_000);
    expect(now.totals).toEqual({ red: { top: 4_000, back: 6_000, cage: 0 }, blue: { top: 0, back: 0, cage: 5_000 } });
  });

  it('runs on after a start is taken back that had ended it', () => {
    const lines = [
      line(2, 20_000, 'blue', controlStart('top'), { voided: true }),
      line(1, 10_000, 'red', controlStart('top')),
    ];
    expect(controlNow(countedMarks(lines, BOTH), at(30_000))).toMatchObject({
      held: { corner: 'red', kind: 'top' },
      heldMs: 20_000,
    });
  });

  it('closes at the bell by itself', () => {
    const marks = countedMarks([line(1, 290_000, 'red', controlStart('top'))], BOTH);
    expect(controlNow(marks, at(300_000, true))).toMatchObject({ held: null, totals: { red: { top: 10_000 } } });
  });

  it('knows a tap whose time runs a moment ahead of this clock', () => {
    const marks = countedMarks([line(1, 10_020, 'red', controlStart('top'))], BOTH);
    expect(heldBy(marks, at(10_000))).toMatchObject({ corner: 'red', kind: 'top' });
    expect(controlNow(marks, at(10_000)).heldMs).toBe(0);
  });

  it('fills only what nobody held with what is reported afterwards', () => {
    const lines = [line(2, 30_000, 'red', controlBefore('top', 20)), line(1, 15_000, 'blue', controlStart('cage'))];
    const stopped = [line(3, 25_000, 'blue', controlStop('cage')), ...lines];
    expect(controlNow(countedMarks(stopped, BOTH), at(40_000)).totals).toEqual({
      red: { top: 10_000, back: 0, cage: 0 },
      blue: { top: 0, back: 0, cage: 10_000 },
    });
  });

  it('leaves out what is refused, late or without a time', () => {
    const start = controlStart('top');
    const lines = [
      line(1, 1_000, 'red', start, { state: 'refused' }),
      line(2, 1_000, 'red', start, { late: true }),
      line(3, 1_000, 'red', start, { clockMs: null }),
      line(4, 1_000, 'red', { event_type: 'Jab', metadata: {} }),
    ];
    expect(countedMarks(lines, BOTH)).toEqual([]);
  });

  it('takes an own corner from the own marks, another’s from whoever logged there last', () => {
    const other = { own: false, by: 'operator_2' };
    const third = { own: false, by: 'operator_3' };
    const lines = [
      line(4, 40_000, 'blue', controlStart('top'), other),
      line(3, 30_000, 'blue', controlStart('back'), third),
      line(2, 20_000, 'red', controlStart('cage'), other),
      line(1, 10_000, 'red', controlStart('top')),
    ];
    const marks = countedMarks(lines, ['red']);
    expect(marks.map(({ index }) => index)).toEqual([1, 4]);
    expect(heldBy(marks, at(50_000))).toMatchObject({ corner: 'blue', kind: 'top' });
    expect(countedMarks(lines, BOTH).map(({ index }) => index)).toEqual([1]);
  });

  it('makes one key a start or a stop by what is held', () => {
    const held = { corner: 'red', kind: 'top', sinceMs: 0 } as const;
    expect(edgeOf(null, 'red', 'top')).toBe('start');
    expect(edgeOf(held, 'red', 'top')).toBe('stop');
    expect(edgeOf(held, 'red', 'back')).toBe('start');
    expect(edgeOf(held, 'blue', 'top')).toBe('start');
  });
});

describe('the round that is logged', () => {
  const view = viewAt(1);
  const running = { ...view, clock: { ...view.clock, running_since_ms: 1_000_000 } };

  it('has its time from the clock’s anchor, and its end without a message', () => {
    expect(roundTime(running, 1, 1_060_000)).toMatchObject({ status: 'IN_PROGRESS', elapsedMs: 60_000, over: false });
    expect(roundTime(running, 1, 1_400_000)).toMatchObject({ status: 'ENDED', elapsedMs: 300_000, over: true });
  });

  it('stands at the bell where it is past, and at its beginning where it is to come', () => {
    const rounds = view.rounds.flatMap((round) => [
      { ...round, round_id: 1, status: 'LOCKED' as const },
      { ...round, round_id: 2, status: 'IN_PROGRESS' as const },
    ]);
    const second = { ...running, round_id: 2, rounds, clock: { ...running.clock, round_id: 2 } };
    expect(roundTime(second, 1, 1_010_000)).toMatchObject({ status: 'LOCKED', elapsedMs: 300_000, over: true });
    expect(roundTime(second, 3, 1_010_000)).toMatchObject({ status: 'NOT_STARTED', elapsedMs: 0, over: false });
    expect(offeredRounds(second, 'IN_PROGRESS')).toEqual([1, 2]);
    expect(offeredRounds(second, 'ENDED')).toEqual([1, 2, 3]);
    expect(offeredRounds({ ...second, round_id: 3 }, 'LOCKED')).toEqual([2, 3]);
    expect(offeredRounds(running, 'IN_PROGRESS')).toEqual([1]);
  });

  it('says where it counts', () => {
    expect((['IN_PROGRESS', 'PAUSED', 'NOT_STARTED', 'ENDED', 'LOCKED', 'FINAL'] as const).map(placeOf)).toEqual([
      'running',
      'stopped',
      'not_started',
      'over',
      'late',
      'final',
    ]);
  });
});

describe('devices in need', () => {
  const low = { deviceId: 'tablet', by: 'JUDGE001', alerts: [{ type: 'battery_low', value: 0 }] };

  it('are told by the socket, and are well again with an empty list', () => {
    const body = { type: 'alert', device_id: 'tablet', judge_id: 'JUDGE001', alerts: low.alerts };
    expect(alertsIn({ type: 'other', name: 'alert', body })).toEqual(low);
    expect(alertsIn({ type: 'other', name: 'ack', body })).toBeNull();
    expect(alertsIn({ type: 'other', name: 'alert', body: {} })).toBeNull();
    expect(withAlerts([], low)).toEqual([low]);
    expect(withAlerts([low], { ...low, alerts: [] })).toEqual([]);
  });
});
