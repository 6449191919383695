import { describe, expect, it } from 'vitest';
import { change, listOf, numberOf, view } from '../bout/support.ts';
import type { Answer, Json } from '../support.ts';
import {
  accepted,
  agreed,
  evict,
  final,
  firstBell,
  fought,
  judge,
  type Night,
  openNight,
  passed,
  read,
  refusal,
  scored,
  seat,
  withoutATrace,
} from './support.ts';

/** What two persons do is done by two: not by one under two spellings, nor by who gains by it. */

const SUBSTITUTE = {
  change: 'substitute',
  judge_id: 'J2',
  person_name: 'Judge Nadia',
  reason: 'J2 is unwell',
} as const;

const PAPER = { judge_id: 'J2', round_id: 1, red: 10, blue: 9, reason: 'the tablet failed' } as const;

/** Seats whose persons the set-up names. */
const LISTED = ['J1', 'J2', 'J3'].map((id) => ({ judge_id: id, judge_name: `Judge ${id}`, person_id: `person-${id}` }));

async function put(night: Night, person: string, more: Json = {}, token = night.supervisor): Promise<Answer> {
  return await change(night, 'panel', { ...SUBSTITUTE, person_id: person, ...more }, token);
}

async function confirm(night: Night, proposal: Answer, token: string): Promise<Answer> {
  const proposal_index = numberOf(accepted(proposal), 'sequence_index');
  return await change(night, 'confirm', { proposal_index, accept: true }, token);
}

describe('a second person', () => {
  it('is not the first in capitals', async () => {
    const night = await openNight();
    await fought(night, 1);
    const capital = await night.token({ role: 'supervisor', subject: 'Sue' });
    const administrator = await night.token({ role: 'admin', subject: 'SUE' });
    const paper = await change(night, 'scorecards/paper', PAPER);
    const panel = await put(night, 'nadia');
    accepted(await change(night, 'finalize', { method: 'NC', winner: 'no_contest', reason: 'the lights failed' }));
    await withoutATrace(night, async () => {
      for (const token of [capital, administrator]) {
        for (const proposal of [paper, panel]) {
          expect(refusal(await confirm(night, proposal, token))).toEqual([403, ['proposal_index']]);
        }
        expect(refusal(await change(night, 'finalize', { confirm: true }, token))).toEqual([403, ['confirm']]);
      }
    });
    accepted(await confirm(night, paper, night.second));
  });
});

describe('a seat', () => {
  it('is not taken by who proposes it, nor by who confirms it', async () => {
    const night = await openNight();
    await withoutATrace(night, async () => {
      for (const person of ['sue', 'Sue']) {
        expect([person, ...refusal(await put(night, person))]).toEqual([person, 403, ['person_id']]);
      }
    });
    for (const person of ['sam', 'SAM']) {
      const proposal = await put(night, person);
      expect([person, ...refusal(await confirm(night, proposal, night.second))]).toEqual([
        person,
        403,
        ['proposal_index'],
      ]);
    }
    expect(await seat(night, 'J2')).toMatchObject({ judge_name: 'Judge J2' });
  });

  it('is not taken by who holds another, or the same', async () => {
    const night = await openNight({ judges: LISTED });
    await withoutATrace(night, async () => {
      for (const person of ['person-J1', 'PERSON-j3', 'person-J2']) {
        expect([person, ...refusal(await put(night, person))]).toEqual([person, 409, ['person_id']]);
      }
    });
    await passed(night, 'panel', { ...SUBSTITUTE, person_id: 'nadia' });
    expect(refusal(await put(night, 'Nadia', { judge_id: 'J3' }))).toEqual([409, ['person_id']]);
    // Whose seat another has taken holds none.
    await passed(night, 'panel', { ...SUBSTITUTE, judge_id: 'J3', person_id: 'person-J2' });
  });

  it('that changed hands does not get the paper scorecard of who left it', async () => {
    const night = await openNight();
    await fought(night, 1);
    const former = await change(night, 'scorecards/paper', PAPER);
    const other = await change(night, 'scorecards/paper', { ...PAPER, judge_id: 'J3' });
    await passed(night, 'panel', { ...SUBSTITUTE, person_id: 'nadia', from_round: 1 });
    expect(refusal(await confirm(night, former, night.second))).toEqual([404, ['proposal_index']]);
    accepted(await confirm(night, other, night.second));
    expect(listOf(await seat(night, 'J2'), 'rounds')).toEqual([]);
    expect(listOf(await seat(night, 'J3'), 'rounds')).toMatchObject([{ round_id: 1, paper: true }]);
  });

  it('names who scored each round', async () => {
    const night = await openNight();
    await fought(night, 1);
    await agreed(night, 1, '10-9');
    await passed(night, 'panel', { ...SUBSTITUTE, person_id: 'nadia', from_round: 2 });
    expect(listOf(await final(night), 'final_scores')[1]).toMatchObject({ judge_name: 'Judge J2' });
    await fought(night, 2);
    const nadia = await night.token({ role: 'judge', subject: 'nadia', judge_id: 'J2' });
    accepted(await change(night, 'scorecards', { judge_id: 'J2', round_id: 2, red: 9, blue: 10 }, nadia));
    await scored(night, 2, { J1: '9-10', J3: '9-10' });
    await evict(night);
    expect(await seat(night, 'J2')).toMatchObject({
      judge_name: 'Judge Nadia',
      rounds: [
        { round_id: 1, judge_name: 'Judge J2' },
        { round_id: 2, judge_name: 'Judge Nadia' },
      ],
    });
    expect(listOf(await final(night), 'final_scores').map(({ judge_name }) => judge_name)).toEqual([
      'Judge J1',
      'Judge J2, Judge Nadia',
      'Judge J3',
    ]);
  });

  it('is not given twice to one person by two proposals at once', async () => {
    const night = await openNight();
    const proposals = [await put(night, 'nadia'), await put(night, 'nadia', { judge_id: 'J3' })];
    const answers = [];
    for (const proposal of proposals) answers.push((await confirm(night, proposal, night.second)).status);
    expect(answers).toEqual([200, 409]);
  });
});

describe('a paper scorecard', () => {
  it('is not confirmed for a round after a stoppage', async () => {
    const night = await openNight();
    await firstBell(night, 1);
    const proposal = await change(night, 'scorecards/paper', { ...PAPER, round_id: 2 });
    const stoppage = { kind: 'stoppage', round_id: 1, method: 'KO', fighter_id: 'fighter1' };
    accepted(await change(night, 'rulings', stoppage, night.referee));
    const answer = await confirm(night, proposal, night.second);
    expect([answer.status, (await view(night))['result']]).toEqual([409, null]);
    expect(listOf(await seat(night, 'J2', judge(night, 'J2')), 'rounds')).toEqual([]);
    expect(await read(night, '/scorecards')).toMatchObject({ computed: { method: 'KO' } });
  });
});
