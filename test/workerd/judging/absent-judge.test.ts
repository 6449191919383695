import { describe, expect, it } from 'vitest';
import { change, numberOf, objectOf } from '../bout/support.ts';
import {
  accepted,
  evict,
  final,
  finalized,
  fought,
  judge,
  type Night,
  openNight,
  passed,
  read,
  refusal,
  scored,
  seat,
  sign,
  signed,
  submit,
  withoutATrace,
} from './support.ts';

const ABSENT = { change: 'absent', judge_id: 'J3', reason: 'stuck in the snow' } as const;
const PRESENT = { change: 'present', judge_id: 'J3', reason: 'arrived' } as const;

async function oneRound(scores: Readonly<Record<string, string>>, over = {}): Promise<Night> {
  const night = await openNight({ scheduled_rounds: 1, ...over });
  await fought(night, 1);
  await passed(night, 'panel', ABSENT);
  await scored(night, 1, scores);
  return night;
}

describe('a seat that is recorded as absent', () => {
  it('leaves the decision to the two that remain', async () => {
    const night = await oneRound({ J1: '10-9', J2: '10-8' });
    await evict(night);
    expect(objectOf(await read(night, ''), 'bout')).toMatchObject({
      judges: [{ absent: false }, {}, { absent: true }],
    });
    await signed(night, { J1: '10-9', J2: '10-8' });
    expect(await finalized(night)).toMatchObject({ result: { winner_corner: 'red', method: 'DEC', decision: 'UD' } });
    expect(await final(night)).toMatchObject({ final_scores: [{ judge_id: 'J1' }, { judge_id: 'J2' }] });
  });

  it('makes a draw of two that disagree', async () => {
    const night = await oneRound({ J1: '10-9', J2: '9-10' });
    await signed(night, { J1: '10-9', J2: '9-10' });
    expect(await finalized(night)).toMatchObject({ result: { winner: 'Draw', method: 'DRAW', decision: 'D-S' } });
  });

  it('gets the mean of the others where the rules say so, which breaks the tie', async () => {
    const night = await oneRound({ J1: '10-8', J2: '9-10' }, { rules: { missing_judge: 'average' } });
    await signed(night, { J1: '10-8', J2: '9-10' });
    expect(await finalized(night)).toMatchObject({ result: { winner_corner: 'red', decision: 'SD' } });
  });

  it('is empty once a second person has confirmed it, not before', async () => {
    const night = await openNight();
    const index = numberOf(accepted(await change(night, 'panel', ABSENT)), 'sequence_index');
    expect(await seat(night, 'J3')).toMatchObject({ absent: false });
    const confirmation = { proposal_index: index, accept: true };
    expect(refusal(await change(night, 'confirm', confirmation))).toEqual([403, ['proposal_index']]);
    accepted(await change(night, 'confirm', confirmation, night.second));
    expect(await seat(night, 'J3')).toMatchObject({ absent: true });
  });

  it('scores and signs nothing, nor by paper', async () => {
    const night = await oneRound({ J1: '10-9', J2: '10-9' });
    await withoutATrace(night, async () => {
      expect(refusal(await submit(night, 'J3', 1, '10-9'))).toEqual([409, ['judge_id']]);
      expect(refusal(await sign(night, 'J3', '0-0'))).toEqual([409, ['judge_id']]);
      const paper = { judge_id: 'J3', round_id: 1, red: 10, blue: 9, reason: 'by post' };
      expect(refusal(await change(night, 'scorecards/paper', paper))).toEqual([409, ['judge_id']]);
    });
  });

  it('is taken again by who arrives, or by a substitute', async () => {
    const night = await oneRound({ J1: '10-9', J2: '9-10' });
    await passed(night, 'panel', PRESENT);
    expect(await seat(night, 'J3')).toMatchObject({ absent: false, judge_name: 'Judge J3' });
    await passed(night, 'panel', ABSENT);
    const substitute = { ...ABSENT, change: 'substitute', person_id: 'nadia', person_name: 'Judge Nadia' };
    await passed(night, 'panel', substitute);
    expect(await seat(night, 'J3')).toMatchObject({ absent: false, judge_name: 'Judge Nadia' });
    const nadia = await night.token({ role: 'judge', subject: 'nadia', judge_id: 'J3' });
    accepted(await change(night, 'scorecards', { judge_id: 'J3', round_id: 1, red: 9, blue: 10 }, nadia));
    await signed(night, { J1: '10-9', J2: '9-10' });
    accepted(await change(night, 'scorecards/sign', { judge_id: 'J3', red: 9, blue: 10 }, nadia));
    expect(await finalized(night)).toMatchObject({ result: { winner_corner: 'blue', decision: 'SD' } });
  });

  it('keeps what its judge scored before leaving, which decides nothing', async () => {
    const night = await openNight({ scheduled_rounds: 1 });
    await fought(night, 1);
    await scored(night, 1, { J1: '10-9', J2: '9-10', J3: '9-10' });
    await passed(night, 'panel', ABSENT);
    expect(await seat(night, 'J3')).toMatchObject({ absent: true, rounds: [{ red: 9, blue: 10 }] });
    await signed(night, { J1: '10-9', J2: '9-10' });
    expect(await finalized(night)).toMatchObject({ result: { winner: 'Draw', decision: 'D-S' } });
  });

  it('cannot be every seat, nor one that is empty already, nor one that there is not', async () => {
    const night = await openNight();
    await passed(night, 'panel', ABSENT);
    await passed(night, 'panel', { ...ABSENT, judge_id: 'J2' });
    await withoutATrace(night, async () => {
      expect(refusal(await change(night, 'panel', { ...ABSENT, judge_id: 'J1' }))).toEqual([409, ['judge_id']]);
      expect(refusal(await change(night, 'panel', ABSENT))).toEqual([409, ['judge_id']]);
      expect(refusal(await change(night, 'panel', { ...PRESENT, judge_id: 'J1' }))).toEqual([409, ['judge_id']]);
      expect(refusal(await change(night, 'panel', { ...ABSENT, judge_id: 'J9' }))).toEqual([400, ['judge_id']]);
      expect((await change(night, 'panel', ABSENT, judge(night, 'J1'))).status).toBe(403);
    });
  });

  it('cannot become every seat by two proposals that wait at once', async () => {
    const night = await openNight({
      judges: [
        { judge_id: 'J1', judge_name: 'A' },
        { judge_id: 'J3', judge_name: 'C' },
      ],
    });
    const indexes: number[] = [];
    for (const judge_id of ['J1', 'J3']) {
      indexes.push(numberOf(accepted(await change(night, 'panel', { ...ABSENT, judge_id })), 'sequence_index'));
    }
    const answers = [];
    for (const proposal_index of indexes) {
      answers.push((await change(night, 'confirm', { proposal_index, accept: true }, night.second)).status);
    }
    expect(answers).toEqual([200, 409]);
  });
});

describe('a panel of five', () => {
  it('decides by three, one of them missing by four', async () => {
    const judges = ['J1', 'J2', 'J3', 'J4', 'J5'].map((id) => ({ judge_id: id, judge_name: `Judge ${id}` }));
    const night = await oneRound({ J1: '10-9', J2: '10-9', J4: '9-10', J5: '10-9' }, { judges });
    await signed(night, { J1: '10-9', J2: '10-9', J4: '9-10', J5: '10-9' });
    expect(await finalized(night)).toMatchObject({ result: { winner_corner: 'red', decision: 'SD' } });
  });
});

describe('who sits in a seat that is recorded as empty', () => {
  it('learns nothing of the others by the mean that the seat has of them', async () => {
    const night = await openNight({ rules: { missing_judge: 'average' } });
    await passed(night, 'panel', { change: 'absent', judge_id: 'J3', reason: 'taken ill' });
    await fought(night, 1);
    await scored(night, 1, { J1: '10-8', J2: '10-8' });
    expect(await seat(night, 'J3')).toMatchObject({ total: { red: 10, blue: 8 } });
    expect(await seat(night, 'J3', judge(night, 'J3'))).not.toHaveProperty('total');
    expect(await seat(night, 'J3', judge(night, 'J1'))).not.toHaveProperty('total');
    // The own total is not the mean.
    expect(await seat(night, 'J1', judge(night, 'J1'))).toMatchObject({ total: { red: 10, blue: 8 } });
  });
});
