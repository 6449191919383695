import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import { FEED_LENGTH } from '../shared/live/feed.ts';
import type { Live } from '../shared/live/live.ts';
import { getJson } from '../shared/wire/api.ts';
import { list, number, object, text } from '../shared/wire/decode.ts';
import { decodeEntry } from '../shared/wire/frames.ts';
import { joinsOn, needsReading, type RoundEntries, withEntries } from './round-entries.ts';

const decodeRound = object({ bout_id: text, round_id: number, events: list(decodeEntry) });

/** Rounds are read whole at most so often; between, live lines are added to them. */
const READ_EVERY_MS = 1_500;

export type Entries = { readonly rounds: ReadonlySignal<RoundEntries>; readonly stop: () => void };

/** Every round's actions, read once and then carried on by what comes live. */
export function openEntries(credential: Credential, live: Live): Entries {
  const rounds = signal<RoundEntries>(new Map());
  const stopped = new AbortController();
  let boutId: string | null = null;
  let cursor = -1;
  let wanted = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading = false;

  async function read(): Promise<void> {
    timer = undefined;
    const of = boutId;
    if (of === null || reading) return;
    reading = true;
    const now = [...wanted].toSorted((a, b) => b - a);
    wanted = new Set();
    for (const round of now) {
      const path = `/api/events/v2/${encodeURIComponent(of)}/${round}`;
      const answer = await getJson(path, decodeRound, credential, stopped.signal);
      if (stopped.signal.aborted) return;
      if (of !== boutId) break;
      if (answer.ok) {
        // Lines that came while the answer was on its way are in the feed.
        const fresh = new Map(rounds.peek()).set(round, answer.value.events);
        rounds.value = withEntries(fresh, live.feed.peek()?.entries ?? []);
      } else if (answer.failure.kind === 'unreachable') wanted.add(round);
    }
    reading = false;
    if (wanted.size > 0) soon();
  }

  function soon(): void {
    if (!reading) timer ??= setTimeout(() => void read(), rounds.peek().size === 0 ? 0 : READ_EVERY_MS);
  }

  function want(numbers: readonly number[]): void {
    for (const one of numbers) wanted.add(one);
    if (wanted.size > 0) soon();
  }

  let wasLive = false;
  const dispose = effect(() => {
    const feed = live.feed.value;
    const isLive = live.connection.value.state === 'live';
    const of = live.boutId.value;
    if (of !== boutId) {
      boutId = of;
      cursor = -1;
      wanted = new Set();
      rounds.value = new Map();
    }
    const reconnected = isLive && !wasLive;
    wasLive = isLive;
    if (feed === null || !isLive || feed.view.bout.bout_id !== of) return;
    const begun = feed.view.rounds.map((round) => round.round_id);
    const unread = begun.filter((round) => !rounds.peek().has(round));
    const added = feed.entries.filter((entry) => entry.sequence_index > cursor);
    const whole = reconnected || needsReading(added) || !joinsOn(cursor, feed.entries, FEED_LENGTH);
    cursor = feed.cursor - 1;
    if (!whole && added.length > 0) rounds.value = withEntries(rounds.peek(), added);
    want(whole ? begun : unread);
  });

  return {
    rounds,
    stop: () => {
      dispose();
      clearTimeout(timer);
      stopped.abort();
    },
  };
}
