import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isId } from '../../../domain/ids.ts';
import { ROLES } from '../../../domain/roles/index.ts';
import {
  codeState,
  placeBody,
  type PlaceForm,
  placeProblems,
  rolesToGive,
} from '../../../public/supervisor/night/codes.ts';
import { timeLeft } from '../../../public/supervisor/night/dates.ts';
import { byTrouble, reportingSeats, withAlerts } from '../../../public/supervisor/night/health.ts';
import { idFromName, nextSeat } from '../../../public/supervisor/night/ids.ts';
import { moved } from '../../../public/supervisor/night/order.ts';
import { delayMsOf, opened } from '../../../public/supervisor/night/release.ts';
import { deviceWarnings, panelWarnings } from '../../../public/supervisor/night/warnings.ts';
import type { DeviceReport, Pairing } from '../../../public/supervisor/night/wire.ts';
import { minutesLeft, partOf, readPlace, withPlace } from '../../../public/supervisor/roles.ts';
import { cardOf, deviceOf } from './night-fixtures.ts';

describe('an id from a name', () => {
  it('is tidy, and the same however the name is written', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['Jane Doe', 'jane_doe'],
      ['  JANE   doe ', 'jane_doe'],
      ["Seán O'Brien-Núñez", 'sean_obrien_nunez'],
      ['Dr. J. Smith, Jr.', 'dr_j_smith_jr'],
      ['Łukasz Großkopf', 'lukasz_grosskopf'],
      ['Søren Æbelø', 'soren_aebelo'],
      ['', ''],
      ['   ', ''],
    ];
    for (const [name, id] of cases) expect(idFromName(name)).toBe(id);
    expect(idFromName('山田 太郎')).toMatch(/^person_[0-9a-f]{8}$/);
    expect(idFromName('山田 太郎')).not.toBe(idFromName('山田 次郎'));
  });

  it('is an id, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        fc.pre(name.trim() !== '');
        expect(isId(idFromName(name))).toBe(true);
        expect(idFromName(name)).toBe(idFromName(name.normalize('NFD').normalize('NFC')));
      }),
    );
  });

  it('of a seat is the first that is free', () => {
    expect(nextSeat([])).toBe('JUDGE001');
    expect(nextSeat(['JUDGE001', 'JUDGE003'])).toBe('JUDGE002');
  });
});

describe('warnings', () => {
  const seat = (judge_id: string, judge_name: string, absent = false) => ({ judge_id, judge_name, absent });

  it('name a seat and a judge that are there twice, and a panel of nobody', () => {
    expect(panelWarnings([])).toEqual([{ kind: 'no_panel' }]);
    expect(panelWarnings([seat('J1', 'Ann'), seat('J1', 'Bob'), seat('J2', ' ann ')])).toEqual([
      { kind: 'seat_twice', seat: 'J1' },
      { kind: 'name_twice', name: 'Ann', seats: ['J1', 'J2'] },
    ]);
    expect(panelWarnings([seat('J1', ''), seat('J2', '')])).toEqual([]);
  });

  it('name the seats without a device, or say that there is none at all', () => {
    const seats = [seat('J1', 'Ann'), seat('J2', 'Bob'), seat('J3', 'Cem', true)];
    expect(deviceWarnings(seats, cardOf())).toEqual([{ kind: 'no_devices' }]);
    const one = cardOf({ devices: [deviceOf({ judge_id: 'J1' })] });
    expect(deviceWarnings(seats, one)).toEqual([{ kind: 'seat_without_device', seat: 'J2' }]);
    const gone = cardOf({
      devices: [
        deviceOf({ judge_id: 'J1', revoked: true }),
        deviceOf({ device_id: 'dev_2', judge_id: 'J2', current: false }),
      ],
    });
    expect(deviceWarnings(seats, gone)).toEqual([{ kind: 'no_devices' }]);
    expect(deviceWarnings([], cardOf())).toEqual([]);
    // Who works by a link and reports needs none.
    expect(deviceWarnings(seats, one, ['J2'])).toEqual([]);
    expect(deviceWarnings(seats, cardOf(), ['J2'])).toEqual([{ kind: 'seat_without_device', seat: 'J1' }]);
  });

  it('name a person in several places once, whatever the case of the id', () => {
    const card = cardOf({
      devices: [
        deviceOf({ device_id: 'd1', judge_id: 'J1', subject: 'jane' }),
        deviceOf({ device_id: 'd2', judge_id: 'J2', subject: 'JANE' }),
        deviceOf({ device_id: 'd3', judge_id: null, role: 'timekeeper', subject: 'jane' }),
        deviceOf({ device_id: 'd4', judge_id: null, role: 'referee', subject: 'jane', revoked: true }),
        deviceOf({ device_id: 'd5', judge_id: 'J3', subject: 'kim' }),
      ],
    });
    const seats = ['J1', 'J2', 'J3'].map((id) => seat(id, id));
    expect(deviceWarnings(seats, card)).toEqual([
      {
        kind: 'person_twice',
        person: 'jane',
        posts: [
          { role: 'judge', seat: 'J1' },
          { role: 'judge', seat: 'J2' },
          { role: 'timekeeper', seat: null },
        ],
      },
    ]);
  });
});

describe('the order of a card', () => {
  const card = cardOf({ bouts: ['a', 'b', 'c'].map((bout_id, at) => ({ bout_id, position: at + 1 })) });
  const order = (boutId: string, to: number) => moved(card, boutId, to).bouts.map((bout) => bout.bout_id);

  it('changes by one bout alone', () => {
    expect(order('c', 1)).toEqual(['c', 'a', 'b']);
    expect(order('a', 2)).toEqual(['b', 'a', 'c']);
    expect(order('b', 2)).toEqual(['a', 'b', 'c']);
    expect(moved(card, 'c', 1).bouts.map((bout) => bout.position)).toEqual([1, 2, 3]);
  });
});

describe('release', () => {
  const now = { statistics: 'commission', scorecards: 'commission', recommendation: 'public' } as const;

  it('opens only where more people see more', () => {
    expect(opened(now, now)).toEqual([]);
    expect(opened(now, { ...now, statistics: 'public' })).toEqual(['statistics']);
    expect(opened(now, { ...now, statistics: 'none', recommendation: 'corners' })).toEqual([]);
    expect(opened(now, { statistics: 'broadcast', scorecards: 'corners', recommendation: 'none' })).toEqual([
      'statistics',
      'scorecards',
    ]);
  });

  it('takes a delay in seconds', () => {
    expect(['0', '7', '2.5', '2,5', ' 600 '].map(delayMsOf)).toEqual([0, 7_000, 2_500, 2_500, 600_000]);
    expect(['', '-1', '601', '1e2', '7 s'].map(delayMsOf)).toEqual([null, null, null, null, null]);
  });
});

describe('codes', () => {
  const place: PlaceForm = { role: 'operator', name: 'Ann Lee', subject: '', seat: 'J1', corners: [], aspects: [] };

  it('carry only what restricts, and a seat for judges alone', () => {
    expect(placeBody(place, 'c')).toEqual({ card_id: 'c', role: 'operator', subject: 'ann_lee' });
    expect(placeBody({ ...place, corners: ['red'], aspects: ['damage', 'control'] }, 'c')).toEqual({
      card_id: 'c',
      role: 'operator',
      subject: 'ann_lee',
      corners: ['red'],
      aspects: ['damage', 'control'],
    });
    expect(
      placeBody({ ...place, corners: ['red', 'blue'], aspects: ['damage', 'grappling', 'control'] }, 'c'),
    ).not.toHaveProperty('corners');
    expect(placeBody({ ...place, role: 'judge', subject: 'lee' }, 'c')).toEqual({
      card_id: 'c',
      role: 'judge',
      subject: 'lee',
      judge_id: 'J1',
    });
  });

  it('are not made for nobody, or for a judge without a seat', () => {
    expect(placeProblems(place)).toEqual([]);
    expect(placeProblems({ ...place, name: '' }).map((one) => one.field)).toEqual(['subject']);
    expect(placeProblems({ ...place, role: 'judge', seat: '' }).map((one) => one.field)).toEqual(['judge_id']);
    expect(rolesToGive('supervisor')).not.toContain('supervisor');
    expect(rolesToGive('admin')).toContain('supervisor');
  });

  it('are known by badge and end, and expire by the server’s time', () => {
    const end = '2026-11-21T12:00:00.000Z';
    const code = { url: 'u', expiresAt: end, role: 'judge', subject: 'ann', seat: 'J1', place } as const;
    const pairing: Pairing = {
      role: 'judge',
      subject: 'ann',
      judge_id: 'J1',
      corners: null,
      aspects: null,
      created_at: end,
      expires_at: end,
      status: 'claimed',
      device_id: 'dev_1',
    };
    const before = Date.parse(end) - 1;
    expect(codeState(code, [], before)).toBe('open');
    expect(codeState(code, [pairing], before)).toBe('claimed');
    expect(codeState(code, [{ ...pairing, judge_id: 'J2' }], before)).toBe('open');
    expect(codeState(code, [{ ...pairing, status: 'open' }], before + 1)).toBe('expired');
  });

  it('count down', () => {
    expect([0, 59_001, 3_599_000, 3_600_000, 43_200_000].map(timeLeft)).toEqual([
      '0:00',
      '1:00',
      '59:59',
      '1 h 00 min',
      '12 h 00 min',
    ]);
  });
});

describe('the health of devices', () => {
  const at = Date.parse('2026-11-21T12:00:00.000Z');
  const report = (device_id: string, over: Partial<DeviceReport> = {}): DeviceReport => ({
    device_id,
    judge_id: device_id,
    battery_percent: 80,
    network_strength_percent: null,
    latency_ms: 20,
    fps: 60,
    dropped_event_count: 0,
    last_report: new Date(at).toISOString(),
    status: 'ok',
    alerts: [],
    ...over,
  });

  it('shows the silent first, then those with the most alerts', () => {
    const low = { type: 'battery_low', value: 9 };
    const slow = { type: 'latency_high', value: 900 };
    const sorted = byTrouble(
      [
        report('b'),
        report('a'),
        report('one', { alerts: [low] }),
        report('two', { alerts: [low, slow] }),
        report('gone', { last_report: new Date(at - 20_000).toISOString() }),
      ],
      at,
    );
    expect(sorted.map((one) => [one.device_id, one.status])).toEqual([
      ['gone', 'offline'],
      ['two', 'warning'],
      ['one', 'warning'],
      ['a', 'ok'],
      ['b', 'ok'],
    ]);
  });

  it('knows the seats that somebody reports from now', () => {
    const old = new Date(at - 20_000).toISOString();
    const reports = [
      report('x', { judge_id: 'J2' }),
      report('y', { judge_id: 'J2' }),
      report('z', { judge_id: 'J1', alerts: [{ type: 'battery_low', value: 9 }] }),
      report('gone', { judge_id: 'J3', last_report: old }),
    ];
    expect(reportingSeats(reports, [], at)).toEqual(['J1', 'J2']);
    // A device that was shut out a moment ago came by no link.
    expect(reportingSeats(reports, ['z'], at)).toEqual(['J2']);
  });

  it('lets a report grow old while nobody can be asked, and takes what is pushed', () => {
    const reports = [report('a'), report('b')];
    expect(byTrouble(reports, at + 15_000).map((one) => one.status)).toEqual(['ok', 'ok']);
    expect(byTrouble(reports, at + 15_001).map((one) => one.status)).toEqual(['offline', 'offline']);
    const pushed = withAlerts(reports, 'b', [{ type: 'battery_low', value: 5 }]);
    expect(byTrouble(pushed, at)[0]).toMatchObject({ device_id: 'b', status: 'warning' });
    expect(byTrouble(withAlerts(pushed, 'b', []), at).map((one) => one.status)).toEqual(['ok', 'ok']);
  });
});

describe('the place of the page', () => {
  it('is the whole desk for supervisors, a part for two more, and nothing for anybody else', () => {
    const parts = Object.fromEntries(ROLES.map((role) => [role, partOf(role)]));
    expect(parts).toEqual({
      admin: 'all',
      supervisor: 'all',
      operator: null,
      judge: null,
      timekeeper: 'clock',
      referee: 'rulings',
      broadcaster: null,
      camera: null,
      analyst: null,
      viewer: null,
    });
    expect(partOf(null)).toBeNull();
  });

  it('is read from the address and written back beside what else stands there', () => {
    expect(readPlace('?bout=b1&view=devices')).toEqual({ bout: 'b1', card: null, view: 'devices' });
    expect(readPlace('?bout=&view=nonsense')).toEqual({ bout: null, card: null, view: null });
    expect(withPlace('?k=1&bout=b1', { bout: null, card: 'c', view: 'night' })).toBe('?k=1&card=c&view=night');
    expect(withPlace('?bout=b1', { bout: null, card: null, view: null })).toBe('');
  });
});

describe('a link that ends', () => {
  it('is told of when there is time for another one, and not where the device renews it', () => {
    const at = 1_000_000_000;
    expect(minutesLeft(at + 30 * 60_000, null, at)).toBeNull();
    expect(minutesLeft(at + 12.5 * 60_000, null, at)).toBe(12);
    expect(minutesLeft(at - 5_000, null, at)).toBe(0);
    expect(minutesLeft(at + 60_000, 1, at)).toBeNull();
    expect(minutesLeft(null, null, at)).toBeNull();
  });
});
