import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { OutboxItem } from '../../shared/outbox/outbox.ts';
import { type ApiFailure, command, failureWords } from '../../shared/wire/api.ts';
import { type Bag, isBag } from '../../shared/wire/decode.ts';
import { newEventId } from '../../shared/wire/event-id.ts';
import type { Desk } from './desk.ts';
import { isDoublePress } from './model/due.ts';

export type FieldError = { readonly field: string; readonly detail: string };

/** What became of a command; `unanswered`: nobody knows, and the same command may be sent again without harm. */
export type Sending =
  | { readonly phase: 'idle' | 'pending' | 'done' | 'unanswered' }
  | { readonly phase: 'refused'; readonly words: string; readonly errors: readonly FieldError[] };

export const IDLE: Sending = { phase: 'idle' };

export type Command = {
  readonly sending: ReadonlySignal<Sending>;
  /** `path` follows `/api/bouts/{id}`. Resolves to whether the server took it. */
  readonly send: (path: string, fields: object) => Promise<boolean>;
  readonly reset: () => void;
};

/**
 * A command whose answer somebody waits for: what it does depends on what the record says at that moment, so it is
 * never kept for later. The same command sent again after silence has the same id, and so happens once.
 */
export function useCommand(desk: Desk): Command {
  const sending = useSignal<Sending>(IDLE);
  const unanswered = useRef<{ readonly content: string; readonly eventId: string } | null>(null);
  const send = async (path: string, fields: object): Promise<boolean> => {
    if (sending.peek().phase === 'pending') return false;
    const content = `${path}\n${JSON.stringify(fields)}`;
    const eventId = unanswered.current?.content === content ? unanswered.current.eventId : newEventId();
    unanswered.current = { content, eventId };
    sending.value = { phase: 'pending' };
    const answer = await command(desk.credential, desk.base + path, fields, { eventId });
    if (answer.ok || answer.failure.kind === 'problem') unanswered.current = null;
    sending.value = answer.ok ? { phase: 'done' } : afterFailure(answer.failure);
    if (answer.ok) refreshAll(desk);
    return answer.ok;
  };
  return { sending, send, reset: () => (sending.value = IDLE) };
}

/** What was done shows by itself with the next delta; without a socket it is asked for. */
function refreshAll(desk: Desk): void {
  if (desk.live.connection.peek().state === 'live') return;
  desk.scorecards.refresh();
  desk.refreshResult();
  desk.findings.refresh();
}

function afterFailure(failure: ApiFailure): Sending {
  if (failure.kind === 'unreachable') return { phase: 'unanswered' };
  return { phase: 'refused', words: failureWords(failure), errors: failure.errors };
}

/** Something that is kept on the device until the server has it: it happened when it was pressed. */
export type Presses = {
  readonly press: (path: string, fields: Bag, words: string, note?: Bag) => Promise<OutboxItem>;
  /** Whether a press at this place, now, is the bounce of the last one that was put. */
  readonly isBounce: () => boolean;
  /** Those of this place that wait or were refused, and the last that was taken. */
  readonly items: ReadonlySignal<readonly OutboxItem[]>;
  readonly dismiss: (eventId: string) => void;
};

/** @param place where on the page it was pressed, so that its fate is told there */
export function usePresses(desk: Desk, place: string): Presses {
  const items = useComputed(() => {
    const here = desk.outbox.items.value.filter((item) => item.boutId === desk.boutId && item.note.place === place);
    const lastSent = here.findLast(({ state }) => state === 'sent');
    return here.filter((item) => item.state !== 'sent' || item === lastSent);
  });
  const lastMs = useRef<number | null>(null);
  return {
    items,
    isBounce: () => isDoublePress(lastMs.current, performance.now()),
    press: async (path, fields, words, note = {}) => {
      lastMs.current = performance.now();
      return await desk.outbox.put({
        kind: 'command',
        boutId: desk.boutId,
        path: desk.base + path,
        fields,
        note: { ...note, place, words },
      });
    },
    dismiss: (eventId) => {
      // Who has read that it was refused presses again on purpose, however soon.
      lastMs.current = null;
      void desk.outbox.dismiss(eventId);
    },
  };
}

export function wordsOf(item: OutboxItem): string {
  return isBag(item.note) && typeof item.note.words === 'string' ? item.note.words : '';
}
