import { type Read, fighterOf, type RulingBody } from './foul.ts';
import { officialTime, parseTime } from './times.ts';

/** How a bout can be stopped without a foul; `foul` leaves the method to the rules. */
export const STOPPED_BY = ['KO', 'TKO', 'SUB', 'DQ', 'NC'] as const;

export type StoppageForm = {
  /** One of `STOPPED_BY`, or `foul`. */
  readonly method: string;
  readonly winner: string;
  /** The event id of the foul. */
  readonly foul: string;
  readonly aggravated: boolean;
  readonly time: string;
  readonly note: string;
};

export const BLANK_STOPPAGE: StoppageForm = {
  method: '',
  winner: '',
  foul: '',
  aggravated: false,
  time: '',
  note: '',
};

/** @param clockMs what the clock shows at the press: the official time where none is written */
export function stoppageBody(form: StoppageForm, round: number, clockMs: number, lengthMs: number): Read<RulingBody> {
  const time = officialTime(form.time, clockMs, lengthMs);
  const byFoul = form.method === 'foul';
  const method = STOPPED_BY.find((known) => known === form.method);
  const wins = method !== undefined && method !== 'NC';
  const winner = fighterOf(form.winner);
  const fields = [
    ...(byFoul || method !== undefined ? [] : ['method']),
    ...(byFoul && form.foul === '' ? ['foul'] : []),
    ...(wins && winner === null ? ['winner'] : []),
    ...(time.ok ? [] : ['time']),
  ];
  if (fields.length > 0 || !time.ok) return { ok: false, fields };
  const note = form.note.trim() === '' ? {} : { note: form.note.trim() };
  const base = { kind: 'stoppage', round_id: round, time_ms: time.value, ...note };
  if (byFoul) return { ok: true, value: { ...base, target_event_id: form.foul, aggravated: form.aggravated } };
  return {
    ok: true,
    value: {
      ...base,
      ...(method === undefined ? {} : { method }),
      ...(wins && winner !== null ? { fighter_id: winner } : {}),
    },
  };
}

export type ReviewForm = {
  readonly round: string;
  readonly target: string;
  readonly footage: string;
  readonly outcome: string;
  readonly note: string;
};

export const BLANK_REVIEW: ReviewForm = { round: '', target: '', footage: '', outcome: '', note: '' };

export const OUTCOMES = ['upheld', 'overturned', 'inconclusive'] as const;

export function reviewBody(form: ReviewForm): Read<RulingBody> {
  const round = Number(form.round);
  const footage = parseTime(form.footage);
  const outcome = OUTCOMES.find((known) => known === form.outcome);
  const fields = [
    ...(Number.isInteger(round) && round >= 1 ? [] : ['round']),
    ...(footage === null || footage > 86_400_000 ? ['footage'] : []),
    ...(outcome === undefined ? ['outcome'] : []),
  ];
  if (fields.length > 0 || footage === null || outcome === undefined) return { ok: false, fields };
  return {
    ok: true,
    value: {
      kind: 'replay_review',
      round_id: round,
      footage_ms: footage,
      outcome,
      ...(form.target === '' ? {} : { target_event_id: form.target }),
      ...(form.note.trim() === '' ? {} : { note: form.note.trim() }),
    },
  };
}
