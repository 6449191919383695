import { CORNERS } from '../../../domain/corner.ts';
import { ASPECTS, AUDIENCES, ROLES } from '../../../domain/roles/index.ts';
import { SPORTS } from '../../../domain/sport.ts';
import { ROUND_STATUSES } from '../../shared/wire/frames.ts';
import {
  type Bag,
  type Decode,
  type Decoded,
  list,
  literal,
  nullable,
  number,
  object,
  otherwise,
  text,
  truth,
} from '../../shared/wire/decode.ts';
import type { RuleSet } from '../../shared/wire/rules.ts';

const maybeText = otherwise(nullable(text), null);
const maybeNumber = otherwise(nullable(number), null);
const corners = otherwise(nullable(list(literal(...CORNERS))), null);
const aspects = otherwise(nullable(list(literal(...ASPECTS))), null);

const cardLine = object({ card_id: text, promotion: text, event: text, date: maybeText });

/** One night in the list of nights. */
export type CardLine = Decoded<typeof cardLine>;

export const decodeCards = object({ cards: list(cardLine) });

const line = object({
  bout_id: text,
  fighter1: text,
  fighter2: text,
  status: literal(...ROUND_STATUSES),
  updated_ms: otherwise(number, 0),
});

/** A bout as the index has it, about a second behind. */
export type BoutLine = Decoded<typeof line>;

export const decodeLines = object({ bouts: list(line) });

const audience = literal(...AUDIENCES);

export const decodeRelease = object({ statistics: audience, scorecards: audience, recommendation: audience });

export type Release = Decoded<typeof decodeRelease>;

const named = object({ id: text, name: text });

const result = object({
  status: literal('pending', 'official'),
  /** A name, `Draw` or `No Contest`. */
  winner: maybeText,
  method: text,
  /** How the scorecards fell; null for a finish. */
  decision: maybeText,
});

export const decodeFacts = object({
  round_status: literal(...ROUND_STATUSES),
  round_id: number,
  result: otherwise(nullable(result), null),
  sealed: otherwise(truth, false),
  bout: object({
    bout_id: text,
    card_id: maybeText,
    sport: literal(...SPORTS),
    ruleset: text,
    scheduled_rounds: number,
    round_length_s: number,
    fighter1: named,
    fighter2: named,
    judges: list(
      object({
        judge_id: text,
        judge_name: text,
        absent: otherwise(truth, false),
        person_id: otherwise(nullable(text), null),
      }),
    ),
    judges_log: otherwise(truth, true),
    release_policy: decodeRelease,
    delay_ms: number,
    simulated: otherwise(truth, false),
  }),
});

/** What a bout was set up with, and how far it is. */
export type BoutFacts = Decoded<typeof decodeFacts>;

/** Whose choices came on top of the rule set, of the rules that a bout is judged by. */
export function jurisdictionOf({ jurisdiction }: Bag): string | null {
  return text(jurisdiction) ?? null;
}

const usual = object({
  panels: otherwise(list(number), []),
  rounds_allowed: otherwise(list(number), []),
  round_lengths_s: otherwise(list(number), []),
});

/** What a bout can be set up with. */
export type Choosable = Omit<RuleSet, 'rules' | 'fouls'> & { readonly rules: Decoded<typeof usual> };

export function choosable({ id, title, sport, rules, jurisdictions }: RuleSet): readonly Choosable[] {
  const read = usual(rules);
  return read === undefined ? [] : [{ id, title, sport, rules: read, jurisdictions }];
}

const pairing = object({
  role: literal(...ROLES),
  subject: text,
  judge_id: maybeText,
  corners,
  aspects,
  created_at: text,
  expires_at: text,
  status: literal('open', 'claimed', 'expired'),
  device_id: maybeText,
});

export type Pairing = Decoded<typeof pairing>;

export const decodePairings = object({ pairings: list(pairing) });

export const decodeMadeCode = object({ url: text, expires_at: text });

const alert = object({ type: text, value: number });

export type Alert = Decoded<typeof alert>;

const report = object({
  device_id: text,
  judge_id: text,
  battery_percent: maybeNumber,
  network_strength_percent: maybeNumber,
  latency_ms: maybeNumber,
  fps: maybeNumber,
  dropped_event_count: otherwise(number, 0),
  last_report: text,
  status: literal('ok', 'warning', 'offline'),
  alerts: list(alert),
});

/** What a device last said of itself. */
export type DeviceReport = Decoded<typeof report>;

export const decodeTelemetry = object({ devices: list(report) });

/** Pushed when what is wrong with a device changes. */
export const decodeAlertFrame = object({ device_id: text, alerts: list(alert) });

/** A problem's fields, wherever the answer came from. */
export const decodeProblem: Decode<{
  readonly detail: string;
  readonly errors: readonly { readonly field: string; readonly detail: string }[];
}> = object({
  detail: otherwise(text, ''),
  errors: otherwise(list(object({ field: text, detail: text })), []),
});
