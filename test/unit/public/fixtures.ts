import {
  decodeView,
  type DeltaFrame,
  type HelloFrame,
  type View,
  type WireEntry,
} from '../../../public/shared/wire/frames.ts';

const TOTALS = { damage: 1.5, grappling: 0.25, control: 0, weighted_score: 1.75 };

/** A view as the server writes it, with fields that the pages do not know. */
export function wireView(cursor: number, boutId = 'bout_1'): Record<string, unknown> {
  return {
    cursor,
    server_ms: 1_000_000 + cursor,
    bout: {
      bout_id: boutId,
      card_id: null,
      promotion: 'Promotion',
      event: 'Event',
      date: '2026-11-21',
      sport: 'mma',
      ruleset: 'mma-unified',
      scheduled_rounds: 3,
      round_length_s: 300,
      fighter1: { id: 'red_1', name: 'Red Name' },
      fighter2: { id: 'blue_1', name: 'Blue Name' },
      judges: [{ judge_id: 'JUDGE001', judge_name: 'Judge' }],
      release_policy: {},
      delay_ms: 0,
      simulated: true,
      from_a_newer_server: 1,
    },
    round_id: 1,
    round_status: 'IN_PROGRESS',
    clock: { round_id: 1, length_ms: 300_000, elapsed_ms: 0, running_since_ms: 1_000_000 },
    red_totals: TOTALS,
    blue_totals: null,
    rounds: [{ round_id: 1, status: 'IN_PROGRESS', total_events: cursor, red_totals: TOTALS, blue_totals: null }],
    redline_moments: [],
    result: null,
  };
}

export function viewAt(cursor: number, boutId = 'bout_1'): View {
  const view = decodeView(wireView(cursor, boutId));
  if (view === undefined) throw new Error('The fixture is no view.');
  return view;
}

export function entryAt(index: number, change: Partial<WireEntry> = {}): WireEntry {
  return {
    sequence_index: index,
    event_id: `event_${index}`,
    kind: 'action',
    round_id: 1,
    clock_ms: index * 1_000,
    timestamp_ms: 1_000_000 + index,
    received_ms: 1_000_000 + index,
    actor: { subject: 'operator_1', role: 'operator', seat: null, device: null },
    flags: [],
    event_type: 'Jab',
    fighter_id: 'fighter1',
    judge_id: 'operator_1',
    metadata: {},
    payload: {},
    replaces: null,
    voided: false,
    ...change,
  };
}

export function helloAt(cursor: number, entries: readonly WireEntry[], boutId = 'bout_1'): HelloFrame {
  return { type: 'hello', role: null, cursor, server_ms: 1_000_000, snapshot: viewAt(cursor, boutId), entries };
}

export function deltaOf(from: number, to: number, entries: readonly WireEntry[]): DeltaFrame {
  return { type: 'delta', from, to, entries, view: viewAt(to) };
}
