import { computed, signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { CORNERS } from '../../../domain/corner.ts';
import { countedMarks } from '../../../public/operator/control.ts';
import { DEFAULT_KEYS } from '../../../public/operator/keys/commands.ts';
import { linesOf } from '../../../public/operator/lines.ts';
import { FIRST_MODES, type Modes } from '../../../public/operator/modes.ts';
import { type Perform, performer } from '../../../public/operator/perform.ts';
import type { Permits } from '../../../public/operator/permits.ts';
import { openQueue } from '../../../public/operator/queue.ts';
import { roundTime } from '../../../public/operator/round-time.ts';
import type { State } from '../../../public/operator/state.ts';
import type { Draft, Outbox, OutboxItem } from '../../../public/shared/outbox/outbox.ts';
import { viewAt } from './fixtures.ts';

type Bench = {
  readonly state: State;
  readonly perform: Perform;
  /** What was handed to the device, in order. */
  readonly drafts: readonly Draft[];
  /** Lets the device finish, or fail, everything that it was handed. */
  readonly settle: (how?: 'kept' | 'failed') => Promise<void>;
};

/** The page's own state over a device whose disk answers when the test says so. */
function bench(): Bench {
  const items = signal<readonly OutboxItem[]>([]);
  const drafts: Draft[] = [];
  const waiting: { readonly keep: () => void; readonly fail: () => void }[] = [];
  const put: Outbox['put'] = async (draft) =>
    await new Promise((resolve, reject) => {
      drafts.push(draft);
      const { boutId, kind, note = {} } = draft;
      const path = draft.kind === 'command' ? draft.path : '';
      const eventId = `event_${drafts.length}`;
      const rest = { seq: 0, atMs: 0, state: 'unsent', refusal: null } as const;
      const item: OutboxItem = { eventId, boutId, kind, path, body: draft.fields, note, ...rest };
      const keep = (): void => {
        items.value = [...items.peek(), item];
        resolve(item);
      };
      waiting.push({ keep, fail: () => reject(new Error('the disk is full')) });
    });
  const outbox: Outbox = {
    items,
    unsent: computed(() => items.value.length),
    refused: signal([]),
    others: signal(0),
    durable: true,
    put,
    dismiss: async () => undefined,
    flush: () => undefined,
    stored: () => items.peek().length,
    stop: () => undefined,
  };
  const state = stateOver(items);
  const { perform } = performer(state, openQueue(outbox));
  return {
    state,
    perform,
    drafts,
    settle: async (how = 'kept') => {
      while (waiting.length > 0) {
        for (const { keep, fail } of waiting.splice(0)) (how === 'kept' ? keep : fail)();
        // What follows from it (an undo that waited for its tap) is put in its turn.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
  };
}

function stateOver(items: { readonly value: readonly OutboxItem[] }): State {
  const view = signal({ ...viewAt(1), clock: { ...viewAt(1).clock, running_since_ms: 1_000_000 } });
  const roundId = signal<number | null>(1);
  const permits = signal<Permits>({ corners: CORNERS, aspects: null });
  const selectedId = signal<string | null>(null);
  const linesWith = (more: readonly OutboxItem[]) =>
    linesOf([], [...items.value, ...more], {
      boutId: 'bout_1',
      roundId: 1,
      subject: 'operator_1',
      cornerOf: (id) => (id === 'fighter1' ? 'red' : 'blue'),
    });
  const lines = computed(() => linesWith([]));
  return {
    subject: signal('operator_1'),
    permits,
    view,
    roundId,
    chosenRound: signal<number | null>(null),
    modes: signal<Modes>({ ...FIRST_MODES, corner: 'red' }),
    backfillKind: signal('top'),
    shift: signal(false),
    keys: signal(DEFAULT_KEYS),
    keysOn: signal(true),
    keysKept: signal(true),
    lines,
    marks: computed(() => countedMarks(lines.value, CORNERS)),
    selected: computed(() => lines.value.find(({ eventId }) => eventId === selectedId.value) ?? null),
    select: (eventId) => {
      selectedId.value = eventId;
    },
    linesWith,
    time: () => roundTime(view.value, 1, 1_060_000),
    said: signal(null),
    lost: signal<readonly string[]>([]),
    pressed: signal(null),
    setKeys: () => undefined,
    mayCorrect: (line) => line.own,
    stop: () => undefined,
  };
}

function wordsOf(draft: Draft | undefined): unknown {
  return draft?.kind === 'action' ? [draft.fields.event_type, draft.fields.fighter_id] : draft?.fields;
}

describe('what a press does', () => {
  it('hands each tap to the device at once, and confirms it when it lies there', async () => {
    const { state, perform, drafts, settle } = bench();
    for (let i = 0; i < 30; i += 1) perform('jab', i === 0);
    expect(drafts).toHaveLength(30);
    expect(drafts[0]).toMatchObject({
      kind: 'action',
      boutId: 'bout_1',
      fields: { round_id: 1, judge_id: 'operator_1', event_type: 'Jab', metadata: { significant: true } },
      note: { title: 'Red Jab, distance, significant', clock_ms: 60_000 },
    });
    expect(state.said.value).toBeNull();
    expect(state.lines.value).toEqual([]);
    await settle();
    expect(state.said.value).toMatchObject({ tone: 'stored', text: 'Stored: Red Jab, distance' });
    expect(state.lines.value).toHaveLength(30);
  });

  it('says loudly what the device could not keep, and shows none of it as logged', async () => {
    const { state, perform, settle } = bench();
    perform('jab', false);
    perform('undo', false);
    await settle('failed');
    expect(state.lost.value).toEqual([expect.stringContaining('Not stored: Red Jab')]);
    expect(state.lines.value).toEqual([]);
    expect(state.said.value).toBeNull();
  });

  it('takes back the very taps that were pressed before, though none is on the disk yet', async () => {
    const { perform, drafts, settle } = bench();
    perform('jab', false);
    perform('cross', false);
    perform('undo', false);
    perform('undo', false);
    perform('hook', false);
    await settle();
    expect(drafts.map(wordsOf)).toEqual([
      ['Jab', 'fighter1'],
      ['Cross', 'fighter1'],
      ['Hook', 'fighter1'],
      { bout_id: 'bout_1', target_event_id: 'event_1' },
      { bout_id: 'bout_1', target_event_id: 'event_2' },
    ]);
  });

  it('takes back no line twice while the first undo is on its way to the disk', async () => {
    const { perform, drafts, settle, state } = bench();
    perform('jab', false);
    perform('cross', false);
    await settle();
    for (let i = 0; i < 3; i += 1) perform('undo', false);
    expect(state.said.value).toMatchObject({ tone: 'refused' });
    await settle();
    expect(drafts.slice(2).map(wordsOf)).toEqual([
      { bout_id: 'bout_1', target_event_id: 'event_2' },
      { bout_id: 'bout_1', target_event_id: 'event_1' },
    ]);
  });

  it('knows a control tap that is not on the disk yet', async () => {
    const { perform, drafts, settle } = bench();
    perform('control_top', false);
    perform('control_top', false);
    perform('control_top', false);
    perform('control_back', false);
    await settle();
    expect(drafts.map(wordsOf)).toEqual([
      ['Control Start', 'fighter1'],
      ['Control Stop', 'fighter1'],
      ['Control Start', 'fighter1'],
      ['Control Start', 'fighter1'],
    ]);
  });

  it('uses a target for one strike, and keeps it over what has none', () => {
    const { perform, drafts, state } = bench();
    perform('target_head', false);
    perform('takedown_landed', false);
    perform('hook', false);
    perform('hook', false);
    expect(drafts.map((draft) => (draft.kind === 'action' ? draft.fields.metadata?.target : null))).toEqual([
      undefined,
      'head',
      undefined,
    ]);
    expect(state.modes.value.target).toBeNull();
  });

  it('puts the next action in the place of the selected line, and the key after that is a new one', async () => {
    const { perform, drafts, settle, state } = bench();
    perform('target_body', false);
    perform('jab', false);
    await settle();
    perform('line_down', false);
    perform('kd_hard', true);
    perform('jab', false);
    expect(drafts[1]).toMatchObject({
      path: '/api/events/v2/void',
      fields: {
        target_event_id: 'event_1',
        replacement: { event_type: 'KD', fighter_id: 'fighter1', metadata: { tier: 'Hard', position: 'distance' } },
      },
    });
    expect(wordsOf(drafts[2])).toEqual(['Jab', 'fighter1']);
    await settle();
    state.select(state.lines.value.at(-1)?.eventId ?? null);
    perform('corner_blue', false);
    expect(drafts[3]).toMatchObject({ fields: { replacement: { event_type: 'KD', fighter_id: 'fighter2' } } });
    expect(state.modes.value.corner).toBe('red');
  });

  it('logs nothing for a bout that is not there', () => {
    const { perform, drafts, state } = bench();
    const empty: State = { ...state, view: signal(null), time: () => null };
    const { perform: performEmpty } = performer(empty, openQueue(failingOutbox()));
    performEmpty('jab', false);
    expect(empty.said.value).toMatchObject({ tone: 'refused', text: 'Not logged: there is no bout yet.' });
    perform('jab', false);
    expect(drafts).toHaveLength(1);
  });
});

/** Whatever reaches this one is a mistake of the page. */
function failingOutbox(): Outbox {
  return {
    items: signal([]),
    unsent: signal(0),
    refused: signal([]),
    others: signal(0),
    durable: true,
    put: async () => {
      throw new Error('nothing was to be put');
    },
    dismiss: async () => undefined,
    flush: () => undefined,
    stored: () => 0,
    stop: () => undefined,
  };
}
