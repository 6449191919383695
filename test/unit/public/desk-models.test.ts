import { describe, expect, it } from 'vitest';
import { type Due, dueNext, isDoublePress, type Situation } from '../../../public/supervisor/bout/model/due.ts';
import { letterHand, spaceHand } from '../../../public/supervisor/bout/clock/keys.ts';
import { departBody, BLANK_DEPART } from '../../../public/supervisor/bout/model/depart.ts';
import {
  BLANK_FOUL,
  BLANK_PENALTY,
  foulBodies,
  type FoulForm,
  lawfulPoints,
  penaltyBody,
} from '../../../public/supervisor/bout/model/foul.ts';
import {
  BLANK_REVIEW,
  BLANK_STOPPAGE,
  reviewBody,
  stoppageBody,
} from '../../../public/supervisor/bout/model/stoppage.ts';
import { adjustedElapsed, officialTime, parseTime, timeWords } from '../../../public/supervisor/bout/model/times.ts';

const FIGHTING: Situation = {
  round: 1,
  status: 'IN_PROGRESS',
  scheduled: 3,
  extensions: 0,
  extensionDue: null,
  early: false,
  stopped: false,
};

describe('what is due next on the clock', () => {
  it.each<[string, Partial<Situation>, Due]>([
    ['the first bell', { status: 'NOT_STARTED' }, { kind: 'start', round: 1 }],
    ['stopping or ending', {}, { kind: 'running', round: 1 }],
    ['the bell, where actions came before it', { early: true }, { kind: 'start', round: 1 }],
    ['going on', { status: 'PAUSED' }, { kind: 'standing', round: 1 }],
    ['the next round', { status: 'ENDED' }, { kind: 'start', round: 2 }],
    ['the next round, locked or not', { status: 'LOCKED', round: 2 }, { kind: 'start', round: 3 }],
    ['nothing after the last', { status: 'ENDED', round: 3 }, { kind: 'nothing', why: 'over' }],
    ['nothing after a stoppage', { status: 'ENDED', stopped: true }, { kind: 'nothing', why: 'stopped' }],
    ['nothing once it is official', { status: 'FINAL', round: 3 }, { kind: 'nothing', why: 'official' }],
    [
      'an extension that the record asks for',
      { status: 'ENDED', round: 3, extensions: 1, extensionDue: true },
      { kind: 'extension', round: 4, sure: true },
    ],
    [
      'an extension that may be due, for who is not told',
      { status: 'ENDED', round: 3, extensions: 1 },
      { kind: 'extension', round: 4, sure: false },
    ],
    [
      'nothing where the scorecards have a winner',
      { status: 'ENDED', round: 3, extensions: 1, extensionDue: false },
      { kind: 'nothing', why: 'over' },
    ],
    [
      'nothing once the extensions are used up',
      { status: 'ENDED', round: 4, extensions: 1 },
      { kind: 'nothing', why: 'over' },
    ],
  ])('is %s', (_what, change, due) => {
    expect(dueNext({ ...FIGHTING, ...change })).toEqual(due);
  });

  it('gives the keys their meaning', () => {
    expect(spaceHand({ kind: 'running', round: 2 })).toEqual({ kind: 'pause', round: 2 });
    expect(spaceHand({ kind: 'standing', round: 2 })).toEqual({ kind: 'resume', round: 2 });
    expect(spaceHand({ kind: 'start', round: 2 })).toBeNull();
    expect(letterHand('KeyN', { kind: 'start', round: 2 })).toEqual({ kind: 'start', round: 2 });
    expect(letterHand('KeyN', { kind: 'running', round: 2 })).toBeNull();
    expect(letterHand('KeyE', { kind: 'standing', round: 2 })).toEqual({ kind: 'end', round: 2 });
    expect(letterHand('KeyE', { kind: 'nothing', why: 'over' })).toBeNull();
    expect(letterHand('KeyX', { kind: 'running', round: 2 })).toBeNull();
  });

  it('takes a second press at once for a slip of the finger', () => {
    expect(isDoublePress(null, 0)).toBe(false);
    expect(isDoublePress(1_000, 1_599)).toBe(true);
    expect(isDoublePress(1_000, 1_600)).toBe(false);
  });
});

describe('times as they are written', () => {
  it.each([
    ['2:30', 150_000],
    ['0:00', 0],
    ['45', 45_000],
    [' 1:05 ', 65_000],
    ['0:12:34', 754_000],
    ['1:00:00', 3_600_000],
  ])('reads %s', (text, ms) => expect(parseTime(text)).toBe(ms));

  it.each(['', '1:75', '1:2:3:4', '-1:00', '1:005', 'two', '1.5', '12345'])('refuses %j', (text) => {
    expect(parseTime(text)).toBeNull();
  });

  it('rounds an elapsed time down', () => expect(timeWords(65_999)).toBe('1:05'));

  it('takes the official time as written, else from the clock, never beyond the round', () => {
    expect(officialTime('1:23', 90_000, 300_000)).toEqual({ ok: true, value: 83_000 });
    expect(officialTime('', 90_000.4, 300_000)).toEqual({ ok: true, value: 90_000 });
    expect(officialTime(' ', 300_400, 300_000)).toEqual({ ok: true, value: 300_000 });
    expect(officialTime('5:00', 0, 300_000)).toEqual({ ok: true, value: 300_000 });
    expect(officialTime('5:01', 0, 300_000)).toEqual({ ok: false, field: 'time_ms' });
  });

  it('turns time left into where the clock is to stand', () => {
    expect(adjustedElapsed({ left: '4:00' }, 0, 300_000)).toEqual({ ok: true, value: 60_000 });
    expect(adjustedElapsed({ left: '6:00' }, 0, 300_000)).toEqual({ ok: false, field: 'elapsed_ms' });
    expect(adjustedElapsed({ seconds: 10 }, 60_000, 300_000)).toEqual({ ok: true, value: 50_000 });
    expect(adjustedElapsed({ seconds: 10 }, 4_000, 300_000)).toEqual({ ok: true, value: 0 });
    expect(adjustedElapsed({ seconds: -10 }, 295_000, 300_000)).toEqual({ ok: true, value: 300_000 });
  });
});

const RULES = { points: [1, 2], injuryPoints: 2 };

const FOUL: FoulForm = { ...BLANK_FOUL, round: '2', foul: 'groin', corner: 'red', intent: 'accidental' };

describe('a foul', () => {
  it('becomes one ruling, or two of which the second names the first', () => {
    const alone = foulBodies(FOUL, RULES);
    expect(alone).toEqual({
      ok: true,
      value: {
        foul: {
          kind: 'foul',
          round_id: 2,
          fighter_id: 'fighter1',
          foul: 'groin',
          intent: 'accidental',
          injury: false,
        },
        penalty: null,
      },
    });
    const taken = foulBodies({ ...FOUL, penalty: '1', note: ' seen by the inspector ' }, RULES);
    expect(taken.ok && taken.value.penalty?.('foul_1')).toEqual({
      kind: 'deduction',
      round_id: 2,
      fighter_id: 'fighter1',
      target_event_id: 'foul_1',
      points: 1,
      injury: false,
      note: 'seen by the inspector',
    });
    const warned = foulBodies({ ...FOUL, corner: 'blue', penalty: 'warning' }, RULES);
    expect(warned.ok && warned.value.penalty?.('foul_1')).toEqual({
      kind: 'warning',
      round_id: 2,
      fighter_id: 'fighter2',
      target_event_id: 'foul_1',
    });
  });

  it('may be said in words where no list has it', () => {
    const read = foulBodies({ ...FOUL, foul: '', words: ' eye poke ' }, RULES);
    expect(read.ok && read.value.foul.foul).toBe('eye poke');
  });

  it('names every field that is missing or wrong, all at once', () => {
    expect(foulBodies(BLANK_FOUL, RULES)).toEqual({ ok: false, fields: ['round', 'words', 'corner', 'intent'] });
    expect(foulBodies({ ...FOUL, foul: '', words: 'x'.repeat(81) }, RULES)).toEqual({ ok: false, fields: ['words'] });
    expect(foulBodies({ ...FOUL, penalty: '3' }, RULES)).toEqual({ ok: false, fields: ['penalty'] });
  });

  it('costs what the rules say, where an intentional one injures', () => {
    expect(lawfulPoints(RULES, 'intentional', true)).toEqual([2]);
    expect(lawfulPoints(RULES, 'accidental', true)).toEqual([1, 2]);
    expect(lawfulPoints({ ...RULES, injuryPoints: null }, 'intentional', true)).toEqual([1, 2]);
    const light = { ...FOUL, intent: 'intentional', injury: true, penalty: '1' };
    expect(foulBodies(light, RULES)).toEqual({ ok: false, fields: ['penalty'] });
    expect(foulBodies({ ...light, penalty: '2' }, RULES).ok).toBe(true);
  });

  it('can be punished later', () => {
    const foul = { event_id: 'foul_1', round_id: 2, corner: 'blue', intent: 'intentional' } as const;
    expect(penaltyBody(BLANK_PENALTY, foul, RULES)).toEqual({
      kind: 'warning',
      round_id: 2,
      target_event_id: 'foul_1',
      fighter_id: 'fighter2',
    });
    expect(penaltyBody({ ...BLANK_PENALTY, penalty: '1', injury: true }, foul, RULES)).toBeNull();
    expect(penaltyBody({ ...BLANK_PENALTY, penalty: '2', injury: true }, foul, RULES)).toMatchObject({
      kind: 'deduction',
      points: 2,
      injury: true,
    });
  });
});

describe('a stoppage', () => {
  it('has a method, a winner and the official time', () => {
    const form = { ...BLANK_STOPPAGE, method: 'TKO', winner: 'blue', time: '1:23', note: 'corner threw the towel' };
    expect(stoppageBody(form, 2, 90_000, 300_000)).toEqual({
      ok: true,
      value: {
        kind: 'stoppage',
        round_id: 2,
        time_ms: 83_000,
        method: 'TKO',
        fighter_id: 'fighter2',
        note: 'corner threw the towel',
      },
    });
  });

  it('after a foul leaves method and winner to the rules', () => {
    const form = { ...BLANK_STOPPAGE, method: 'foul', winner: 'red', foul: 'foul_1', aggravated: true };
    expect(stoppageBody(form, 1, 90_000, 300_000)).toEqual({
      ok: true,
      value: { kind: 'stoppage', round_id: 1, time_ms: 90_000, target_event_id: 'foul_1', aggravated: true },
    });
  });

  it('as a no contest has no winner', () => {
    const read = stoppageBody({ ...BLANK_STOPPAGE, method: 'NC', winner: 'red' }, 1, 0, 300_000);
    expect(read.ok && read.value).not.toHaveProperty('fighter_id');
  });

  it('names what is missing', () => {
    expect(stoppageBody(BLANK_STOPPAGE, 1, 0, 300_000)).toEqual({ ok: false, fields: ['method'] });
    expect(stoppageBody({ ...BLANK_STOPPAGE, method: 'KO', time: '9:99' }, 1, 0, 300_000)).toEqual({
      ok: false,
      fields: ['winner', 'time'],
    });
    expect(stoppageBody({ ...BLANK_STOPPAGE, method: 'foul' }, 1, 0, 300_000)).toEqual({ ok: false, fields: ['foul'] });
  });
});

describe('a replay review', () => {
  it('says where in the footage and what it came to', () => {
    const form = { ...BLANK_REVIEW, round: '3', target: 'kd_1', footage: '0:12:34', outcome: 'overturned' };
    expect(reviewBody(form)).toEqual({
      ok: true,
      value: {
        kind: 'replay_review',
        round_id: 3,
        footage_ms: 754_000,
        outcome: 'overturned',
        target_event_id: 'kd_1',
      },
    });
    expect(reviewBody(BLANK_REVIEW)).toEqual({ ok: false, fields: ['round', 'footage', 'outcome'] });
  });
});

describe('a result that departs from the record', () => {
  it('says only what it says, and why', () => {
    expect(departBody({ ...BLANK_DEPART, method: 'KO', winner: 'red', round: '2', time: '1:00', reason: 'x' })).toEqual(
      {
        ok: true,
        value: { method: 'KO', winner: 'red', round_id: 2, time_ms: 60_000, reason: 'x' },
      },
    );
    expect(departBody({ ...BLANK_DEPART, reason: ' y ' })).toEqual({ ok: true, value: { reason: 'y' } });
    expect(departBody({ ...BLANK_DEPART, time: 'soon' })).toEqual({ ok: false, fields: ['time_ms', 'reason'] });
  });
});
