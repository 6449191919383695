import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { boutStub, change, newBout, type TestBout, until } from './bout/support.ts';
import type { Json } from './support.ts';

/** By seat, what its judge gave round 1, 2, …: `['10-9', '9-10']`. */
export type Scores = Readonly<Record<string, readonly string[]>>;

/** Who may see everything, so that trainees of every role may. */
export const RELEASED = { statistics: 'public', scorecards: 'public', recommendation: 'public' } as const;

/**
 * A bout that was scored, and whose result is official and in the index. The judge of seat J1 is the subject
 * `{prefix}-J1`.
 */
export async function judgedBout(prefix: string, scores: Scores, over: Json = {}): Promise<TestBout> {
  const bout = await scoredBout(prefix, scores, over);
  await makeOfficial(bout);
  await ring(bout);
  return bout;
}

export async function scoredBout(prefix: string, scores: Scores, over: Json = {}): Promise<TestBout> {
  const judges = Object.keys(scores).map((seat) => ({ judge_id: seat, judge_name: `Judge ${seat}` }));
  const bout = await newBout({ release_policy: RELEASED, judges, ...over });
  for (const [seat, rounds] of Object.entries(scores)) {
    const token = await bout.token({ role: 'judge', subject: `${prefix}-${seat}`, judge_id: seat });
    for (const [i, score] of rounds.entries()) {
      const [red, blue] = score.split('-').map(Number);
      const answer = await change(bout, 'scorecards', { judge_id: seat, round_id: i + 1, red, blue }, token);
      if (answer.status !== 200) throw new Error(`scoring answered ${answer.status} ${answer.text}`);
    }
  }
  return bout;
}

/** Proposed by one, confirmed by another; by a method that asks for no scorecards, with a reason for that. */
export async function makeOfficial(bout: TestBout): Promise<void> {
  const proposed = await change(bout, 'finalize', { method: 'KO', winner: 'red', round_id: 1, reason: 'stopped' });
  const token = await bout.token({ role: 'supervisor', subject: 'second' });
  const confirmed = await change(bout, 'finalize', { confirm: true }, token);
  if (proposed.status !== 200 || confirmed.status !== 200) throw new Error(`${proposed.text} ${confirmed.text}`);
}

/** Runs what the bout owes the index, as its alarm would in half a second, and awaits that the index has it. */
export async function ring(bout: TestBout): Promise<void> {
  await ringAlarm(bout);
  await until(async () => !(await owesIndex(bout)));
}

/** Runs what the bout owes the index, as its alarm would. The index has it when the queue has delivered. */
export async function ringAlarm(bout: TestBout): Promise<void> {
  const stub = boutStub(bout.boutId);
  await runInDurableObject(stub, async (_instance, state) => {
    // Nothing else: other jobs wait for hours, and would seal the bout.
    state.storage.sql.exec("UPDATE job SET due_ms = 1 WHERE id LIKE 'index%'");
    await state.storage.setAlarm(Date.now() + 60_000);
  });
  await runDurableObjectAlarm(stub);
}

/** Whether the index is behind the bout, as far as the bout knows. */
export async function owesIndex(bout: TestBout): Promise<boolean> {
  return await runInDurableObject(
    boutStub(bout.boutId),
    (_instance, state) =>
      state.storage.sql.exec("SELECT 1 FROM job WHERE id IN ('index', 'index_owed')").toArray().length > 0,
  );
}
