import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Credential } from '../../shared/device/credential.ts';
import { command, type CommandOptions, failureWords } from '../../shared/wire/api.ts';
import type { Decode } from '../../shared/wire/decode.ts';
import { newEventId } from '../../shared/wire/event-id.ts';
import { failures } from '../../shared/strings/failures.ts';

export type Sent<T> =
  | { readonly state: 'idle' | 'pending' }
  | { readonly state: 'done'; readonly value: T }
  | { readonly state: 'refused'; readonly why: string };

export type Sender<T> = {
  readonly sent: ReadonlySignal<Sent<T>>;
  readonly send: (path: string, fields: object, method?: CommandOptions['method']) => Promise<T | null>;
  readonly reset: () => void;
};

/** A command whose answer is waited for. Sent again after silence it has the same id, and so happens once. */
export function useSender<T>(credential: Credential, decode: Decode<T>): Sender<T> {
  const sent = useSignal<Sent<T>>({ state: 'idle' });
  const unanswered = useRef<{ readonly content: string; readonly eventId: string } | null>(null);
  const send: Sender<T>['send'] = async (path, fields, method = 'POST') => {
    if (sent.peek().state === 'pending') return null;
    const content = `${method} ${path}\n${JSON.stringify(fields)}`;
    const eventId = unanswered.current?.content === content ? unanswered.current.eventId : newEventId();
    unanswered.current = { content, eventId };
    sent.value = { state: 'pending' };
    // A PUT is given no id by the client that is shared, and this one's needs it.
    const body = method === 'PUT' ? { ...fields, event_id: eventId } : fields;
    const answer = await command(credential, path, body, { method, eventId });
    if (answer.ok || answer.failure.kind === 'problem') unanswered.current = null;
    if (!answer.ok) {
      sent.value = { state: 'refused', why: failureWords(answer.failure) };
      return null;
    }
    const value = decode(answer.value);
    sent.value = value === undefined ? { state: 'refused', why: failures.status(200) } : { state: 'done', value };
    return value ?? null;
  };
  const reset = (): void => {
    sent.value = { state: 'idle' };
  };
  return { sent, send, reset };
}
