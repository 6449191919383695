import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anomaliesOf,
  byBinomial,
  byModifiedZ,
  type DeviceInBout,
  FALSE_DISCOVERY_RATE,
  type JudgedRound,
  judgeFindings,
  MAX_SCORE,
  MIN_PEERS,
  type ObserverInBout,
  type Observed,
} from '../../../domain/analytics/index.ts';
import { cards, mirrored, round, someRounds } from './support.ts';

const TAPS = {
  taps: 100,
  strikes: 80,
  significant: 40,
  voided: 2,
  replaced: 1,
  suppressed: 1,
  late: 0,
  implausible: 0,
  afterSwap: 0,
  activeMs: 900_000,
  lag: { p05: 20, p50: 60, p95: 150 },
};

function device(id: string, over: Partial<DeviceInBout> = {}): DeviceInBout {
  return { boutId: 'b1', device: id, numbered: 100, missing: 0, ...TAPS, ...over };
}

function observer(id: string, over: Partial<ObserverInBout> = {}): ObserverInBout {
  const scope = 'red+blue/damage+grappling+control';
  return { boutId: 'b1', sport: 'mma', kind: 'operator', observer: id, scope, ...TAPS, ...over };
}

/** Twelve of a kind, a little apart. */
function peers<T>(make: (id: string, at: number) => T): readonly T[] {
  return Array.from({ length: 12 }, (_none, at) => make(`peer-${String(at).padStart(2, '0')}`, at));
}

function found(observed: Partial<Observed>): readonly string[] {
  const { anomalies } = anomaliesOf({ devices: [], observers: [], rounds: [], ...observed });
  return anomalies.map(({ kind, subject }) => `${kind} ${subject.id}`);
}

const lagOf = (p05: number, spread = 130) => ({ lag: { p05, p50: p05 + 40, p95: p05 + spread } });

describe('devices', () => {
  const usual = peers((id, at) => device(id, lagOf(20 + at, 120 + 2 * at)));

  it('that are alike raise no question', () => {
    expect(found({ devices: usual })).toEqual([]);
  });

  it('stand out by a clock that is off either way, by a lag that spreads, by repeats and by gaps', () => {
    expect(found({ devices: [...usual, device('ahead', lagOf(-4_000))] })).toEqual(['device_clock ahead']);
    expect(found({ devices: [...usual, device('behind', lagOf(9_000))] })).toEqual(['device_clock behind']);
    expect(found({ devices: [...usual, device('cellar', lagOf(25, 40_000))] })).toEqual(['device_lag cellar']);
    expect(found({ devices: [...usual, device('twice', { ...lagOf(25), suppressed: 30 })] })).toEqual([
      'device_duplicates twice',
    ]);
    expect(found({ devices: [...usual, device('gaps', { ...lagOf(25), missing: 12 })] })).toEqual(['device_gaps gaps']);
  });

  it('are measured over their bouts: one bad night of three is not the device', () => {
    const nights = [25, 26, 9_000].map((p05, at) => device('once', { boutId: `b${at}`, ...lagOf(p05) }));
    expect(found({ devices: [...usual, ...nights] })).toEqual([]);
  });

  it('say what was measured against whom, how unusual it is, and that it is a question', () => {
    const { anomalies, tested } = anomaliesOf({
      observers: [],
      rounds: [],
      devices: [...usual, device('ahead', lagOf(-4_000))],
    });
    expect(tested).toBe(4 * 13);
    expect(anomalies).toEqual([
      {
        kind: 'device_clock',
        subject: { type: 'device', id: 'ahead' },
        population: 'devices of these bouts',
        peers: 12,
        method: 'modified_z',
        unit: 'ms',
        measured: -4_000,
        usual: 25,
        n: 1,
        bouts: ['b1'],
        score: expect.closeTo((-4_025 * 0.6745) / 3, 0),
        matters: true,
        p: expect.closeTo(0, 12),
        falseDiscoveryRate: expect.closeTo(0, 12),
        question:
          'device ahead: least lag -4000 ms; usual among devices of these bouts: 25 ms. Is its clock set by the network?',
      },
    ]);
  });

  it('too few, or with too few taps, are not asked about, and that is said', () => {
    const few = anomaliesOf({
      observers: [],
      rounds: [],
      devices: [...usual.slice(0, MIN_PEERS - 1), device('ahead', lagOf(-4_000))],
    });
    expect(few.anomalies).toEqual([]);
    expect(few.tested).toBe(0);
    expect(few.notAsked).toContainEqual({
      kind: 'device_clock',
      population: 'devices of these bouts',
      reason: 'too_few_peers',
      needed: MIN_PEERS,
      subjects: MIN_PEERS,
    });
    const quiet = anomaliesOf({
      observers: [],
      rounds: [],
      devices: [...usual, device('new', { ...lagOf(-4_000), taps: 3 })],
    });
    expect(quiet.anomalies).toEqual([]);
    expect(quiet.notAsked).toContainEqual(
      expect.objectContaining({ kind: 'device_lag', reason: 'too_little_data', needed: 50, subjects: 1 }),
    );
  });
});

describe('those who log', () => {
  const usual = peers((id, at) => observer(id, { taps: 95 + at }));

  it('stand out by their rate and by what they take back, among their like alone', () => {
    expect(found({ observers: usual })).toEqual([]);
    expect(found({ observers: [...usual, observer('slow', { taps: 60, voided: 1 })] })).toEqual(['operator_rate slow']);
    expect(found({ observers: [...usual, observer('unsure', { voided: 40 })] })).toEqual(['operator_voids unsure']);
    const half = peers((id, at) => observer(`half-${id}`, { scope: 'red/damage', taps: 45 + at }));
    expect(found({ observers: [...usual, ...half] })).toEqual([]);
    // Alone of a kind there is nobody to compare with.
    expect(found({ observers: [...usual, observer('slow', { taps: 60, kind: 'judge' })] })).toEqual([]);
  });
});

describe('judges', () => {
  /** Panels of ann, ben and cat: in each round the one who is named dissents. */
  const dissents = (alone: readonly string[]): readonly JudgedRound[] =>
    alone.map((one, at) =>
      round(cards(...['ann', 'ben', 'cat'].map((judge) => `${judge} ${judge === one ? '9-10' : '10-9'}`)), {
        boutId: `b${at}`,
      }),
    );
  const turns = (n: number): readonly string[] =>
    Array.from({ length: n }, (_none, at) => ['ann', 'ben', 'cat'][at % 3] ?? '');

  it('who take turns at dissenting raise no question, who always does raises one', () => {
    expect(found({ rounds: dissents(turns(60)).map((one, at) => (at % 2 === 0 ? one : mirrored(one))) })).toEqual([]);
    const always = dissents([...Array.from({ length: 30 }, () => 'cat'), ...turns(12)]);
    expect(found({ rounds: always.map((one, at) => (at % 2 === 0 ? one : mirrored(one))) })).toEqual([
      'judge_dissent cat',
    ]);
  });

  it('who name red where the panel is divided', () => {
    const leaning = Array.from({ length: 40 }, (_none, at) =>
      round(cards('ann 10-9', `ben ${at % 2 === 0 ? '10-9' : '9-10'}`, `cat ${at % 2 === 0 ? '9-10' : '10-9'}`), {
        boutId: `b${at}`,
      }),
    );
    const report = anomaliesOf({ devices: [], observers: [], rounds: leaning });
    const anomalies = report.anomalies.filter(({ kind }) => kind === 'judge_corner');
    expect(anomalies).toMatchObject([
      {
        kind: 'judge_corner',
        subject: { type: 'judge', id: 'ann' },
        measured: 1,
        usual: expect.closeTo(2 / 3, 9),
        n: 40,
      },
    ]);
    // (2/3)⁴⁰, on both sides.
    expect(anomalies[0]?.p).toBeCloseTo(2 * (2 / 3) ** 40, 12);
  });

  it('with few divided rounds are not asked about', () => {
    const report = anomaliesOf({
      devices: [],
      observers: [],
      rounds: dissents(Array.from({ length: 19 }, () => 'cat')),
    });
    expect(report).toMatchObject({ tested: 0, anomalies: [] });
    expect(report.notAsked).toContainEqual(expect.objectContaining({ kind: 'judge_dissent', needed: 20, subjects: 3 }));
  });

  it('mirror: with the corners swapped the same dissent, and the other corner', () => {
    fc.assert(
      fc.property(someRounds, (rounds) => {
        const many = Array.from({ length: 8 }, (_none, at) =>
          rounds.map((one) => ({ ...one, boutId: `${one.boutId}-${at}` })),
        ).flat();
        const [one, other] = [judgeFindings(many), judgeFindings(many.map(mirrored))];
        expect(other.notAsked).toEqual(one.notAsked);
        for (const [at, test] of one.tested.entries()) {
          const mirror = other.tested[at];
          const share = test.kind === 'judge_corner' ? 1 - test.measured : test.measured;
          expect(mirror?.measured).toBeCloseTo(share, 12);
          expect(mirror?.p).toBeCloseTo(test.p, 9);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('any comparison', () => {
  const about = { kind: 'device_clock', type: 'device', population: 'p' } as const;
  const values = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: MIN_PEERS + 1, maxLength: 40 });

  it('by modified z-scores flags nobody where all are alike, and does not mind order or shift', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -900, max: 900 }), (list, shift) => {
        const subjects = list.map((value, at) => ({ id: `d${at}`, value, n: 1, bouts: [] }));
        const one = byModifiedZ({ ...about, unit: 'ms' }, subjects).tested;
        const moved = byModifiedZ(
          { ...about, unit: 'ms' },
          subjects.map((two) => ({ ...two, value: two.value + shift })),
        ).tested;
        expect(moved.map(({ score }) => score?.toFixed(9))).toEqual(one.map(({ score }) => score?.toFixed(9)));
        const turned = byModifiedZ({ ...about, unit: 'ms' }, subjects.toReversed()).tested;
        expect(turned.toReversed()).toEqual(one);
        for (const { score, matters } of one) expect(matters).toBe(Math.abs(score ?? 0) > MAX_SCORE);
        const alike = byModifiedZ(
          { ...about, unit: 'ms' },
          subjects.map((two) => ({ ...two, value: 7 })),
        ).tested;
        expect(alike.every(({ score, p, matters }) => score === 0 && p === 1 && !matters)).toBe(true);
      }),
    );
  });

  it('by exact shares is the surer the more hits, and gives chances', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(100), { minLength: MIN_PEERS + 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 99 }),
        (hits, own) => {
          const others = hits.map((one, at) => ({ id: `d${at}`, hits: one, n: 100, bouts: [] }));
          const chance = (mine: number): number =>
            byBinomial(
              { ...about, kind: 'device_gaps' },
              [...others, { id: 'own', hits: mine, n: 100, bouts: [] }],
              1,
            ).tested.at(-1)?.p ?? -1;
          expect(chance(own + 1)).toBeLessThanOrEqual(chance(own) + 1e-12);
          expect(chance(own)).toBeGreaterThanOrEqual(0);
          expect(chance(own)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('of one answer is held to one false discovery rate', () => {
    // Each of these alone would be unusual at 5 %; of 300 tests some are.
    const devices = Array.from({ length: 75 }, (_none, at) =>
      device(`d${at}`, { ...lagOf(20 + (at % 9)), missing: at === 0 ? 4 : 1 }),
    );
    const { anomalies, tested } = anomaliesOf({ observers: [], rounds: [], devices });
    expect(tested).toBe(300);
    for (const one of anomalies) expect(one.falseDiscoveryRate).toBeLessThanOrEqual(FALSE_DISCOVERY_RATE);
    expect(anomalies).toEqual([]);
  });
});
