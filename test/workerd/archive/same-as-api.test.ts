import { describe, expect, it } from 'vitest';
import { listOf } from '../bout/support.ts';
import {
  accepted,
  agreed,
  BUSY,
  final,
  finalized,
  fought,
  type Night,
  openNight,
  read,
  signed,
} from '../judging/support.ts';
import { call, type Json } from '../support.ts';
import { archived, files, sealNow } from '../record/support.ts';

const HOLD: readonly Json[] = [
  { clock_ms: 12_300, fighter_id: 'fighter1', event_type: 'Control Start', metadata: { control: 'Top' } },
  { clock_ms: 17_000, fighter_id: 'fighter1', event_type: 'Control Stop', metadata: {} },
  { clock_ms: 20_000, fighter_id: 'fighter2', event_type: 'KD', metadata: { tier: 'Hard' } },
];

/** Two rounds that went the distance, with control, a knockdown and every scorecard. */
async function distance(): Promise<Night> {
  const night = await openNight({ scheduled_rounds: 2 });
  for (const round of [1, 2]) {
    await fought(night, round, round === 1 ? [...BUSY, ...HOLD] : BUSY);
    await agreed(night, round, round === 1 ? '10-9' : '9-10');
  }
  await signed(night, { J1: '19-19', J2: '19-19', J3: '19-19' });
  await finalized(night);
  await sealNow(night);
  await archived(night);
  return night;
}

function documentIn(found: ReadonlyMap<string, Uint8Array>, path: string): Json {
  const document: Json = JSON.parse(new TextDecoder().decode(found.get(path)));
  return document;
}

describe('what the archive says', () => {
  it('of rounds and scorecards is what the API says', async () => {
    const night = await distance();
    const found = await files(night);
    const replays = listOf(documentIn(found, 'replay_data.json'), 'rounds');
    const summaries = listOf(documentIn(found, 'round_summaries.json'), 'rounds');
    for (const [at, number] of [1, 2].entries()) {
      const path = `/api/replay/${night.boutId}/${number}?round_length=30`;
      const said = accepted(await call('GET', path, { token: night.supervisor }));
      const kept = listOf(one(replays, at), 'timeline');
      const seconds = new Map(kept.map((second) => [second['second'], second]));
      let before: Json = { damage_totals: ZERO, grappling_totals: ZERO, control_totals: ZERO };
      for (const second of listOf(said, 'timeline')) {
        const { second: number, events: _events, ...totals } = second;
        const known = seconds.get(number);
        expect(known ?? { second: number, events: [], ...before }).toEqual(second);
        before = totals;
      }
      expect(kept.length).toBeGreaterThan(6);
      expect(one(replays, at)['event_count']).toBe(said['event_count']);
      expect(one(summaries, at)['round_summary']).toEqual(said['round_summary']);
    }
    const scorecards = await read(night, '/scorecards');
    const seats = listOf(documentIn(found, 'judge_scorecards.json'), 'seats');
    for (const [at, said] of listOf(scorecards, 'seats').entries()) {
      expect(seats[at]).toMatchObject({ judge_id: said['judge_id'], total: said['total'], signed: said['signed'] });
      const rounds = listOf(said, 'rounds').map((round) => {
        const { judge_name: _name, ...facts } = round;
        return facts;
      });
      expect(seats[at]?.['rounds']).toMatchObject(rounds);
    }
    const { result } = documentIn(found, 'judge_scorecards.json');
    const announced = await final(night);
    expect(announced['result']).toMatchObject({ method: 'DRAW' });
    expect(result).toMatchObject({ status: 'official', winner: 'draw', method: 'DRAW' });
  });
});

function one(list: readonly Json[], at: number): Json {
  const found = list[at];
  if (found === undefined) throw new Error(`there is no number ${at}`);
  return found;
}

const ZERO = { red: 0, blue: 0 };
