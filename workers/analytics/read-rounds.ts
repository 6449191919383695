import type { CornerFacts, RoundFacts } from '../../domain/analytics/index.ts';

type RoundRow = {
  bout_id: string;
  round: number;
  corner: string;
  fought_ms: number | null;
  damage: number | null;
  strikes: number;
  significant: number;
  head: number;
  body: number;
  leg: number;
  distance: number;
  clinch: number;
  ground: number;
  knockdowns: number;
  flash: number;
  hard: number;
  near_finish: number;
  rocked: number;
  grappling: number | null;
  takedowns: number;
  stuffed: number;
  submissions: number;
  reversals: number;
  control: number | null;
  control_ms: number;
  deduction_x10: number;
  actions: string;
};

/** By bout, in order. Who asks has made sure that the caller may see these bouts. */
export async function readRounds(
  index: D1Database,
  boutIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RoundFacts[]>> {
  const { results } = await index
    .prepare(
      `SELECT * FROM fact_round WHERE bout_id IN (SELECT value FROM json_each(?)) ORDER BY bout_id, round, corner`,
    )
    .bind(JSON.stringify(boutIds))
    .all<RoundRow>();
  const rounds = new Map<string, RoundFacts[]>();
  // Blue comes before red, by the alphabet: the pair is complete with red.
  for (const [at, red] of results.entries()) {
    const blue = results[at - 1];
    if (red.corner !== 'red' || blue?.corner !== 'blue' || blue.round !== red.round) continue;
    const list = rounds.get(red.bout_id) ?? [];
    list.push({
      round: red.round,
      foughtMs: red.fought_ms,
      corners: { red: cornerOfRow(red), blue: cornerOfRow(blue) },
    });
    rounds.set(red.bout_id, list);
  }
  return rounds;
}

function cornerOfRow(row: RoundRow): CornerFacts {
  const actions: Record<string, number> = JSON.parse(row.actions);
  const { strikes, significant, head, body, leg, distance, clinch, ground, knockdowns, flash, hard, rocked } = row;
  const { takedowns, stuffed, submissions, reversals } = row;
  return {
    damage:
      row.damage === null
        ? null
        : {
            microPoints: row.damage,
            strikes,
            significant,
            head,
            body,
            leg,
            distance,
            clinch,
            ground,
            knockdowns,
            flash,
            hard,
            nearFinish: row.near_finish,
            rocked,
          },
    grappling:
      row.grappling === null ? null : { microPoints: row.grappling, takedowns, stuffed, submissions, reversals },
    control: row.control === null ? null : { microPoints: row.control, ms: row.control_ms },
    deductionsX10: row.deduction_x10,
    actions,
  };
}
