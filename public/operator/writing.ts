import type { Corner } from '../../domain/corner.ts';
import type { Draft } from '../shared/outbox/outbox.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import { VOID_PATH } from './lines.ts';
import type { Queue } from './queue.ts';
import type { Saying } from './saying.ts';
import type { Said, State } from './state.ts';
import { sentenceOf } from './words.ts';

export const FIGHTER = { red: 'fighter1', blue: 'fighter2' } as const satisfies Record<Corner, string>;

/** What goes to the device, and what the screen says of it. */
export type Writing = {
  readonly log: (corner: Corner, saying: Saying) => void;
  /** Takes an action back (null), or puts another in its place. */
  readonly correct: (targetId: string, replacement: object | null, said: string) => void;
  readonly refuse: (text: string) => void;
  /** Lines whose correction is between the hand and the disk. */
  readonly taking: ReadonlySet<string>;
};

export function openWriting(state: State, queue: Queue): Writing {
  const taking = new Set<string>();
  /** Presses are counted: what is said of one never takes the place of what was said of a later one. */
  let pressed = 0;
  let spokenOf = 0;

  function log(corner: Corner, saying: Saying): void {
    const view = state.view.peek();
    const time = state.time();
    if (view === null || time === null) return refuse(operatorWords.noBout);
    const title = sentenceOf(corner, saying.event_type, saying.metadata);
    store(
      {
        kind: 'action',
        boutId: view.bout.bout_id,
        fields: {
          round_id: time.roundId,
          judge_id: state.subject.peek(),
          fighter_id: FIGHTER[corner],
          event_type: saying.event_type,
          metadata: saying.metadata,
        },
        note: { title, clock_ms: Math.round(time.elapsedMs) },
      },
      operatorWords.stored(title),
    );
  }

  /** Goes through the same queue as the action itself, so that it never arrives before it. */
  function correct(targetId: string, replacement: object | null, said: string): void {
    const view = state.view.peek();
    if (view === null) return refuse(operatorWords.noBout);
    if (taking.has(targetId)) return refuse(operatorWords.correctedAlready);
    const { bout_id } = view.bout;
    taking.add(targetId);
    const fields = { bout_id, target_event_id: targetId, ...(replacement === null ? {} : { replacement }) };
    const draft: Draft = { kind: 'command', boutId: bout_id, path: VOID_PATH, fields, note: { title: said } };
    store(draft, said, () => taking.delete(targetId));
  }

  /** Only what lies on the device is confirmed. */
  function store(draft: Draft, said: string, settled: () => void = () => undefined): void {
    pressed += 1;
    const press = pressed;
    queue
      .put(draft)
      .then(
        () => say(press, 'stored', said),
        () => {
          state.lost.value = [...state.lost.peek(), operatorWords.notStored(draftTitle(draft))];
        },
      )
      .finally(settled);
  }

  function refuse(text: string): void {
    pressed += 1;
    say(pressed, 'refused', text);
  }

  function say(press: number, tone: Said['tone'], text: string): void {
    if (press < spokenOf) return;
    spokenOf = press;
    state.said.value = { tone, text };
  }

  return { log, correct, refuse, taking };
}

function draftTitle(draft: Draft): string {
  const title = draft.note?.title;
  return typeof title === 'string' ? title : '';
}
