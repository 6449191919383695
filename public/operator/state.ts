import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type ControlKind, CONTROL_KINDS, type ControlMark, POSITIONS, TARGETS } from '../../domain/actions/index.ts';
import { type Corner, CORNERS } from '../../domain/corner.ts';
import { ownerOf } from '../shared/device/claims.ts';
import type { Credential } from '../shared/device/credential.ts';
import { keep, kept } from '../shared/device/store.ts';
import type { Live } from '../shared/live/live.ts';
import { cornerOf } from '../shared/look/corner.tsx';
import type { Outbox, OutboxItem } from '../shared/outbox/outbox.ts';
import { literal, nullable, object, otherwise, parseJson, text, truth } from '../shared/wire/decode.ts';
import type { View } from '../shared/wire/frames.ts';
import { countedMarks } from './control.ts';
import type { CommandId, KeyMap } from './keys/commands.ts';
import { DEFAULT_KEYS } from './keys/commands.ts';
import { changedKeys, readKeys } from './keys/keymap.ts';
import { type Line, linesOf, stands } from './lines.ts';
import { FIRST_MODES, type Modes } from './modes.ts';
import { mayCorner, type Permits, permitsOf } from './permits.ts';
import { keepRecord } from './record.ts';
import { type RoundTime, roundTime } from './round-time.ts';

/** The last thing that the page said about something that was done. */
export type Said = { readonly tone: 'stored' | 'refused'; readonly text: string };

/** Everything that the page shows. */
export type State = {
  readonly subject: ReadonlySignal<string>;
  readonly permits: ReadonlySignal<Permits>;
  readonly view: ReadonlySignal<View | null>;
  /** The round that is logged; null before the first snapshot. */
  readonly roundId: ReadonlySignal<number | null>;
  /** Null: the current one. Falls back to it with the next bell. */
  readonly chosenRound: Signal<number | null>;
  readonly modes: Signal<Modes>;
  readonly backfillKind: Signal<ControlKind>;
  /** Shift is held. */
  readonly shift: Signal<boolean>;
  readonly keys: Signal<KeyMap>;
  readonly keysOn: Signal<boolean>;
  /** Whether the keys that were chosen lie on the device. */
  readonly keysKept: Signal<boolean>;
  readonly lines: ReadonlySignal<readonly Line[]>;
  readonly marks: ReadonlySignal<readonly ControlMark[]>;
  readonly selected: ReadonlySignal<Line | null>;
  readonly select: (eventId: string | null) => void;
  /** The same lines as if these items were in the queue already. */
  readonly linesWith: (more: readonly OutboxItem[]) => readonly Line[];
  readonly time: () => RoundTime | null;
  readonly said: Signal<Said | null>;
  /** What the device could not store, until somebody has read it. */
  readonly lost: Signal<readonly string[]>;
  readonly pressed: Signal<{ readonly command: CommandId; readonly serial: number } | null>;
  readonly setKeys: (keys: KeyMap) => void;
  /** Whether this person may correct the line. */
  readonly mayCorrect: (line: Line) => boolean;
  readonly stop: () => void;
};

export async function openState(credential: Credential, live: Live, outbox: Outbox): Promise<State> {
  const owner = ownerOf(credential.claims.peek());
  const keeper = keepRecord(credential);
  const subject = computed(() => credential.claims.value?.subject ?? '');
  const permits = computed(() => permitsOf(credential.claims.value));
  const view = computed(() => live.feed.value?.view ?? null);
  const chosenRound = signal<number | null>(null);
  const roundId = computed(() => chosenRound.value ?? view.value?.round_id ?? null);
  const before = await kept(`operator-modes|${owner}`, decodeModes);
  const first = permits.peek().corners[0] ?? 'red';
  const modes = signal<Modes>({ ...FIRST_MODES, corner: first, ...before?.modes, target: null });
  const backfillKind = signal<ControlKind>(before?.backfillKind ?? 'top');
  const keys = signal<KeyMap>((await kept(KEYS, (value) => readKeys(parseJson(text(value) ?? '')))) ?? DEFAULT_KEYS);
  const keysKept = signal(true);
  const selectedId = signal<string | null>(null);

  const record = computed(() => keeper.record.value?.entries ?? live.feed.value?.entries ?? []);
  const linesWith = (more: readonly OutboxItem[]): readonly Line[] => {
    const now = view.value;
    const round = roundId.value;
    if (now === null || round === null) return [];
    const { bout } = now;
    return linesOf(record.value, [...outbox.items.value, ...more], {
      boutId: bout.bout_id,
      roundId: round,
      subject: subject.value,
      cornerOf: (fighterId) => cornerOf(bout, fighterId),
    });
  };
  const lines = computed(() => linesWith([]));
  const marks = computed(() => countedMarks(lines.value, permits.value.corners));

  const stops = [
    effect(() => {
      const feed = live.feed.value;
      const round = roundId.value;
      if (feed !== null && round !== null) keeper.follow(feed, round, live.connection.value.state === 'live');
    }),
    resetAtTheBell(view, chosenRound),
    effect(() => {
      const { corners } = permits.value;
      if (!mayCorner(permits.value, modes.peek().corner))
        modes.value = { ...modes.peek(), corner: corners[0] ?? 'red' };
    }),
    effect(() => {
      const { corner, position, significant } = modes.value;
      const now = { modes: { corner, position, significant }, backfillKind: backfillKind.value };
      void keep(`operator-modes|${owner}`, JSON.stringify(now));
    }),
  ];

  function supervises(): boolean {
    const role = credential.claims.peek()?.role;
    return role === 'supervisor' || role === 'admin';
  }

  return {
    subject,
    permits,
    view,
    roundId,
    chosenRound,
    modes,
    backfillKind,
    shift: signal(false),
    keys,
    keysOn: signal(true),
    keysKept,
    lines,
    marks,
    selected: computed(() => lines.value.find((line) => line.eventId === selectedId.value && stands(line)) ?? null),
    select: (eventId) => {
      selectedId.value = eventId;
    },
    linesWith,
    time: () => {
      const now = view.value;
      const round = roundId.value;
      return now === null || round === null ? null : roundTime(now, round, live.serverNow());
    },
    said: signal<Said | null>(null),
    lost: signal<readonly string[]>([]),
    pressed: signal<{ command: CommandId; serial: number } | null>(null),
    setKeys: (next) => {
      keys.value = next;
      void keep(KEYS, JSON.stringify(changedKeys(next))).then((done) => {
        keysKept.value = done;
      });
    },
    mayCorrect: (line) => (line.own || supervises()) && stands(line),
    stop: () => {
      keeper.stop();
      for (const stop of stops) stop();
    },
  };
}

/** One set of keys for the keyboard, whoever sits at it. */
const KEYS = 'operator-keys';

const decodeModes = (value: unknown) => decodeModesParts(parseJson(text(value) ?? ''));

const decodeModesParts = object({
  modes: object({
    corner: literal(...CORNERS),
    position: literal(...POSITIONS),
    significant: truth,
    target: otherwise(nullable(literal(...TARGETS)), null),
  }),
  backfillKind: literal(...CONTROL_KINDS),
});

/** Whoever logged to another round is back in the current one with the next bell. */
function resetAtTheBell(view: ReadonlySignal<View | null>, chosenRound: Signal<number | null>): () => void {
  let current: string | null = null;
  return effect(() => {
    const now = view.value;
    const next = now === null ? null : `${now.bout.bout_id} ${now.round_id}`;
    if (next === current) return;
    current = next;
    chosenRound.value = null;
  });
}

export function cornersOf(permits: Permits): readonly Corner[] {
  return CORNERS.filter((corner) => mayCorner(permits, corner));
}
