import type { Env } from '../env.ts';

/** The index's lines that name a person by id, or a bout in which the person is named. */
export type IndexedPerson = {
  readonly boutIds: readonly string[];
  /** Judged scorecards that stand under the id. */
  readonly judgedScorecards: number;
};

const AT_MOST = 500;

/** Where the index says that somebody appears. It only leads there: what it says is looked up in the objects. */
export async function readIndexed(env: Env, personId: string): Promise<IndexedPerson> {
  const id = personId.toLowerCase();
  const [bouts, cards] = await env.INDEX.batch<{ bout_id?: string; count?: number }>([
    env.INDEX.prepare(
      `SELECT bout_id FROM bout WHERE lower(fighter1_id) = ?1 OR lower(fighter2_id) = ?1
       UNION SELECT bout_id FROM bout_judge WHERE lower(judge_id) = ?1
       UNION SELECT bout_id FROM judged_scorecard WHERE lower(judge) = ?1 OR lower(subject) = ?1 LIMIT ?2`,
    ).bind(id, AT_MOST),
    env.INDEX.prepare(
      'SELECT count(*) AS count FROM judged_scorecard WHERE lower(judge) = ?1 OR lower(subject) = ?1',
    ).bind(id),
  ]);
  return {
    boutIds: (bouts?.results ?? []).flatMap((row) => row.bout_id ?? []),
    judgedScorecards: cards?.results[0]?.count ?? 0,
  };
}

/** The fighters' names as the index has them, by bout. */
export async function readLines(
  env: Env,
  boutIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly fighter1: string; readonly fighter2: string }>> {
  const { results } = await env.INDEX.prepare(
    'SELECT bout_id, fighter1, fighter2 FROM bout WHERE bout_id IN (SELECT value FROM json_each(?))',
  )
    .bind(JSON.stringify(boutIds))
    .all<{ bout_id: string; fighter1: string; fighter2: string }>();
  return new Map(results.map(({ bout_id: boutId, ...line }) => [boutId, line]));
}
