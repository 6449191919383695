import type { Actor } from '../../domain/ledger/index.ts';
import { canonicalJson } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { type Delivered, once } from '../once.ts';
import { append } from './ledger.ts';

/** A past round as a trainee scored it; points in tenths. */
export type ShadowEntry = {
  readonly boutId: string;
  readonly round: number;
  readonly redX10: number;
  readonly blueX10: number;
};

/** The trainee is the subject of `by`. `comparison` is JSON, kept as the answer of this delivery. */
export type RecordShadow = ShadowEntry & {
  readonly by: Actor;
  readonly comparison: string;
  readonly eventId: string | null;
};

export type ShadowPlace = { readonly boutId: string; readonly round: number };

/** Records a trainee's scorecard. The first one of a round counts: the same again answers as it did, another is refused. */
export function recordShadow(sql: SqlStorage, input: RecordShadow, nowMs: number): Outcome<Delivered<string>> {
  const { by, boutId, round, redX10, blueX10 } = input;
  const payload = { bout_id: boutId, round_id: round, red_x10: redX10, blue_x10: blueX10 };
  // With the trainee in it, so that nobody is given the answer of somebody else's delivery.
  const content = `shadow|${canonicalJson({ ...payload, subject: by.subject })}`;
  const before = findShadow(sql, by.subject, boutId, round);
  const isSame = before !== null && before.redX10 === redX10 && before.blueX10 === blueX10;
  // Under no id of its own a repeat leaves nothing behind.
  if (isSame && input.eventId === null) {
    return ok({ answer: before.answer, eventId: before.eventId, isDuplicate: true });
  }
  return once(sql, input.eventId, content, (eventId) => {
    if (isSame) return ok({ answer: before.answer, sameAs: before.eventId });
    if (before !== null) {
      return refuse('conflict', `Round ${round} of bout ${boutId} was scored already; the first answer counts.`, 'red');
    }
    const index = append(sql, {
      kind: 'note',
      eventId,
      actor: by,
      receivedMs: nowMs,
      payload: { type: 'shadow_scorecard', ...payload },
    });
    sql.exec(
      `INSERT INTO shadow_scorecard (subject, bout_id, round, red_x10, blue_x10, idx, event_id, answer)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      by.subject,
      boutId,
      round,
      redX10,
      blueX10,
      index,
      eventId,
      input.comparison,
    );
    return ok({ answer: input.comparison });
  });
}

/** Which of these rounds a trainee has scored. */
export function shadowScored(sql: SqlStorage, subject: string, places: readonly ShadowPlace[]): readonly ShadowPlace[] {
  return sql
    .exec<{ bout_id: string; round: number }>(
      `SELECT s.bout_id, s.round FROM shadow_scorecard s JOIN json_each(?2) place
         ON s.bout_id = place.value ->> 'boutId' AND s.round = place.value ->> 'round' WHERE s.subject = ?1`,
      subject,
      JSON.stringify(places),
    )
    .toArray()
    .map((row) => ({ boutId: row.bout_id, round: row.round }));
}

/** A trainee's scorecards, newest first. */
export function listShadow(sql: SqlStorage, subject: string, limit: number): readonly ShadowEntry[] {
  return sql
    .exec<{ bout_id: string; round: number; red_x10: number; blue_x10: number }>(
      'SELECT bout_id, round, red_x10, blue_x10 FROM shadow_scorecard WHERE subject = ? ORDER BY idx DESC LIMIT ?',
      subject,
      limit,
    )
    .toArray()
    .map((row) => ({ boutId: row.bout_id, round: row.round, redX10: row.red_x10, blueX10: row.blue_x10 }));
}

type Stored = {
  readonly redX10: number;
  readonly blueX10: number;
  readonly eventId: string;
  readonly answer: string;
};

function findShadow(sql: SqlStorage, subject: string, boutId: string, round: number): Stored | null {
  const [row] = sql.exec<{ red_x10: number; blue_x10: number; event_id: string; answer: string }>(
    'SELECT red_x10, blue_x10, event_id, answer FROM shadow_scorecard WHERE subject = ? AND bout_id = ? AND round = ?',
    subject,
    boutId,
    round,
  );
  if (row === undefined) return null;
  return { redX10: row.red_x10, blueX10: row.blue_x10, eventId: row.event_id, answer: row.answer };
}
