import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Credential } from '../../shared/device/credential.ts';
import { nowMs } from '../../shared/live/clock.ts';
import type { Live } from '../../shared/live/live.ts';
import type { Outbox, OutboxItem } from '../../shared/outbox/outbox.ts';
import type { View } from '../../shared/wire/frames.ts';
import { decodeRecommendations, type Recommendations } from '../../shared/wire/recommendations.ts';
import { decodeRuleSets, type Foul } from '../../shared/wire/rules.ts';
import { type Drafts, openDrafts } from './drafts.ts';
import { type HeardLog, hearLog } from './log.ts';
import { isStopped } from './model/knockdowns.ts';
import { elapsedAt, isEarly, pressOf, type ShownClock, timestampFor, withPresses } from './model/presses.ts';
import { openResource, type Resource } from './resource.ts';
import {
  decodeDeskBout,
  type DeskResult,
  decodeDeskScorecards,
  decodeFindings,
  type DeskScorecards,
  type Findings,
} from './wire.ts';

export type Part = 'all' | 'clock' | 'rulings';

export type DeskParts = {
  readonly live: Live;
  readonly credential: Credential;
  readonly outbox: Outbox;
  readonly part: Part;
};

/** Everything that the desk shows of one bout, and where it sends what is done at it. */
export type Desk = DeskParts & {
  readonly boutId: string;
  /** `/api/bouts/{id}` */
  readonly base: string;
  readonly view: ReadonlySignal<View | null>;
  readonly scorecards: Resource<DeskScorecards>;
  readonly recommendations: Resource<Recommendations>;
  readonly findings: Resource<Findings>;
  readonly result: ReadonlySignal<DeskResult | null>;
  /** Nothing is written any more, by anybody. */
  readonly sealed: ReadonlySignal<boolean>;
  readonly refreshResult: () => void;
  /** The fouls of the bout's rule set; empty where there is no list, null before it is known. */
  readonly fouls: ReadonlySignal<readonly Foul[] | null>;
  readonly log: HeardLog['entries'];
  readonly drafts: Drafts;
  /** The round that scorecards, findings and recommendation are looked at for. */
  readonly round: ReadonlySignal<number>;
  /** Null follows the bout. */
  readonly chosenRound: Signal<number | null>;
  /** The clock with what this page has pressed and the server has not confirmed. */
  readonly clock: ReadonlySignal<ShownClock | null>;
  readonly stopped: ReadonlySignal<boolean>;
  /** Changes when something official has been written, or when what was heard may have a gap. */
  readonly officialKey: ReadonlySignal<string>;
  /** What the clock shows at this moment; reads no signal. */
  readonly elapsedNow: () => number;
  /** This moment as a press is stamped with it. */
  readonly timestamp: () => number;
  readonly stop: () => void;
};

/** Kinds of entries that move no scorecard, ruling or result. */
const PLAIN_KINDS: readonly string[] = ['action', 'vision', 'note'];
const KEPT_BACK_MS = 3_000;
const OVER: readonly string[] = ['ENDED', 'LOCKED', 'FINAL'];

export function openDesk(parts: DeskParts, boutId: string): Desk {
  const { live, credential, outbox, part } = parts;
  const base = `/api/bouts/${encodeURIComponent(boutId)}`;
  const view = computed(() => {
    const shown = live.feed.value?.view ?? null;
    return shown?.bout.bout_id === boutId ? shown : null;
  });
  const heard = hearLog(live.feed);
  const drafts = openDrafts(boutId);
  const chosenRound = signal<number | null>(null);
  const round = computed(() => chosenRound.value ?? view.value?.round_id ?? 1);
  const connected = computed(() => live.connection.value.state === 'live');
  const cursor = computed(() => live.feed.value?.cursor ?? 0);
  const officialKey = computed(() => {
    const last = heard.entries.value.findLast(({ kind }) => !PLAIN_KINDS.includes(kind))?.sequence_index ?? -1;
    // A burst of taps can push an entry past the feed's few lines before it is seen: every twenty are a reason to look.
    return `${last}|${Math.floor(cursor.value / 20)}|${view.value?.round_status ?? ''}|${String(connected.value)}`;
  });

  const scorecards = openResource({
    credential,
    path: () => (view.value === null ? null : `${base}/scorecards`),
    decode: decodeDeskScorecards,
    trigger: () => officialKey.value,
  });
  const desk = openResource({
    credential,
    path: () => (view.value === null || part !== 'all' ? null : base),
    decode: decodeDeskBout,
    trigger: () => officialKey.value,
  });
  const recommendations = openResource({
    credential,
    path: () => (view.value === null || part !== 'all' ? null : `${base}/recommendations`),
    decode: decodeRecommendations,
    trigger: () => `${cursor.value}|${officialKey.value}`,
    gapMs: 2_500,
  });
  /** What a device says of itself is no entry of the ledger: while one keeps something back it is asked for again. */
  const keptBack = signal(false);
  const findings = openResource({
    credential,
    path: () => {
      const shown = view.value?.rounds.find(({ round_id }) => round_id === round.value);
      const over = shown !== undefined && OVER.includes(shown.status);
      return part === 'all' && over ? `${base}/findings/${round.value}` : null;
    },
    decode: decodeFindings,
    trigger: () =>
      `${cursor.value}|${officialKey.value}|${keptBack.value ? Math.floor(nowMs.value / KEPT_BACK_MS) : ''}`,
    gapMs: 1_500,
  });
  const watchFindings = effect(() => {
    keptBack.value = findings.value.value?.findings.some(({ code }) => code === 'unsent_device') ?? false;
  });
  const ruleSets = openResource({
    credential,
    path: () => (part === 'clock' ? null : '/api/rules'),
    decode: decodeRuleSets,
    trigger: () => connected.value,
    gapMs: 60_000,
  });

  const sentAt = new Map<string, number>();
  const confirmedIds = computed(() => new Set(heard.entries.value.map(({ event_id }) => event_id)));
  /** Whether the bout's own state shows what an item has done. */
  const isShown = (item: OutboxItem): boolean => {
    if (confirmedIds.value.has(item.eventId)) return true;
    if (item.state !== 'sent') return false;
    // A snapshot that is younger than the server's answer has it in it, even if the entry itself was never heard of.
    const since = sentAt.get(item.eventId) ?? live.serverNow();
    sentAt.set(item.eventId, since);
    return (view.value?.server_ms ?? 0) >= since;
  };
  const clock = computed((): ShownClock | null => {
    const shown = view.value;
    if (shown === null) return null;
    const presses = outbox.items.value
      .filter((item) => item.boutId === boutId && item.state !== 'refused' && !isShown(item))
      .flatMap((item) => pressOf(item) ?? []);
    return withPresses(shown, shown.bout.round_length_s * 1_000, presses, isEarly(shown));
  });
  // Another round is another matter: whoever looked at an earlier one is brought along.
  const currentRound = computed(() => view.value?.round_id ?? 1);
  const followRound = effect(() => {
    void currentRound.value;
    chosenRound.value = null;
  });

  return {
    ...parts,
    boutId,
    base,
    view,
    scorecards,
    recommendations,
    findings,
    result: computed(() => desk.value.value?.result ?? null),
    sealed: computed(() => desk.value.value?.sealed ?? false),
    refreshResult: desk.refresh,
    fouls: computed(() => {
      const id = scorecards.value.value?.rules.id;
      const sets = ruleSets.value.value?.rule_sets;
      return id === undefined || sets === undefined ? null : (sets.find((set) => set.id === id)?.fouls ?? []);
    }),
    log: heard.entries,
    drafts,
    round,
    chosenRound,
    clock,
    stopped: computed(() => isStopped(scorecards.value.value?.rulings ?? [])),
    officialKey,
    elapsedNow: () => {
      const shown = clock.peek();
      return shown === null ? 0 : elapsedAt(shown.clock, live.serverNow());
    },
    timestamp: () => timestampFor(credential.claims.peek()?.device ?? null, localNowOf(live), live.serverNow()),
    stop: () => {
      followRound();
      watchFindings();
      heard.stop();
      drafts.stop();
      for (const one of [scorecards, desk, recommendations, findings, ruleSets]) one.stop();
    },
  };
}

/** Server time for what is drawn: renewed ten times a second. */
export function shownNow(desk: Pick<Desk, 'live'>): number {
  return nowMs.value + (desk.live.offsetMs.value ?? 0);
}

function localNowOf(live: Live): number {
  return live.serverNow() - (live.offsetMs.peek() ?? 0);
}
