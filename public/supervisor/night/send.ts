import { type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../../shared/device/credential.ts';
import { forget, keep, kept } from '../../shared/device/store.ts';
import { type ApiFailure, command, type CommandOptions } from '../../shared/wire/api.ts';
import { type Bag, object, text } from '../../shared/wire/decode.ts';
import { newEventId } from '../../shared/wire/event-id.ts';

export type SendState =
  | { readonly kind: 'idle' | 'busy' | 'done' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

/** Commands of one form, one at a time. */
export type Sending = {
  readonly state: ReadonlySignal<SendState>;
  /** Null where it failed, or where the one before is still on its way. */
  readonly send: (path: string, fields: object, method?: CommandOptions['method']) => Promise<Bag | null>;
  readonly clear: () => void;
};

const decodeTried = object({ text, eventId: text });

/**
 * What went unanswered may have happened: the same words again go under the same `event_id`, so that pressing the
 * button once more, also after a crash where `keepAs` names a place on the device, makes nothing twice.
 */
export function openSending(credential: Credential, keepAs: string | null = null): Sending {
  const state = signal<SendState>({ kind: 'idle' });
  let tried: { readonly text: string; readonly eventId: string } | null = null;

  async function idFor(words: string): Promise<string> {
    const before = tried ?? (keepAs === null ? null : ((await kept(keepAs, decodeTried)) ?? null));
    const eventId = before?.text === words ? before.eventId : newEventId();
    tried = { text: words, eventId };
    if (keepAs !== null) await keep(keepAs, tried);
    return eventId;
  }

  return {
    state,
    send: async (path, fields, method = 'POST') => {
      if (state.peek().kind === 'busy') return null;
      state.value = { kind: 'busy' };
      const eventId = await idFor(`${method} ${path} ${JSON.stringify(fields)}`);
      const answer = await command(credential, path, fields, { method, eventId });
      if (!answer.ok) {
        state.value = { kind: 'failed', failure: answer.failure };
        return null;
      }
      tried = null;
      if (keepAs !== null) await forget(keepAs);
      state.value = { kind: 'done' };
      return answer.value;
    },
    clear: () => {
      if (state.peek().kind !== 'busy') state.value = { kind: 'idle' };
    },
  };
}
