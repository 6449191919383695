import type { Sport } from '../../../domain/sport.ts';
import { isId } from '../../../domain/ids.ts';
import { formWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Card } from '../../shared/wire/cards.ts';
import { idFromName, nextSeat } from './ids.ts';
import { delayMsOf } from './release.ts';
import type { BoutFacts, Choosable, Release } from './wire.ts';

/** Everything as it was typed, so that nothing is lost that is not yet right. */
export type BoutForm = {
  readonly sport: Sport;
  readonly ruleset: string;
  /** Empty: the rule set as it is. */
  readonly jurisdiction: string;
  readonly rounds: string;
  /** `5:00`, or minutes. */
  readonly length: string;
  readonly red: FighterForm;
  readonly blue: FighterForm;
  readonly seats: readonly SeatForm[];
  readonly judgesLog: boolean;
  readonly release: Release;
  readonly delay: string;
  readonly limits: Limits;
};

export type FighterForm = { readonly name: string; readonly id: string };

/** `person` is empty while it follows from the name. */
export type SeatForm = { readonly seat: string; readonly name: string; readonly person: string };

export const LIMITS = ['min_actions', 'min_human', 'max_human_gap', 'max_camera_gap'] as const;

/** Counts, and seconds for the gaps; empty: the usual value. */
export type Limits = Readonly<Record<(typeof LIMITS)[number], string>>;

export type FieldProblem = { readonly field: string; readonly detail: string };

export const MAX_SEATS = 9;

/** Of a person, a promotion or an event, as the server takes it. */
export const MAX_NAME = 120;

const NO_FIGHTER: FighterForm = { name: '', id: '' };

export function emptyForm(sets: readonly Choosable[]): BoutForm {
  return withRuleset(
    {
      sport: 'mma',
      ruleset: '',
      jurisdiction: '',
      rounds: '3',
      length: '5:00',
      red: NO_FIGHTER,
      blue: NO_FIGHTER,
      seats: [1, 2, 3].map((n) => ({ seat: `JUDGE00${n}`, name: '', person: '' })),
      judgesLog: true,
      release: { statistics: 'public', scorecards: 'commission', recommendation: 'commission' },
      delay: '0',
      limits: { min_actions: '', min_human: '', max_human_gap: '', max_camera_gap: '' },
    },
    sets,
    sets.find((set) => set.sport === 'mma')?.id ?? '',
  );
}

/** Another sport brings its first rule set, and with that its usual rounds. */
export function withSport(form: BoutForm, sets: readonly Choosable[], sport: Sport): BoutForm {
  const set = sets.find((one) => one.sport === sport);
  return withRuleset({ ...form, sport }, sets, set?.id ?? '');
}

/** What the new rule set usually does not have is set to what it has; a jurisdiction that it does not know goes. */
export function withRuleset(form: BoutForm, sets: readonly Choosable[], ruleset: string): BoutForm {
  const set = sets.find((one) => one.id === ruleset);
  if (set === undefined) return { ...form, ruleset };
  const { rounds_allowed: allowed, round_lengths_s: lengths } = set.rules;
  const rounds = allowed.includes(Number(form.rounds)) ? form.rounds : String(usualRounds(allowed));
  const seconds = secondsOf(form.length);
  const isUsual = seconds !== null && lengths.includes(seconds);
  return {
    ...form,
    ruleset,
    rounds,
    length: isUsual ? form.length : minutesWords(lengths.at(-1) ?? 300),
    jurisdiction: set.jurisdictions.some(({ id }) => id === form.jurisdiction) ? form.jurisdiction : '',
  };
}

function usualRounds(allowed: readonly number[]): number {
  return allowed.includes(3) ? 3 : (allowed[0] ?? 3);
}

export function withSeat(form: BoutForm): BoutForm {
  if (form.seats.length >= MAX_SEATS) return form;
  return {
    ...form,
    seats: [...form.seats, { seat: nextSeat(form.seats.map((one) => one.seat)), name: '', person: '' }],
  };
}

export function withoutSeat(form: BoutForm, index: number): BoutForm {
  return { ...form, seats: form.seats.filter((_, at) => at !== index) };
}

export function personOf(seat: SeatForm): string {
  return seat.person.trim() === '' ? idFromName(seat.name) : seat.person.trim();
}

/** Seconds of `5:00` or of minutes; null for anything else. */
export function secondsOf(typed: string): number | null {
  const found = /^(?<minutes>\d{1,2})(?::(?<seconds>[0-5]\d))?$/.exec(typed.trim())?.groups;
  return found === undefined ? null : Number(found['minutes']) * 60 + Number(found['seconds'] ?? 0);
}

export function minutesWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function wholeOf(typed: string): number | null {
  return /^\d{1,6}$/.test(typed.trim()) ? Number(typed.trim()) : null;
}

/** What the server would have no way of understanding, by the server's own names of the fields. */
export function problemsOf(form: BoutForm): readonly FieldProblem[] {
  const seats = form.seats.map((one) => one.seat.trim());
  return [
    ...wrong(wholeOf(form.rounds) === null, 'scheduled_rounds', words.needsWhole),
    ...wrong(secondsOf(form.length) === null, 'round_length_s', words.needsTime),
    ...(['red', 'blue'] as const).flatMap((corner) => {
      const field = corner === 'red' ? 'fighter1' : 'fighter2';
      const { name, id } = form[corner];
      return [
        ...wrong(name.trim() === '', `${field}.name`, words.needsName),
        ...wrong(name.trim().length > MAX_NAME, `${field}.name`, words.tooLong(MAX_NAME)),
        ...wrong(id.trim() !== '' && !isId(id.trim()), `${field}.id`, words.needsId),
      ];
    }),
    ...form.seats.flatMap((one, index) => [
      ...wrong(!isId(one.seat.trim()), `judges[${index}].judge_id`, words.needsId),
      ...wrong(seats.indexOf(one.seat.trim()) < index, `judges[${index}].judge_id`, words.seatTwice),
      ...wrong(one.name.trim() === '', `judges[${index}].judge_name`, words.needsName),
      ...wrong(one.name.trim().length > MAX_NAME, `judges[${index}].judge_name`, words.tooLong(MAX_NAME)),
      ...wrong(!isId(personOf(one)) && one.name.trim() !== '', `judges[${index}].person_id`, words.needsId),
    ]),
    ...wrong(delayMsOf(form.delay) === null, 'delay_ms', words.needsDelay),
    ...LIMITS.flatMap((limit) =>
      wrong(
        form.limits[limit].trim() !== '' && wholeOf(form.limits[limit]) === null,
        limitField(limit),
        words.needsWhole,
      ),
    ),
  ];
}

export function limitField(limit: (typeof LIMITS)[number]): string {
  return limit === 'min_actions' || limit === 'min_human' ? `validator.${limit}` : `validator.${limit}_ms`;
}

function wrong(is: boolean, field: string, detail: string): readonly FieldProblem[] {
  return is ? [{ field, detail }] : [];
}

/** The request that sets the bout up; only for a form in which {@link problemsOf} finds nothing. */
export function bodyOf(form: BoutForm, card: Card) {
  return {
    card_id: card.card_id,
    promotion: card.promotion,
    event: card.event,
    ...(card.date === null ? {} : { date: card.date }),
    ...(card.time_zone === null ? {} : { time_zone: card.time_zone }),
    sport: form.sport,
    ruleset: form.ruleset,
    ...(form.jurisdiction === '' ? {} : { rules: { jurisdiction: form.jurisdiction } }),
    scheduled_rounds: Number(form.rounds),
    round_length_s: secondsOf(form.length) ?? 0,
    fighter1: fighterOf(form.red),
    fighter2: fighterOf(form.blue),
    judges: form.seats.map((one) => ({
      judge_id: one.seat.trim(),
      judge_name: one.name.trim(),
      person_id: personOf(one),
    })),
    judges_log: form.judgesLog,
    release_policy: form.release,
    delay_ms: delayMsOf(form.delay) ?? 0,
    ...limitsOf(form.limits),
  };
}

function fighterOf({ name, id }: FighterForm) {
  return { name: name.trim(), ...(id.trim() === '' ? {} : { id: id.trim() }) };
}

function limitsOf(limits: Limits) {
  const given = LIMITS.flatMap((limit) => {
    const value = wholeOf(limits[limit]);
    if (value === null) return [];
    return limit === 'min_actions' || limit === 'min_human' ? [[limit, value]] : [[`${limit}_ms`, value * 1_000]];
  });
  return given.length === 0 ? {} : { validator: Object.fromEntries(given) };
}

/**
 * The panel and the rules of an earlier bout under the fighters that are typed already. Who a judge is follows from
 * the card where the seat has a device, else from the name.
 */
export function copied(form: BoutForm, earlier: BoutFacts, jurisdiction: string | null, card: Card): BoutForm {
  const { bout } = earlier;
  return {
    ...form,
    sport: bout.sport,
    ruleset: bout.ruleset,
    jurisdiction: jurisdiction ?? '',
    rounds: String(bout.scheduled_rounds),
    length: minutesWords(bout.round_length_s),
    seats: bout.judges.map(({ judge_id, judge_name, person_id }) => ({
      seat: judge_id,
      name: judge_name,
      person: card.seats.find((seat) => seat.judge_id === judge_id)?.subject ?? person_id ?? '',
    })),
    judgesLog: bout.judges_log,
    release: bout.release_policy,
    delay: String(bout.delay_ms / 1_000),
  };
}
