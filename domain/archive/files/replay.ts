import { type RoundState, toldByLegacy } from '../../bout/index.ts';
import type { Entry } from '../../ledger/index.ts';
import { replayRound, type TimelineSecond } from '../../replay/index.ts';
import { wireAction } from '../../wire/action.ts';
import { documentLines, formatOf, mapped } from '../document.ts';
import { AFTER_ALL, type BoutRecord, entriesOf } from '../record.ts';

const LEFT_OUT =
  'A second in which nothing was logged and no total changed is left out: its totals are those of the second before it. ' +
  'Otherwise as GET /api/replay/{bout_id}/{round_id} answers for the round’s whole length.';

/** `replay_data.json`: the timeline of each round, one line per second that changed something. */
export function replayLines(record: BoutRecord): Iterable<string> {
  return documentLines([
    ['bout_id', JSON.stringify(record.state.config.boutId)],
    ['format', JSON.stringify(formatOf('replay_data'))],
    ['seconds_left_out', JSON.stringify(LEFT_OUT)],
    ['rounds', mapped(record.state.rounds, (round) => roundText(record, round))],
  ]);
}

function roundText(record: BoutRecord, round: RoundState): string {
  const { state } = record;
  const lengthMs = round.clock?.lengthMs ?? state.config.roundLengthMs;
  const seconds = Math.max(1, Math.ceil(lengthMs / 1000));
  const replay = replayRound(state, round, shownOf(record, round), seconds, AFTER_ALL, show);
  const lines = documentLines([
    ['round_id', String(round.number)],
    ['seconds', String(seconds)],
    ['event_count', String(replay.event_count)],
    ['timeline', mapped(changing(replay.timeline), (second) => JSON.stringify(second))],
  ]);
  return [...lines].join('\n');
}

/** Legacy events are the fallback of a whole round: beside others they are not replayed. */
function shownOf(record: BoutRecord, round: RoundState): Entry[] {
  const entries = [...entriesOf(record, round)];
  return toldByLegacy(round) ? entries : entries.filter(({ flags }) => !flags.includes('legacy'));
}

function show(entry: Entry, facts: { readonly voided: boolean; readonly counted: boolean }) {
  return {
    sequence_index: entry.index,
    event_id: entry.eventId,
    ...wireAction(entry),
    timestamp_ms: entry.timestampMs,
    clock_ms: entry.clockMs,
    ...facts,
  };
}

function changing<Event>(timeline: readonly TimelineSecond<Event>[]): TimelineSecond<Event>[] {
  return timeline.filter((second, at) => second.events.length > 0 || totalsOf(second) !== totalsOf(timeline[at - 1]));
}

const NO_TOTALS = '[0,0,0,0,0,0]';

function totalsOf(second: TimelineSecond<unknown> | undefined): string {
  if (second === undefined) return NO_TOTALS;
  const { damage_totals: damage, grappling_totals: grappling, control_totals: control } = second;
  return JSON.stringify([damage, grappling, control].flatMap(({ red, blue }) => [red, blue]));
}
