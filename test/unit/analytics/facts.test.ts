import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boutFacts, type CornerFacts, FACTS_VERSION } from '../../../domain/analytics/index.ts';
import { type Corner, otherCorner } from '../../../domain/corner.ts';
import { type Book, bookOf, type Line, T0, write } from '../support/book.ts';
import {
  clock,
  judge,
  joining,
  legacyTap,
  lock,
  operator,
  REFEREE,
  replacing,
  SUPERVISOR,
  tap,
  voiding,
} from '../support/lines.ts';

function official(book: Book, winner: string, method = 'DEC', over: Partial<Line> = {}): void {
  const payload = { type: 'proposed', winner, method, decision: method === 'DEC' ? 'UD' : null };
  const proposed = write(book, { kind: 'result', actor: SUPERVISOR, payload, ...over });
  write(book, {
    kind: 'result',
    actor: { ...SUPERVISOR, subject: 'second' },
    receivedMs: T0 + 5_000_000,
    payload: { type: 'confirmed', proposal_index: proposed.index },
  });
}

function factsOf(book: Book) {
  return boutFacts(book.state, book.entries);
}

describe('what a finished bout contributes', () => {
  it('its rounds as the observers that count saw them, by kind of action', () => {
    const book = bookOf([
      joining('op-1'),
      clock('start_round', 0),
      tap('Jab', { at: 1_000, metadata: { significant: true, target: 'head', position: 'distance' } }),
      tap('Jab', { at: 2_000 }),
      tap('Head Kick', { at: 3_000, corner: 'blue', metadata: { significant: true } }),
      tap('KD', { at: 4_000, metadata: { tier: 'Hard' } }),
      tap('Rocked', { at: 4_500 }),
      tap('Takedown', { at: 5_000 }),
      tap('Control Start', { at: 6_000, metadata: { control: 'top' } }),
      tap('Control Stop', { at: 26_000 }),
      tap('Takedown Stuffed', { at: 30_000, corner: 'blue' }),
      // A judge who logs besides an operator does not count.
      tap('Hook', { by: judge(), at: 31_000 }),
      clock('end_round', 200_000),
      {
        kind: 'ruling',
        actor: REFEREE,
        round: 1,
        payload: { kind: 'deduction', fighter_id: 'fighter2', points_x10: 10 },
      },
    ]);
    official(book, 'red');
    const facts = factsOf(book);
    expect(facts).toMatchObject({
      version: FACTS_VERSION,
      sport: 'mma',
      result: {
        method: 'DEC',
        decision: 'UD',
        officialMs: T0 + 5_000_000,
        openMs: T0 + 5_000_000,
        fighters: { red: { fighter: 'john-doe', outcome: 'win' }, blue: { fighter: 'jane-smith', outcome: 'loss' } },
      },
    });
    expect(facts.rounds).toHaveLength(1);
    const [round] = facts.rounds;
    expect(round).toMatchObject({ round: 1, foughtMs: 200_000 });
    expect(round?.corners.red).toEqual({
      damage: {
        microPoints: 1_150_000,
        strikes: 2,
        significant: 1,
        head: 1,
        body: 0,
        leg: 0,
        distance: 1,
        clinch: 0,
        ground: 0,
        knockdowns: 1,
        flash: 0,
        hard: 1,
        nearFinish: 0,
        rocked: 1,
      },
      grappling: { microPoints: 250_000, takedowns: 1, stuffed: 0, submissions: 0, reversals: 0 },
      control: { microPoints: 200_000, ms: 20_000 },
      deductionsX10: 0,
      actions: { jab: 1, 'jab.significant': 1, 'kd.hard': 1, rocked: 1, takedown_landed: 1 },
    });
    expect(round?.corners.blue).toMatchObject({
      damage: { significant: 1, head: 1, knockdowns: 0 },
      grappling: { stuffed: 1 },
      control: { ms: 0 },
      deductionsX10: 10,
    });
  });

  it('nothing of what nobody counted, and no time that nobody knows', () => {
    const book = bookOf([joining('op-1', ['red'], ['damage']), tap('Jab', { at: 1_000 })]);
    official(book, 'blue', 'TKO', { round: 1 });
    const [round] = factsOf(book).rounds;
    expect(round?.foughtMs).toBeNull();
    expect(round?.corners.red).toMatchObject({ damage: { strikes: 1 }, grappling: null, control: null });
    expect(round?.corners.blue).toMatchObject({ damage: null, grappling: null, control: null });
  });

  it('the official time of a stoppage, and a round’s length where another followed', () => {
    const book = bookOf([tap('Jab'), tap('Jab', { round: 2 })]);
    official(book, 'red', 'KO', { round: 2, clockMs: 61_000 });
    expect(factsOf(book).rounds.map(({ foughtMs }) => foughtMs)).toEqual([300_000, 61_000]);
  });

  it('no fighters and no rounds without an official result; nobody where a bout names no fighter of its own', () => {
    const open = bookOf([clock('start_round', 0), tap('Jab', { at: 1_000 })]);
    expect(factsOf(open)).toMatchObject({ result: null, rounds: [], devices: [{ device: 'op-1-laptop', taps: 1 }] });
    const person = (id: string) => ({ id, commitment: 'c' });
    for (const [red, blue] of [
      ['fighter1', 'fighter2'],
      ['same', 'same'],
    ] as const) {
      const book = bookOf([tap('Jab')], { fighters: { red: person(red), blue: person(blue) } });
      official(book, 'draw', 'DRAW');
      expect(factsOf(book).result?.fighters.red).toEqual({ fighter: null, outcome: 'draw' });
    }
  });

  it('what each device and observer did: taps, lag, what was taken back, repeats, gaps', () => {
    const book = bookOf([
      clock('start_round', 0),
      ...[1, 2, 3, 5, 6].map((deviceSeq) =>
        tap('Jab', { at: deviceSeq * 1_000, receivedMs: T0 + deviceSeq * 1_100, deviceSeq }),
      ),
      tap('Hook', { at: 7_000, metadata: { significant: true }, flags: ['implausible_time'] }),
      tap('Jab', { by: judge('JUDGE002'), at: 8_000, flags: ['after_swap'] }),
      legacyTap('Jab', { at: 9_000 }),
      clock('end_round', 300_000),
      lock(),
      tap('Jab', { at: 10_000, flags: ['late'] }),
    ]);
    const [first, second] = book.entries.filter(({ kind }) => kind === 'action');
    if (first === undefined || second === undefined) throw new Error('no taps');
    write(book, voiding(first, SUPERVISOR));
    const mended = write(book, replacing(second, 'Cross'));
    write(book, voiding(mended));
    const repeat = { type: 'suppressed', of_index: second.index, of_event_id: 'e', device_id: 'op-1-laptop' };
    write(book, { kind: 'note', actor: operator(), deviceSeq: 8, payload: repeat });
    official(book, 'red');
    const { devices, observers } = factsOf(book);
    const shared = {
      taps: 7,
      strikes: 7,
      significant: 1,
      voided: 2,
      replaced: 1,
      suppressed: 1,
      late: 1,
      implausible: 1,
      afterSwap: 0,
      activeMs: 300_000,
    };
    expect(devices).toEqual([
      expect.objectContaining({ device: 'JUDGE002-tablet', taps: 1, afterSwap: 1, numbered: 0, missing: 0 }),
      { device: 'op-1-laptop', ...shared, numbered: 6, missing: 2, lag: { p05: 0, p50: 200, p95: 570 } },
    ]);
    expect(observers).toEqual([
      // The panel does not say who sits there: the token does.
      expect.objectContaining({ kind: 'judge', observer: 'person-of-JUDGE002', taps: 1 }),
      {
        kind: 'operator',
        observer: 'op-1',
        scope: 'red+blue/damage+grappling+control',
        ...shared,
        lag: { p05: 0, p50: 200, p95: 570 },
      },
    ]);
  });

  it('an operator’s assignment, so that like is compared with like', () => {
    const book = bookOf([joining('op-1', ['blue'], ['control', 'damage']), tap('Jab', { corner: 'blue' })]);
    expect(factsOf(book).observers).toMatchObject([{ scope: 'blue/damage+control' }]);
  });
});

const someTaps = fc.array(
  fc.record({
    type: fc.constantFrom(
      'Jab',
      'SS Hook',
      'KD',
      'Takedown',
      'Takedown Stuffed',
      'Rocked',
      'Control Start Top',
      'Low Kick',
    ),
    corner: fc.constantFrom<Corner>('red', 'blue'),
    round: fc.integer({ min: 1, max: 3 }),
    at: fc.integer({ min: 0, max: 299_000 }),
    who: fc.constantFrom(operator('op-1'), operator('op-2'), judge()),
    taken: fc.boolean(),
  }),
  { maxLength: 25 },
);

function boutOf(
  taps: readonly (typeof someTaps extends fc.Arbitrary<readonly (infer T)[]> ? T : never)[],
  swap: boolean,
) {
  const book = bookOf([joining('op-1'), joining('op-2', [swap ? 'blue' : 'red'])]);
  for (const round of [1, 2, 3]) write(book, clock('start_round', (round - 1) * 400_000, round));
  for (const { type, corner, round, at, who, taken } of taps) {
    const entry = write(book, tap(type, { corner: swap ? otherCorner(corner) : corner, round, at, by: who }));
    if (taken) write(book, voiding(entry));
  }
  official(book, swap ? 'blue' : 'red');
  return factsOf(book);
}

describe('the facts of any bout', () => {
  it('mirror when the corners are swapped, and go through JSON unchanged', () => {
    fc.assert(
      fc.property(someTaps, (taps) => {
        const [one, other] = [boutOf(taps, false), boutOf(taps, true)];
        expect(JSON.parse(JSON.stringify(one))).toEqual(one);
        for (const [at, round] of one.rounds.entries()) {
          const mirror = other.rounds[at]?.corners;
          expect([mirror?.blue, mirror?.red]).toEqual([round.corners.red, round.corners.blue]);
        }
        expect(other.rounds).toHaveLength(one.rounds.length);
        expect(other.devices).toEqual(one.devices);
        expect(other.result?.fighters.blue.outcome).toBe('win');
      }),
      { numRuns: 60 },
    );
  });

  it('count each action once: by kind they add up to the strikes and the rest', () => {
    fc.assert(
      fc.property(someTaps, (taps) => {
        const sum = (corner: CornerFacts, test: (key: string) => boolean): number =>
          Object.entries(corner.actions).reduce((total, [key, n]) => total + (test(key) ? n : 0), 0);
        for (const { red, blue } of boutOf(taps, false).rounds.map(({ corners }) => corners)) {
          for (const corner of [red, blue]) {
            expect(sum(corner, (key) => /^(jab|hook|low_kick)/.test(key))).toBe(corner.damage?.strikes ?? 0);
            expect(sum(corner, (key) => key.startsWith('kd.'))).toBe(corner.damage?.knockdowns ?? 0);
            expect(sum(corner, (key) => key === 'takedown_landed')).toBe(corner.grappling?.takedowns ?? 0);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
