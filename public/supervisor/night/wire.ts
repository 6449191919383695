import { CORNERS } from '../../../domain/corner.ts';
import { ASPECTS, AUDIENCES, ROLES } from '../../../domain/roles/index.ts';
import { SPORTS } from '../../../domain/sport.ts';
import { ROUND_STATUSES } from '../../shared/wire/frames.ts';
import {
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

const maybeText = otherwise(nullable(text), null);
const maybeNumber = otherwise(nullable(number), null);
const corners = otherwise(nullable(list(literal(...CORNERS))), null);
const aspects = otherwise(nullable(list(literal(...ASPECTS))), null);

const cardLine = object({ card_id: text, promotion: text, event: text, date: maybeText });

/** One night in the list of nights. */
export type CardLine = Decoded<typeof cardLine>;

export const decodeCards = object({ cards: list(cardLine) });

const device = object({
  device_id: text,
  device_epoch: number,
  role: literal(...ROLES),
  subject: text,
  judge_id: maybeText,
  corners,
  aspects,
  paired_at: text,
  revoked: truth,
  current: truth,
});

export type CardDevice = Decoded<typeof device>;

export const decodeCard = object({
  card_id: text,
  promotion: text,
  event: text,
  date: maybeText,
  time_zone: maybeText,
  venue: maybeText,
  current_bout_id: maybeText,
  bouts: list(object({ bout_id: text, position: number })),
  seats: list(object({ judge_id: text, subject: text, device_id: maybeText, device_epoch: number })),
  devices: list(device),
});

export type Card = Decoded<typeof decodeCard>;

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

export const decodeFacts = object({
  round_status: literal(...ROUND_STATUSES),
  round_id: number,
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

/** Of the answer about scorecards only what the bout is judged by. */
export const decodeJurisdiction = object({ rules: object({ jurisdiction: maybeText }) });

const ruleSet = object({
  id: text,
  title: text,
  sport: literal(...SPORTS),
  rules: object({
    panels: otherwise(list(number), []),
    rounds_allowed: otherwise(list(number), []),
    round_lengths_s: otherwise(list(number), []),
  }),
  jurisdictions: list(object({ id: text, title: text, source: text })),
});

export type RuleSet = Decoded<typeof ruleSet>;

export const decodeRules = object({ rule_sets: list(ruleSet) });

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

const STANCES = ['orthodox', 'southpaw', 'switch'] as const;

const fighter = object({
  name: text,
  photo_url: maybeText,
  nickname: maybeText,
  country: maybeText,
  record: maybeText,
  age: maybeNumber,
  height_cm: maybeNumber,
  reach_cm: maybeNumber,
  weight_kg: maybeNumber,
  stance: otherwise(nullable(literal(...STANCES)), null),
  team: maybeText,
});

export type Fighter = Decoded<typeof fighter>;

export const decodeFighters = object({ red: fighter, blue: fighter });

/** A problem's fields, wherever the answer came from. */
export const decodeProblem: Decode<{
  readonly detail: string;
  readonly errors: readonly { readonly field: string; readonly detail: string }[];
}> = object({
  detail: otherwise(text, ''),
  errors: otherwise(list(object({ field: text, detail: text })), []),
});
