import type { Read } from './foul.ts';
import { parseTime } from './times.ts';

export const METHODS = ['DEC', 'KO', 'TKO', 'SUB', 'DQ', 'TD', 'DRAW', 'NC', 'FORFEIT'] as const;

export const WINNERS = ['red', 'blue', 'draw', 'no_contest'] as const;

/** A result that is said rather than computed. */
export type DepartForm = {
  readonly method: string;
  readonly winner: string;
  readonly round: string;
  readonly time: string;
  readonly reason: string;
};

export const BLANK_DEPART: DepartForm = { method: '', winner: '', round: '', time: '', reason: '' };

/** What is left empty is taken from the record. */
export function departBody(form: DepartForm): Read<Readonly<Record<string, string | number>>> {
  const time = form.time.trim() === '' ? undefined : parseTime(form.time);
  const method = METHODS.find((known) => known === form.method);
  const winner = WINNERS.find((known) => known === form.winner);
  const reason = form.reason.trim();
  const fields = [
    ...(form.method !== '' && method === undefined ? ['method'] : []),
    ...(time === null ? ['time_ms'] : []),
    ...(reason === '' ? ['reason'] : []),
  ];
  if (fields.length > 0 || time === null) return { ok: false, fields };
  return {
    ok: true,
    value: {
      ...(method === undefined ? {} : { method }),
      ...(winner === undefined ? {} : { winner }),
      ...(form.round === '' ? {} : { round_id: Number(form.round) }),
      ...(time === undefined ? {} : { time_ms: time }),
      reason,
    },
  };
}
