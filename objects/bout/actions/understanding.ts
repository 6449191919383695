import { normaliseAction } from '../../../domain/actions/index.ts';
import {
  type ActionClaim,
  type BoutState,
  cornerOf,
  covers,
  isSeated,
  type Understood,
  understood,
} from '../../../domain/bout/index.ts';
import type { LeafObject } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { LogInput } from '../../../domain/wire/log-body.ts';

export type Meant = { readonly claim: ActionClaim; readonly meaning: Understood; readonly assumed: boolean };

type Meaning = { readonly meaning: Understood; readonly assumed: boolean };

/** The same few words come again and again: what they mean is worked out once. */
const meanings = new Map<string, Meaning>();
const MAX_MEANINGS = 1_000;
const MAX_KEY = 256;

function meaningOf(eventType: string, metadata: LeafObject): Outcome<Meaning> {
  const key = `${eventType}\n${JSON.stringify(metadata)}`;
  const known = meanings.get(key);
  if (known !== undefined) return ok(known);
  const normalised = normaliseAction(eventType, metadata);
  if (!normalised.ok) return normalised;
  const { action, assumed } = normalised.value;
  const found: Meaning = { meaning: understood(action, metadata), assumed };
  if (key.length <= MAX_KEY) {
    if (meanings.size >= MAX_MEANINGS) meanings.clear();
    meanings.set(key, found);
  }
  return ok(found);
}

/** Whether the caller may say this, and what it means. */
export function understand(state: BoutState, caller: Caller, input: LogInput): Outcome<Meant> {
  const logs = checkLogs(state, caller);
  if (!logs.ok) return logs;
  const meant = meaningOf(input.eventType, input.metadata);
  if (!meant.ok) return meant;
  const { meaning, assumed } = meant.value;
  const { action } = meaning;
  const corner = cornerOf(state.config, input.fighterId);
  if (corner === null) {
    return refuse('bad_request', `fighter_id: '${input.fighterId}' is not a fighter of this bout.`, 'fighter_id');
  }
  if (caller.corners !== null && !caller.corners.includes(corner)) {
    return refuse('forbidden', `This token logs for ${caller.corners.join(' and ')} only.`, 'fighter_id');
  }
  if (
    action.aspect !== null &&
    !covers({ subject: '', corners: null, aspects: caller.aspects }, corner, action.aspect)
  ) {
    return refuse('forbidden', `This token does not log ${action.aspect}.`, 'event_type');
  }
  const author = input.legacy ? ok(true as const) : checkAuthor(state, caller, input);
  if (!author.ok) return author;
  const claim: ActionClaim = {
    judgeId: input.judgeId,
    fighterId: input.fighterId,
    eventType: input.eventType,
    deviceId: input.deviceId,
    metadata: meaning.metadata,
    metadataExtra: input.metadataExtra,
  };
  return ok({ claim, meaning, assumed });
}

/** Whether this bout takes actions, and corrections of actions, from such a caller. */
export function checkLogs({ config }: BoutState, caller: Caller): Outcome<true> {
  return caller.role === 'judge' && !config.judgesLog
    ? refuse('forbidden', 'judge_id: in this bout judges score and do not log actions.', 'judge_id')
    : ok(true);
}

/** `judge_id` is the caller's seat; who has none writes their subject there. Supervisors may log for a seat. */
function checkAuthor(state: BoutState, caller: Caller, input: LogInput): Outcome<true> {
  if (caller.role === 'judge') {
    if (caller.seat !== input.judgeId) {
      return refuse('forbidden', `This token holds seat '${caller.seat ?? ''}', not '${input.judgeId}'.`, 'judge_id');
    }
    if (!isSeated(state.config, input.judgeId)) {
      return refuse('forbidden', `Seat '${input.judgeId}' is not on this bout's panel.`, 'judge_id');
    }
  } else if (caller.role === 'operator' && input.judgeId !== caller.subject && input.judgeId !== caller.seat) {
    return refuse('forbidden', `judge_id: an operator writes their own subject, '${caller.subject}'.`, 'judge_id');
  }
  return caller.device !== null && caller.device !== input.deviceId
    ? refuse('forbidden', `This token belongs to device '${caller.device}'.`, 'device_id')
    : ok(true);
}
