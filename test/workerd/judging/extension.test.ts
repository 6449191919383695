import { describe, expect, it } from 'vitest';
import { change } from '../bout/support.ts';
import {
  accepted,
  agreed,
  clock,
  evict,
  final,
  finalized,
  fought,
  type Night,
  openNight,
  read,
  refusal,
  scored,
  sign,
  signed,
  submit,
  withoutATrace,
} from './support.ts';

/** One extension round after a draw, which decides alone. */
const KICKBOXING = { sport: 'kickboxing', rules: { jurisdiction: 'glory' } } as const;

/** Red is far ahead with J1, blue with J2, and J3 has it even: a split draw. */
async function level(night: Night): Promise<void> {
  const rounds = [
    { J1: '10-9', J2: '9-10', J3: '10-10' },
    { J1: '10-9', J2: '9-10', J3: '9-10' },
    { J1: '10-9', J2: '9-10', J3: '10-9' },
  ];
  for (const [i, scores] of rounds.entries()) {
    await fought(night, i + 1);
    await scored(night, i + 1, scores);
  }
}

describe('a draw under a rule set with an extension round', () => {
  it('is no result yet: nothing is signed and nothing is proposed', async () => {
    const night = await openNight(KICKBOXING);
    await level(night);
    await withoutATrace(night, async () => {
      expect(refusal(await sign(night, 'J1', '30-27'))).toEqual([409, ['judge_id']]);
      expect(refusal(await change(night, 'finalize', {}))).toEqual([409, ['method']]);
      expect(refusal(await change(night, 'finalize', { method: 'DRAW' }))).toEqual([409, ['method']]);
    });
    expect(await read(night, '/scorecards')).toMatchObject({ extension_due: true, computed: null });
  });

  it('is decided by that round alone, whatever was ahead before', async () => {
    const night = await openNight(KICKBOXING);
    await level(night);
    await evict(night);
    await fought(night, 4);
    expect(refusal(await submit(night, 'J1', 4, '10-10'))).toEqual([400, ['blue']]);
    // By the sum of four rounds red would win with J1 and J3; by the fourth, blue does with J1 and J2.
    await scored(night, 4, { J1: '9-10', J2: '9-10', J3: '10-9' });
    // What is signed is what decides.
    expect(refusal(await sign(night, 'J1', '39-37'))).toEqual([409, ['red']]);
    await signed(night, { J1: '9-10', J2: '9-10', J3: '10-9' });
    expect(await finalized(night)).toMatchObject({
      bout: { scheduled_rounds: 3, extension_rounds: 1 },
      result: { winner_corner: 'blue', method: 'DEC', decision: 'SD' },
    });
    expect(await final(night)).toMatchObject({
      winner: 'Blue Fighter',
      total_rounds: 4,
      final_scores: [{ scorecard: { round_1: '10-9', round_4: '9-10' } }, {}, {}],
    });
  });

  it('is decided by the sum where the rules say so', async () => {
    const extension = { rounds: 1, decides: 'total' };
    const night = await openNight({ sport: 'kickboxing', rules: { jurisdiction: 'glory', extension } });
    await level(night);
    await fought(night, 4);
    await scored(night, 4, { J1: '9-10', J2: '9-10', J3: '10-9' });
    await signed(night, { J1: '39-37', J2: '36-40', J3: '39-38' });
    expect(await finalized(night)).toMatchObject({ result: { winner_corner: 'red', decision: 'SD' } });
  });

  it('remains one by two persons’ word, with a reason', async () => {
    const night = await openNight(KICKBOXING);
    await level(night);
    const body = { method: 'DRAW', reason: 'both corners declined to go on' };
    expect(await finalized(night, body)).toMatchObject({ result: { winner: 'Draw', decision: 'D-S' } });
  });
});

describe('an extension round', () => {
  it('opens only after a draw by scorecards that are all in', async () => {
    const night = await openNight(KICKBOXING);
    expect(refusal(await clock(night, 4, 'start_round'))).toEqual([409, ['round_id']]);
    for (const round of [1, 2, 3]) await fought(night, round);
    await agreed(night, 1, '10-9');
    await agreed(night, 2, '9-10');
    await scored(night, 3, { J1: '10-10', J2: '10-10' });
    expect(refusal(await clock(night, 4, 'start_round'))).toEqual([409, ['round_id']]);
    expect(refusal(await submit(night, 'J1', 4, '10-9'))).toEqual([400, ['round_id']]);
    await scored(night, 3, { J3: '10-10' });
    accepted(await clock(night, 4, 'start_round'));
  });

  it('is not followed by more than there are', async () => {
    const night = await openNight({ ...KICKBOXING, rules: { extension: { rounds: 1, even_allowed: true } } });
    for (const round of [1, 2, 3, 4]) {
      await fought(night, round);
      await agreed(night, round, '10-10');
    }
    expect(refusal(await clock(night, 5, 'start_round'))).toEqual([400, ['round_id']]);
    await signed(night, { J1: '10-10', J2: '10-10', J3: '10-10' });
    expect(await finalized(night)).toMatchObject({ result: { winner: 'Draw', decision: 'D-U' } });
  });

  it('does not follow a bout that somebody won, nor one whose rules know none', async () => {
    const won = await openNight(KICKBOXING);
    const mma = await openNight();
    for (const round of [1, 2, 3]) {
      await fought(won, round);
      await agreed(won, round, '10-9');
      await fought(mma, round);
      await agreed(mma, round, '10-10');
    }
    expect(refusal(await clock(won, 4, 'start_round'))).toEqual([409, ['round_id']]);
    expect(refusal(await clock(mma, 4, 'start_round'))).toEqual([400, ['round_id']]);
    accepted(await sign(mma, 'J1', '30-30'));
  });
});
