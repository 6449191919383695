import { corner } from '../../shared/wire/corners.ts';
import {
  bag,
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
import { decodeScorecards, type Scorecards } from '../../shared/wire/scorecards.ts';

/** What the desk reads besides the bout's live state. */

const decodeBoutRules = object({
  id: otherwise(text, ''),
  knockdown_authority: otherwise(text, ''),
  deduction_points: otherwise(list(number), []),
  intentional_injury_points: otherwise(nullable(number), null),
  lowest_x10: otherwise(number, 0),
  extension: otherwise(object({ rounds: number }), { rounds: 0 }),
});

/** The rules as frozen into the bout. */
export type BoutRules = Decoded<typeof decodeBoutRules>;

/** The scorecards, with what the desk reads of the rules. */
export type DeskScorecards = Omit<Scorecards, 'rules'> & { readonly rules: BoutRules };

export const decodeDeskScorecards: Decode<DeskScorecards> = (value) => {
  const read = decodeScorecards(value);
  const rules = decodeBoutRules(read?.rules);
  return read === undefined || rules === undefined ? undefined : { ...read, rules };
};

export const decodeFindings = object({
  round_id: number,
  locked: truth,
  findings: list(object({ code: text, severity: literal('critical', 'warning'), detail: text })),
});

export type Findings = Decoded<typeof decodeFindings>;

/** The result with what only the table is told of it, and whether the record is closed. */
export const decodeDeskBout = object({
  sealed: otherwise(truth, false),
  result: otherwise(
    nullable(
      object({
        status: literal('pending', 'official'),
        winner: nullable(text),
        winner_corner: nullable(corner),
        method: text,
        decision: nullable(text),
        round_id: nullable(number),
        time_ms: nullable(number),
        proposed_by: otherwise(nullable(text), null),
        proposal_index: otherwise(nullable(number), null),
      }),
    ),
    null,
  ),
});

export type DeskResult = NonNullable<Decoded<typeof decodeDeskBout>['result']>;

/** The sealed record as the archive has it; the rest of what it says is the archive page's. */
export const decodeRecord = object({
  sealed_ms: number,
  entries: number,
  archived_ms: nullable(number),
  conflict: nullable(text),
});

export type DeskRecord = Decoded<typeof decodeRecord>;

const event = object({
  sequence_index: number,
  event_id: text,
  event_type: text,
  fighter_id: text,
  clock_ms: nullable(number),
  flags: otherwise(list(text), []),
  metadata: otherwise(bag, {}),
  actor: object({ subject: text, seat: otherwise(nullable(text), null) }),
  judge_id: otherwise(nullable(text), null),
  voided: truth,
});

export type RoundEvent = Decoded<typeof event>;

export const decodeEvents = object({ round_id: number, events: list(event) });

export const decodeVerdict = object({
  round_id: number,
  chain_valid: truth,
  message: text,
  verified_entries: number,
});
