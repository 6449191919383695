import { describe, expect, it } from 'vitest';
import { roundFigures, sumFigures } from '../../../public/commentary/counts.ts';
import { rulesLine } from '../../../public/commentary/rules.ts';
import { rulesOf, rulesToLeaf } from '../../../domain/rules/index.ts';
import { joinsOn, needsReading, withEntries } from '../../../public/commentary/round-entries.ts';
import { columnsOf, shownIn } from '../../../public/commentary/table.ts';
import { decodeEntry, type WireEntry } from '../../../public/shared/wire/frames.ts';
import { cardsOf, viewWith } from './board-support.ts';

let next = 0;

function entry(event_type: string, more: object = {}): WireEntry {
  next += 1;
  const read = decodeEntry({
    sequence_index: next,
    event_id: `e${next}`,
    kind: 'action',
    round_id: 1,
    clock_ms: 10_000,
    actor: { subject: 'op_1', role: 'operator', seat: null, device: null },
    flags: [],
    event_type,
    fighter_id: 'fighter1',
    judge_id: null,
    metadata: {},
    ...more,
  });
  if (read === undefined) throw new Error('The entry of the test is none.');
  return read;
}

const by = (subject: string, role = 'operator') => ({ actor: { subject, role, seat: null, device: null } });
const view = viewWith();

describe('the figures of a round', () => {
  it('count by the definitions of the server', () => {
    const { red, blue } = roundFigures(
      view,
      [
        entry('Jab', { metadata: { significant: true, target: 'head', position: 'distance' } }),
        entry('Low Kick', { metadata: { position: 'distance' } }),
        entry('Ground Strike', { metadata: { tier: 'Light' } }),
        entry('KD', { metadata: { tier: 'Hard' } }),
        entry('Takedown Landed'),
        entry('Takedown Stuffed', { fighter_id: 'f_blue' }),
        entry('Submission Attempt', { metadata: { tier: 'Deep' } }),
      ],
      60_000,
    );
    expect(red).toMatchObject({ significant: 2, head: 1, leg: 1, distance: 2, strikes: 3, knockdowns: 1 });
    expect(red).toMatchObject({ takedowns: 1, submissions: 1, stuffed: 0, controlMs: 0 });
    expect(blue).toMatchObject({ significant: 0, stuffed: 1 });
  });

  it('leave out what was taken back, what came late, and what this page does not know', () => {
    const { red } = roundFigures(
      view,
      [
        entry('Jab', { metadata: { significant: true }, voided: true }),
        entry('Jab', { metadata: { significant: true }, flags: ['late'] }),
        entry('Telekinesis'),
        entry('Jab', { metadata: { significant: true }, fighter_id: 'nobody' }),
      ],
      60_000,
    );
    expect(red).toMatchObject({ significant: 0, strikes: 0 });
  });

  it('count control from start to stop, one holder at a time, and up to now where it is held', () => {
    const start = (clock_ms: number, fighter_id: string) =>
      entry('Control Start', { clock_ms, fighter_id, metadata: { control: 'top' } });
    const held = roundFigures(view, [start(10_000, 'fighter1'), start(30_000, 'fighter2')], 45_000);
    expect([held.red.controlMs, held.blue.controlMs]).toEqual([20_000, 15_000]);
  });

  it('do not presume the bell where the server’s points for control say otherwise', () => {
    const held = [entry('Control Start', { clock_ms: 10_000, metadata: { control: 'top' } })];
    const whole = { red: 290 * 0.01, blue: 0 };
    expect(roundFigures(view, held, 300_000, whole).red.controlMs).toBe(290_000);
    expect(roundFigures(view, held, 300_000, { red: 0.3, blue: 0 }).red.controlMs).toBeNull();
    const stopped = [...held, entry('Control Stop', { clock_ms: 40_000 })];
    expect(roundFigures(view, stopped, 300_000, { red: 9, blue: 0 }).red.controlMs).toBe(30_000);
  });

  it('say nothing where two operators saw different things, and something where they agree', () => {
    const jab = { metadata: { significant: true, target: 'head' } };
    const taps = [entry('Jab', { ...jab, ...by('op_1') }), entry('Jab', { ...jab, ...by('op_2') })];
    expect(roundFigures(view, taps, 0).red).toMatchObject({ significant: 1, head: 1 });
    const more = [...taps, entry('Jab', { metadata: { significant: true, target: 'body' }, ...by('op_2') })];
    expect(roundFigures(view, more, 0).red).toMatchObject({ significant: null, head: 1, body: null, takedowns: 0 });
  });

  it('are an operator’s before a judge’s, and of judges the first of the panel’s', () => {
    const judge = (subject: string) => ({ ...by(subject, 'judge'), judge_id: subject });
    const seats = [entry('Jab', judge('J2')), entry('Jab', judge('J1')), entry('Cross', judge('J1'))];
    expect(roundFigures(view, seats, 0).red.strikes).toBe(2);
    expect(roundFigures(view, [...seats, entry('Jab', by('op_1'))], 0).red.strikes).toBe(1);
    // The operator's eyes may not have been on grappling at all.
    const mixed = [entry('Jab', by('op_1')), entry('Takedown Landed', judge('J1'))];
    expect(roundFigures(view, mixed, 0).red).toMatchObject({ strikes: 1, takedowns: null });
  });

  it('keep a correction with whoever saw what it replaces', () => {
    const first = entry('Jab', { voided: true, ...by('op_1') });
    const mended = entry('Cross', { kind: 'replace', replaces: first.event_id, ...by('sup_1', 'supervisor') });
    const figures = roundFigures(view, [first, mended, entry('Hook', by('op_1'))], 0);
    expect(figures.red.strikes).toBe(2);
  });

  it('add up over rounds, and to nothing where one is not known', () => {
    const one = roundFigures(view, [entry('Jab')], 0);
    expect(sumFigures([one, one]).red.strikes).toBe(2);
    expect(sumFigures([one, { ...one, red: { ...one.red, strikes: null } }]).red.strikes).toBeNull();
  });
});

describe('the actions of the rounds', () => {
  it('are carried on only for a round that was read from its beginning, each once', () => {
    const known = withEntries(new Map([[1, [entry('Jab')]]]), []);
    const added = entry('Cross');
    const after = withEntries(withEntries(known, [added]), [added]);
    expect(after.get(1)).toHaveLength(2);
    expect(withEntries(known, [entry('Jab', { round_id: 2 })]).has(2)).toBe(false);
  });

  it('are marked where a later line takes them back', () => {
    const jab = entry('Jab');
    const gone = entry('', { kind: 'void', event_type: null, payload: { target_event_id: jab.event_id } });
    expect(withEntries(new Map([[1, [jab]]]), [gone]).get(1)?.[0]?.voided).toBe(true);
  });

  it('are read anew after a gap and after a ruling', () => {
    const lines = [entry('Jab'), entry('Jab')];
    const first = lines[0]?.sequence_index ?? 0;
    expect(joinsOn(first - 2, lines, 2)).toBe(false);
    expect(joinsOn(first, lines, 2)).toBe(true);
    expect(joinsOn(-1, lines, 20)).toBe(true);
    expect(needsReading([entry('', { kind: 'ruling' })])).toBe(true);
    expect(needsReading(lines)).toBe(false);
  });
});

describe('the table', () => {
  const round = { status: 'ENDED', total_events: 1, red_totals: null, blue_totals: null };
  const two = viewWith({
    round_id: 2,
    rounds: [
      { ...round, round_id: 1 },
      { ...round, round_id: 2 },
    ],
  });

  it('has a column of the bout from the second round on, and a dash for what is not known', () => {
    const entries = new Map([[1, [entry('Takedown Landed'), entry('Takedown Stuffed', { fighter_id: 'fighter2' })]]]);
    const [bout, second, first] = columnsOf(two, entries, null, 0);
    if (first === undefined || second === undefined || bout === undefined) throw new Error('Three columns.');
    expect(shownIn(first, 'red', 'takedowns')).toBe('1 of 2');
    expect(shownIn(first, 'red', 'controlMs')).toBe('0:00');
    expect(shownIn(second, 'red', 'takedowns')).toBeNull();
    expect(shownIn(bout, 'red', 'takedowns')).toBeNull();
    expect(shownIn(first, 'red', 'weighted_score')).toBeNull();
  });

  it('counts a knockdown that the referee ruled and nobody logged', () => {
    const ruling = {
      round_id: 1,
      sequence_index: 9,
      event_id: 'ruling_9',
      target_event_id: null,
      foul: null,
      time_ms: null,
      kind: 'knockdown',
      corner: 'red',
      intent: null,
      points: 0,
      method: null,
      rescinded: false,
      told: null,
    } as const;
    const cards = { ...cardsOf([]), rulings: [ruling] };
    const one = viewWith({ rounds: [{ ...round, round_id: 1 }] });
    const [column] = columnsOf(one, new Map([[1, []]]), cards, 0);
    expect(column === undefined ? null : shownIn(column, 'red', 'knockdowns')).toBe('1');
    const [undone] = columnsOf(one, new Map([[1, []]]), { ...cards, rulings: [{ ...ruling, rescinded: true }] }, 0);
    expect(undone === undefined ? null : shownIn(undone, 'red', 'knockdowns')).toBe('0');
  });
});

describe('the rules in a line', () => {
  const muayThai = rulesOf('muay-thai');
  if (muayThai === null) throw new Error('There is no such rule set.');
  const rules = rulesToLeaf(muayThai);
  const sets = {
    rule_sets: [{ id: 'muay-thai', title: 'Muay Thai', sport: 'muay-thai', rules, fouls: [], jurisdictions: [] }],
  };

  it('are those that the bout froze, else those of its set, else none', () => {
    const frozen = rulesLine(view, sets, { ...rules, rest_s: 90 });
    expect(frozen).toContain('Muay Thai');
    expect(frozen).toContain('rest 1:30');
    expect(frozen).toContain('3 knockdowns in a round end the bout');
    expect(frozen).toContain('1 point for a foul');
    const bout = { ...view, bout: { ...view.bout, ruleset: 'muay-thai' } };
    expect(rulesLine(bout, sets, null)).toContain('rest 2:00');
    expect(rulesLine(view, null, null)).toBeNull();
    expect(rulesLine(view, sets, {})).toBeNull();
  });
});
