import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import type { Live } from '../shared/live/live.ts';
import type { Outbox } from '../shared/outbox/outbox.ts';
import { exchange } from '../shared/wire/api.ts';
import { isBag } from '../shared/wire/decode.ts';
import { isToTell, MAX_QUEUE, sessionIdFor, type SessionReport } from './session.ts';

export type SeatSession = {
  /** `fenced`: another device has the seat. `taking`: it is being taken back. */
  readonly hold: ReadonlySignal<'held' | 'fenced' | 'taking'>;
  /** Why the server does not take the seat from here at all; null where it does. */
  readonly refusal: ReadonlySignal<string | null>;
  readonly takeBack: () => void;
  readonly stop: () => void;
};

const AGAIN_MS = 3_000;

type Now = Pick<SessionReport, 'round' | 'state'>;

/** Opens the seat's session on this device and keeps its report up to date; says when another device has the seat. */
export function openSeatSession(
  credential: Credential,
  live: Live,
  outbox: Outbox,
  seat: string,
  now: ReadonlySignal<Now | null>,
): SeatSession {
  const hold = signal<'held' | 'fenced' | 'taking'>('held');
  const refusal = signal<string | null>(null);
  const connection = signal(0);
  /** Counts the times that an unanswered report is to be told again. */
  const again = signal(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the server has been told, or is being told. */
  let told: SessionReport | null = null;
  /** Whether the server may believe that something is unsent here; a report without an answer may have arrived. */
  let believed = false;
  let sending: Promise<void> = Promise.resolve();
  let stopped = false;

  const isLive = computed(() => live.connection.value.state === 'live');
  const unsent = computed(() =>
    outbox.items.value.flatMap(({ state, eventId }) => (state === 'unsent' ? [eventId] : [])),
  );

  async function report(next: SessionReport, takeOver: boolean): Promise<void> {
    if (stopped) return;
    believed ||= next.unsent.length > 0;
    const answer = await exchange(credential, {
      method: 'POST',
      path: '/api/judge-session/create',
      body: JSON.stringify({
        judge_session_id: sessionIdFor(seat),
        judge_id: seat,
        bout_id: next.boutId,
        round_id: next.round,
        last_event_sequence: Math.max((live.feed.peek()?.cursor ?? 1) - 1, 0),
        session_state: next.state,
        unsent_event_queue: next.unsent.slice(0, MAX_QUEUE),
        device_id: credential.deviceId,
        ...(takeOver ? { take_over: true } : {}),
      }),
    });
    if (live.boutId.peek() !== next.boutId) return;
    const { status } = answer ?? { status: 0 };
    const body = isBag(answer?.body) ? answer.body : {};
    if (status === 200) {
      refusal.value = null;
      believed = next.unsent.length > 0;
      if (hold.peek() === 'taking') hold.value = 'held';
    } else if (body.code === 'fenced') hold.value = 'fenced';
    else if (status === 403 || status === 404) refusal.value = typeof body.detail === 'string' ? body.detail : '';
    else {
      // Nobody answered, or with something that says nothing.
      if (told === next) told = null;
      clearTimeout(timer);
      timer = setTimeout(() => {
        again.value += 1;
      }, AGAIN_MS);
      if (hold.peek() === 'taking') hold.value = 'fenced';
    }
  }

  function tell(next: SessionReport, takeOver: boolean): void {
    told = next;
    sending = reportAfter(sending, next, takeOver);
  }

  /** One after the other: what is told last is what the server knows. */
  async function reportAfter(before: Promise<void>, next: SessionReport, takeOver: boolean): Promise<void> {
    await before;
    // What has been overtaken while it waited for its turn would only keep the newer one waiting.
    if (told !== next && told !== null && !takeOver) return;
    await report(next, takeOver);
  }

  function current(): SessionReport | null {
    const boutId = live.boutId.value;
    const known = now.value;
    if (boutId === null || known === null || live.feed.value?.view.bout.bout_id !== boutId) return null;
    return { boutId, ...known, unsent: unsent.value, connection: connection.value };
  }

  const stopCounting = effect(() => {
    if (isLive.value) connection.value = connection.peek() + 1;
  });

  const stopTelling = effect(() => {
    const next = current();
    void again.value;
    if (next === null || hold.value !== 'held') return;
    if (isToTell(next, told, believed, isLive.value)) tell(next, false);
  });

  // Another bout is another seat of the same name: whether this device holds it there, its session says.
  let boutBefore = live.boutId.peek();
  const stopFollowing = live.boutId.subscribe((boutId) => {
    if (boutId === boutBefore) return;
    boutBefore = boutId;
    told = null;
    believed = false;
    hold.value = 'held';
    refusal.value = null;
  });

  const stopListening = live.onFrame(({ name, body }) => {
    if (name === 'fenced' && body.judge_id === seat && body.device_id === credential.deviceId) hold.value = 'fenced';
  });

  // Those that lie here from before say nothing of who holds the seat now; the session's answer does.
  const seen = new Set(outbox.refused.peek().map(({ eventId }) => eventId));
  const stopWatching = outbox.refused.subscribe((refused) => {
    for (const { eventId, boutId, refusal: why } of refused) {
      if (seen.has(eventId)) continue;
      seen.add(eventId);
      if (why?.code === 'fenced' && boutId === live.boutId.peek() && hold.peek() === 'held') hold.value = 'fenced';
    }
  });

  return {
    hold,
    refusal,
    takeBack: () => {
      const next = current();
      if (next === null || hold.peek() !== 'fenced') return;
      hold.value = 'taking';
      tell(next, true);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      stopCounting();
      stopTelling();
      stopFollowing();
      stopListening();
      stopWatching();
    },
  };
}
