import { decodeReplay, type Replay, type ReplayEvent } from '../../../public/replay/wire.ts';

/** One action that is worth so many points of damage. */
export type Hit = {
  readonly at: number;
  readonly corner: 'red' | 'blue';
  readonly points?: number;
  readonly change?: Partial<ReplayEvent>;
};

/** A replay as the server would send it: second `s` holds what happened in it and the totals at its end. */
export function replayOf(hits: readonly Hit[], seconds = 300): Replay {
  const total = { red: 0, blue: 0 };
  const timeline = Array.from({ length: seconds }, (_, second) => {
    const here = hits.filter(({ at }) => Math.min(Math.floor(at), seconds - 1) === second);
    for (const { corner, points = 0 } of here) total[corner] += points;
    return {
      second,
      events: here.map((hit, i) => eventOf(hit, `${second}-${i}`)),
      damage_totals: { red: round(total.red), blue: round(total.blue) },
      grappling_totals: { red: 0.25, blue: 0 },
      control_totals: { red: 0, blue: 0.1 },
    };
  });
  const read = decodeReplay({
    bout_id: 'bout_1',
    round_id: 1,
    timeline,
    round_summary: {
      damage_score: total,
      grappling_score: { red: 0.25, blue: 0 },
      control_score: { red: 0, blue: 0.1 },
      total_score: total,
      score_differential: 0,
    },
    event_count: hits.length,
  });
  if (read === undefined) throw new Error('The fixture is no replay.');
  return read;
}

function eventOf({ at, corner, change }: Hit, id: string): ReplayEvent {
  return {
    sequence_index: Math.round(at * 10),
    event_id: id,
    event_type: 'Jab',
    fighter_id: corner === 'red' ? 'fighter1' : 'fighter2',
    judge_id: 'operator_1',
    clock_ms: Math.round(at * 1_000),
    metadata: {},
    voided: false,
    counted: true,
    ...change,
  };
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
