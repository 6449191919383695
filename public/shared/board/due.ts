import { AUDIENCES, inAudience, type Role } from '../../../domain/roles/index.ts';
import type { Feed } from '../live/feed.ts';
import type { View, WireEntry } from '../wire/frames.ts';

/** What a bout's release policy rules on, and what is asked for beside the live view. */
export type Part = 'scorecards' | 'recommendation';

/** Whether an answer may have changed; `seldom`: perhaps, and again with nearly every action. */
export type Due = 'no' | 'seldom' | 'soon';

/** Whether the part is for this role at all: where it is not, the server would only say no. */
export function isReleased({ bout: { release_policy: policy } }: View, role: Role | null, part: Part): boolean {
  // A server that does not say what is released answers for itself.
  if (policy === null) return true;
  return inAudience(role, AUDIENCES.find((one) => one === policy[part]) ?? 'none');
}

/**
 * Looks at each state of the live view in turn and says whether the part may have changed since the one before: with
 * the release policy, a round's status or the result, and with entries that are not merely the fight going on.
 */
export function watchFor(part: Part, role: Role | null): (feed: Feed) => Due {
  let stage = '';
  let since = 0;
  return (feed) => {
    const before = { stage, since };
    stage = stageOf(feed.view);
    since = feed.cursor;
    return stage === before.stage ? moved(feed, before.since, part, role) : 'soon';
  };
}

/** The same for what changes with no entry: looked at again as the bout goes from one stage to the next. */
export function watchForStages(): (feed: Feed) => Due {
  let stage = '';
  return ({ view }) => {
    const before = stage;
    stage = stageOf(view);
    return stage === before ? 'no' : 'soon';
  };
}

function stageOf({ bout, round_id, rounds, round_status, result }: View): string {
  const statuses = rounds.map((round) => round.status);
  return JSON.stringify([bout.bout_id, bout.release_policy, round_id, round_status, statuses, result?.status]);
}

function moved({ cursor, entries, view }: Feed, since: number, part: Part, role: Role | null): Due {
  const seen = entries.filter(({ sequence_index }) => sequence_index >= since);
  const dues = seen.map((entry) => dueWith(entry, view, part, role));
  if (dues.includes('soon')) return 'soon';
  // What this role is not sent may be a scorecard, and may be anything else.
  if (cursor - since > seen.length) return view.round_status === 'IN_PROGRESS' ? 'seldom' : 'soon';
  return dues.includes('seldom') ? 'seldom' : 'no';
}

const ACTIONS = ['action', 'replace', 'vision'];

function dueWith({ kind, round_id }: WireEntry, view: View, part: Part, role: Role | null): Due {
  // The clock is in the rounds' statuses.
  if (kind === 'clock') return 'no';
  if (part === 'scorecards') return ACTIONS.includes(kind) ? 'no' : 'soon';
  if (kind !== 'void' && !ACTIONS.includes(kind)) return 'soon';
  if (!isGoingOn(view) || round_id !== view.round_id) return 'soon';
  // Of a round that goes on only the commission is told anything; of one that nobody rang in, nobody knows the end.
  return inAudience(role, 'commission') || !view.clock.started ? 'seldom' : 'no';
}

function isGoingOn({ round_status }: View): boolean {
  return round_status === 'IN_PROGRESS' || round_status === 'PAUSED';
}
