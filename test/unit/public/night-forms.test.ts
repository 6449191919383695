import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  type BoutForm,
  copied,
  emptyForm,
  personOf,
  problemsOf,
  secondsOf,
  withoutSeat,
  withRuleset,
  withSeat,
  withSport,
} from '../../../public/supervisor/night/bout-form.ts';
import { cardBody, cardProblems, NO_CARD } from '../../../public/supervisor/night/card-form.ts';
import { decodeBoutForm } from '../../../public/supervisor/night/decode-form.ts';
import { fighterBody, fighterForm, fighterProblems } from '../../../public/supervisor/night/fighter-form.ts';
import { faultsOf } from '../../../public/supervisor/night/form-state.ts';
import { scaled } from '../../../public/supervisor/night/photo.ts';
import type { BoutFacts, Choosable } from '../../../public/supervisor/night/wire.ts';
import { JURISDICTION_NAMES, JURISDICTIONS, RULE_INFO, RULE_SET_IDS, rulesOf } from '../../../domain/rules/index.ts';
import { SPORTS } from '../../../domain/sport.ts';
import { createBoutSchema } from '../../../workers/schemas/bout.ts';
import { cardOf } from './night-fixtures.ts';

/** What GET /api/rules says, from the same table. */
const RULES: readonly Choosable[] = RULE_SET_IDS.flatMap((id) => {
  const rules = rulesOf(id);
  const sport = SPORTS.find((one) => one === RULE_INFO[id].sport);
  if (rules === null || sport === undefined) return [];
  const jurisdictions = JURISDICTION_NAMES.flatMap((name) => {
    const preset = JURISDICTIONS[name].presets[id];
    return preset === undefined ? [] : [{ id: name, title: JURISDICTIONS[name].title, source: preset.source }];
  });
  const usual = {
    panels: rules.panels,
    rounds_allowed: rules.roundsAllowed,
    round_lengths_s: rules.roundLengthsS,
  };
  return [{ id, title: RULE_INFO[id].title, sport, rules: usual, jurisdictions }];
});

const CARD = cardOf();

function filled(over: Partial<BoutForm> = {}): BoutForm {
  const form = emptyForm(RULES);
  return {
    ...form,
    red: { name: ' Ana Lima ', id: '' },
    blue: { name: 'Bo Chen', id: 'chen.1' },
    seats: form.seats.map((seat, at) => ({ ...seat, name: `Judge ${'ABC'[at]}` })),
    ...over,
  };
}

describe('the form of a bout', () => {
  it('starts with the usual values of MMA and three seats, and is not sent while it is empty', () => {
    const form = emptyForm(RULES);
    expect(form).toMatchObject({ sport: 'mma', ruleset: 'mma-unified-2017', rounds: '3', length: '5:00' });
    expect(form.seats.map((seat) => seat.seat)).toEqual(['JUDGE001', 'JUDGE002', 'JUDGE003']);
    expect(problemsOf(form).map((one) => one.field)).toEqual([
      'fighter1.name',
      'fighter2.name',
      'judges[0].judge_name',
      'judges[1].judge_name',
      'judges[2].judge_name',
    ]);
  });

  it('becomes a request that the server understands, whatever the sport', () => {
    for (const sport of SPORTS) {
      const form = withSport(filled(), RULES, sport);
      expect(problemsOf(form)).toEqual([]);
      const body = bodyOf(form, CARD);
      expect(createBoutSchema.safeParse(body).error?.issues ?? []).toEqual([]);
      expect(body).toMatchObject({
        card_id: 'card_1',
        judges_log: true,
        event: 'Night 1',
        date: '2026-11-21',
        fighter1: { name: 'Ana Lima' },
        fighter2: { name: 'Bo Chen', id: 'chen.1' },
        judges: [{ judge_id: 'JUDGE001', judge_name: 'Judge A', person_id: 'judge_a' }, {}, {}],
      });
    }
  });

  it('sends what was chosen beyond the usual, and nothing of what was left empty', () => {
    const usual = bodyOf(filled(), { ...CARD, date: null, time_zone: null });
    expect(usual).not.toHaveProperty('date');
    expect(usual).not.toHaveProperty('rules');
    expect(usual).not.toHaveProperty('validator');
    expect(usual.fighter1).toEqual({ name: 'Ana Lima' });
    const chosen = bodyOf(
      filled({
        jurisdiction: 'ohio',
        judgesLog: false,
        delay: '7.5',
        limits: { min_actions: '8', min_human: '', max_human_gap: '90', max_camera_gap: '' },
      }),
      CARD,
    );
    expect(chosen).toMatchObject({
      rules: { jurisdiction: 'ohio' },
      judges_log: false,
      delay_ms: 7_500,
      validator: { min_actions: 8, max_human_gap_ms: 90_000 },
    });
  });

  it('names each field that is wrong as the server would', () => {
    const form = filled({
      rounds: 'three',
      length: '5:75',
      delay: '601',
      red: { name: 'X'.repeat(121), id: '' },
      blue: { name: 'Bo', id: 'no spaces' },
      seats: [
        { seat: 'JUDGE001', name: 'A', person: '' },
        { seat: 'JUDGE001', name: 'B', person: 'a|b' },
      ],
    });
    expect(problemsOf(form).map((one) => one.field)).toEqual([
      'scheduled_rounds',
      'round_length_s',
      'fighter1.name',
      'fighter2.id',
      'judges[1].judge_id',
      'judges[1].person_id',
      'delay_ms',
    ]);
  });

  it('keeps what fits another rule set and replaces what does not', () => {
    const boxing = withSport(filled({ jurisdiction: 'ohio', rounds: '5' }), RULES, 'boxing');
    expect(boxing).toMatchObject({ ruleset: 'boxing', jurisdiction: '', rounds: '4', length: '3:00' });
    const twelve = withRuleset({ ...boxing, rounds: '12', length: '2:00' }, RULES, 'boxing');
    expect(twelve).toMatchObject({ rounds: '12', length: '2:00' });
    const newer = withRuleset(filled({ jurisdiction: 'ohio' }), RULES, 'mma-unified-2025');
    expect(newer).toMatchObject({ jurisdiction: 'ohio', rounds: '3' });
  });

  it('has one to nine seats, each new one under a free name', () => {
    let form = withoutSeat(emptyForm(RULES), 1);
    expect(form.seats.map((seat) => seat.seat)).toEqual(['JUDGE001', 'JUDGE003']);
    form = withSeat(form);
    expect(form.seats.at(-1)?.seat).toBe('JUDGE002');
    for (let more = 0; more < 10; more += 1) form = withSeat(form);
    expect(form.seats).toHaveLength(9);
  });

  it('comes back from the device as it was left there', () => {
    const form = filled({ rounds: 'th', length: '' });
    expect(decodeBoutForm(JSON.parse(JSON.stringify(form)))).toEqual(form);
    expect(decodeBoutForm({ ...form, sport: 'chess' })).toBeUndefined();
  });

  it('takes panel and rules of an earlier bout, and leaves the fighters alone', () => {
    const earlier: BoutFacts = {
      round_status: 'FINAL',
      round_id: 3,
      result: null,
      sealed: false,
      bout: {
        bout_id: 'b1',
        card_id: 'card_1',
        sport: 'boxing',
        ruleset: 'boxing',
        scheduled_rounds: 10,
        round_length_s: 180,
        fighter1: { id: 'fighter1', name: 'X' },
        fighter2: { id: 'fighter2', name: 'Y' },
        judges: [
          { judge_id: 'J1', judge_name: 'Zoë Müller', absent: false, person_id: null },
          { judge_id: 'J2', judge_name: 'Kim', absent: false, person_id: null },
        ],
        judges_log: false,
        release_policy: { statistics: 'broadcast', scorecards: 'none', recommendation: 'none' },
        delay_ms: 2_500,
        simulated: false,
      },
    };
    const card = cardOf({ seats: [{ judge_id: 'J2', subject: 'kim_2', device_id: 'd', device_epoch: 1 }] });
    const form = copied(filled(), earlier, 'maryland', card);
    expect(form).toMatchObject({
      red: { name: ' Ana Lima ' },
      ruleset: 'boxing',
      jurisdiction: 'maryland',
      rounds: '10',
      length: '3:00',
      judgesLog: false,
      delay: '2.5',
      release: { statistics: 'broadcast' },
    });
    expect(form.seats.map(personOf)).toEqual(['zoe_muller', 'kim_2']);
    expect(problemsOf(form)).toEqual([]);
  });

  it('reads a length as minutes or as minutes and seconds', () => {
    expect(['5', '5:00', '0:30', '12:05'].map(secondsOf)).toEqual([300, 300, 30, 725]);
    expect(['', '5:', ':30', '5:60', '5.5', '-1'].map(secondsOf)).toEqual([null, null, null, null, null, null]);
  });
});

describe('the form of a night', () => {
  it('sends what is known, trimmed', () => {
    expect(cardProblems(NO_CARD).map((one) => one.field)).toEqual(['promotion', 'event']);
    const form = { promotion: ' P ', event: 'E', date: '', timeZone: 'Asia/Tokyo', venue: ' ' };
    expect(cardProblems(form)).toEqual([]);
    expect(cardBody(form)).toEqual({ promotion: 'P', event: 'E', time_zone: 'Asia/Tokyo' });
  });
});

describe('particulars of a fighter', () => {
  const unknown = {
    name: 'A',
    photo_url: null,
    nickname: null,
    country: null,
    record: null,
    age: null,
    height_cm: null,
    reach_cm: null,
    weight_kg: null,
    stance: null,
    team: null,
  };

  it('that are empty are not sent, and numbers are numbers', () => {
    const form = fighterForm({ ...unknown, nickname: 'Ace', weight_kg: 70.3, stance: 'southpaw' });
    expect(fighterBody(form)).toEqual({ nickname: 'Ace', weight_kg: 70.3, stance: 'southpaw' });
    expect(fighterBody({ ...form, country: ' pol ', weight_kg: '70,5', nickname: '' })).toEqual({
      country: 'POL',
      weight_kg: 70.5,
      stance: 'southpaw',
    });
    expect(fighterProblems({ ...form, age: 'old', weight_kg: '70.25' }).map((one) => one.field)).toEqual([
      'age',
      'weight_kg',
    ]);
  });

  it('come with a photo that is made smaller, never larger', () => {
    expect(scaled(4_000, 3_000)).toEqual({ width: 800, height: 600 });
    expect(scaled(300, 500)).toEqual({ width: 300, height: 500 });
    expect(scaled(20_000, 1)).toEqual({ width: 800, height: 1 });
  });
});

describe('what is wrong with a form', () => {
  const refused = {
    kind: 'failed',
    failure: {
      kind: 'problem',
      status: 400,
      code: 'bad_request',
      detail: 'date: no',
      errors: [
        { field: 'date', detail: 'no such day' },
        { field: 'other', detail: 'other: unknown field' },
      ],
    },
  } as const;

  it('is told at its field, and what has no field below the form', () => {
    const faults = faultsOf([], refused, ['date']);
    expect(faults.at('date')).toBe('no such day');
    expect(faults.at('venue')).toBeUndefined();
    expect(faults.rest).toBe('other: unknown field');
  });

  it('is what the page finds first, and nothing while nothing was tried', () => {
    const local = [{ field: 'event', detail: 'empty' }];
    expect(faultsOf(local, refused, ['date', 'event']).at('date')).toBeUndefined();
    expect(faultsOf(local, refused, ['event']).rest).toMatch(/One field/);
    expect(faultsOf([], { kind: 'idle' }, []).rest).toBeNull();
  });

  it('may be that nobody answered, and then it is safe to press again', () => {
    const silent = faultsOf([], { kind: 'failed', failure: { kind: 'unreachable' } }, []);
    expect(silent.rest).toMatch(/not be done twice/);
  });
});
