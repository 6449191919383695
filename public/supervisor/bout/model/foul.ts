import type { Corner } from '../../../../domain/corner.ts';

/** What of the bout's rules the referee's forms need. */
export type FoulRules = {
  /** Whole points that may be taken, ascending. */
  readonly points: readonly number[];
  /** What an intentional foul that injures must cost; null where that is the referee's discretion. */
  readonly injuryPoints: number | null;
};

export type FoulForm = {
  readonly round: string;
  /** The id of a listed foul, or empty where it is said in words. */
  readonly foul: string;
  readonly words: string;
  readonly corner: string;
  readonly intent: string;
  readonly injury: boolean;
  /** `none`, `warning`, or the points. */
  readonly penalty: string;
  readonly note: string;
};

export const BLANK_FOUL: FoulForm = {
  round: '',
  foul: '',
  words: '',
  corner: '',
  intent: '',
  injury: false,
  penalty: 'none',
  note: '',
};

export type RulingBody = Readonly<Record<string, string | number | boolean>>;

export type FoulBodies = {
  readonly foul: RulingBody;
  /** What follows from it, once it has an id; null where nothing does. */
  readonly penalty: ((foulEventId: string) => RulingBody) | null;
};

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  /** The fields that are missing or wrong, by the names of the form. */
  | { readonly ok: false; readonly fields: readonly string[] };

const FIGHTER: Readonly<Record<Corner, string>> = { red: 'fighter1', blue: 'fighter2' };

export function fighterOf(corner: string): string | null {
  return corner === 'red' || corner === 'blue' ? FIGHTER[corner] : null;
}

/** The points that the referee may take as the form stands: one number where the rules leave no choice. */
export function lawfulPoints(rules: FoulRules, intent: string, injury: boolean): readonly number[] {
  return rules.injuryPoints !== null && intent === 'intentional' && injury ? [rules.injuryPoints] : rules.points;
}

/** A foul comes first; a warning or a deduction names it and counts in its round. */
export function foulBodies(form: FoulForm, rules: FoulRules): Read<FoulBodies> {
  const round = Number(form.round);
  const fighter = fighterOf(form.corner);
  const foul = form.foul === '' ? form.words.trim() : form.foul;
  const points = Number(form.penalty);
  const takes = form.penalty !== 'none' && form.penalty !== 'warning';
  const fields = [
    ...(Number.isInteger(round) && round >= 1 ? [] : ['round']),
    ...(foul === '' || foul.length > 80 ? [form.foul === '' ? 'words' : 'foul'] : []),
    ...(fighter === null ? ['corner'] : []),
    ...(form.intent === 'accidental' || form.intent === 'intentional' ? [] : ['intent']),
    ...(takes && !lawfulPoints(rules, form.intent, form.injury).includes(points) ? ['penalty'] : []),
  ];
  if (fields.length > 0 || fighter === null) return { ok: false, fields };
  const note = form.note.trim() === '' ? {} : { note: form.note.trim() };
  const base = { round_id: round, fighter_id: fighter };
  const penalty = (target: string): RulingBody =>
    takes
      ? { kind: 'deduction', ...base, target_event_id: target, points, injury: form.injury, ...note }
      : { kind: 'warning', ...base, target_event_id: target, ...note };
  return {
    ok: true,
    value: {
      foul: { kind: 'foul', ...base, foul, intent: form.intent, injury: form.injury, ...note },
      penalty: form.penalty === 'none' ? null : penalty,
    },
  };
}

export type PenaltyForm = { readonly penalty: string; readonly injury: boolean; readonly note: string };

export const BLANK_PENALTY: PenaltyForm = { penalty: 'warning', injury: false, note: '' };

/** What follows later from a foul that is on record; null where the points are not lawful. */
export function penaltyBody(
  form: PenaltyForm,
  foul: {
    readonly event_id: string;
    readonly round_id: number;
    readonly corner: Corner | null;
    readonly intent: string | null;
  },
  rules: FoulRules,
): RulingBody | null {
  const note = form.note.trim() === '' ? {} : { note: form.note.trim() };
  const base = {
    round_id: foul.round_id,
    target_event_id: foul.event_id,
    ...(foul.corner === null ? {} : { fighter_id: FIGHTER[foul.corner] }),
    ...note,
  };
  if (form.penalty === 'warning') return { kind: 'warning', ...base };
  const points = Number(form.penalty);
  return lawfulPoints(rules, foul.intent ?? '', form.injury).includes(points)
    ? { kind: 'deduction', ...base, points, injury: form.injury }
    : null;
}
