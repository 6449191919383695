import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Corner } from '../../domain/corner.ts';
import type { Credential } from '../shared/device/credential.ts';
import { nowMs, remainingMs } from '../shared/live/clock.ts';
import type { Live } from '../shared/live/live.ts';
import type { Outbox } from '../shared/outbox/outbox.ts';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { RoundStatus, View } from '../shared/wire/frames.ts';
import { isToScore, type OwnCard, ownCards, scorecardPath } from './cards.ts';
import { openFacts } from './facts.ts';
import { isDistanceOver, roundCount, roundsToScore, statusOf } from './rounds.ts';
import { pointsText, type Score } from './score.ts';
import { openSeatSession, type SeatSession } from './seat-session.ts';
import { openSubmitting, type SubmitSteps } from './submitting.ts';
import { type Signature, signatureOf } from './signature.ts';
import { ACKNOWLEDGE, type Deduction, toTell } from './told.ts';
import { type Deductions, sumOf, type Sum } from './totals.ts';
import { lastTap, type LastTap, VOID } from './undo.ts';
import type { SeatFacts } from './wire.ts';

/** A judge at work on the bout that is shown. */
export type Judge = {
  readonly seat: string;
  readonly credential: Credential;
  readonly live: Live;
  readonly outbox: Outbox;
  readonly session: SeatSession;
  readonly view: ReadonlySignal<View | null>;
  readonly facts: ReadonlySignal<SeatFacts | null>;
  /** The round that the judge works in: the ledger's, or without connection a later one that the judge has named. */
  readonly round: ReadonlySignal<number>;
  readonly status: ReadonlySignal<RoundStatus>;
  readonly cards: ReadonlySignal<readonly OwnCard[]>;
  readonly toScore: ReadonlySignal<readonly number[]>;
  /** Over, counting on the scorecard. */
  readonly counting: ReadonlySignal<readonly number[]>;
  readonly distanceOver: ReadonlySignal<boolean>;
  readonly deductions: ReadonlySignal<readonly Deductions[]>;
  readonly sum: ReadonlySignal<Sum>;
  readonly signature: ReadonlySignal<Signature>;
  readonly told: ReadonlySignal<readonly Deduction[]>;
  readonly last: ReadonlySignal<LastTap | null>;
  readonly steps: SubmitSteps;
  /** Something could not be stored on this device: nothing was confirmed. */
  readonly storeFailed: ReadonlySignal<boolean>;
  readonly beginRound: (round: number) => void;
  readonly log: (corner: Corner, eventType: string, title: string) => Promise<boolean>;
  readonly undo: () => Promise<boolean>;
  readonly acknowledge: (deduction: Deduction) => Promise<boolean>;
  readonly sign: () => Promise<boolean>;
  readonly stop: () => void;
};

export function openJudge(credential: Credential, live: Live, outbox: Outbox, seat: string): Judge {
  const { facts, stop: stopFacts } = openFacts(credential, live, outbox, seat);
  const view = computed(() => live.feed.value?.view ?? null);
  const entries = computed(() => live.feed.value?.entries ?? []);
  const items = computed(() => outbox.items.value.filter(({ boutId }) => boutId === view.value?.bout.bout_id));
  const rulings = computed(() => facts.value?.rulings ?? []);
  const begun = signal<{ readonly boutId: string; readonly round: number } | null>(null);
  const storeFailed = signal(false);

  const round = computed(() => {
    const known = view.value;
    if (known === null) return 1;
    const named = begun.value?.boutId === known.bout.bout_id && live.stale.value ? begun.value.round : 0;
    return Math.min(Math.max(known.round_id, named), roundCount(known));
  });
  /** Only whether it is up: what is computed from it changes at the bell, not ten times a second. */
  const timeUp = computed(() => {
    const known = view.value;
    void nowMs.value;
    return known !== null && remainingMs(known.clock, live.serverNow()) <= 0;
  });
  const left = computed(() => (timeUp.value ? 0 : 1));
  const status = computed<RoundStatus>(() => {
    const known = view.value;
    if (known === null) return 'NOT_STARTED';
    return round.value > known.round_id ? 'IN_PROGRESS' : statusOf(known, round.value, left.value);
  });
  const cards = computed(() =>
    view.value === null ? [] : ownCards(roundCount(view.value), seat, facts.value, entries.value, items.value),
  );
  const openings = computed(() => cards.value.reduce((count, card) => count + card.openings, 0));
  const counting = computed(() => (view.value === null ? [] : roundsToScore(view.value, rulings.value, left.value)));
  const toScore = computed(() =>
    counting.value.filter((one) => cards.value.some((card) => card.round === one && isToScore(card))),
  );
  const distanceOver = computed(() => view.value !== null && isDistanceOver(view.value, rulings.value, left.value));
  const deductions = computed(() =>
    (view.value?.rounds ?? []).map(({ round_id, deductions: { red, blue } }) => ({
      round: round_id,
      taken: { red: Math.round(red * 10), blue: Math.round(blue * 10) },
    })),
  );
  const sum = computed(() =>
    sumOf(
      cards.value.filter((card) => counting.value.includes(card.round)),
      deductions.value,
      facts.value,
      view.value?.bout.scheduled_rounds ?? 0,
    ),
  );
  const signature = computed(() => {
    const fought = cards.value.filter((card) => counting.value.includes(card.round));
    return signatureOf(
      {
        seat,
        distanceOver: distanceOver.value,
        complete: fought.length > 0 && toScore.value.length === 0,
        total: sum.value.total,
        openings: openings.value,
        signedInLedger: facts.value?.signed ?? false,
      },
      items.value,
      entries.value,
      SIGN,
    );
  });
  const told = computed(() =>
    view.value === null ? [] : toTell(view.value.bout, seat, rulings.value, entries.value, items.value),
  );
  const last = computed(() =>
    view.value === null ? null : lastTap(view.value.bout, seat, round.value, entries.value, items.value),
  );
  const sessionNow = computed(() => {
    if (view.value === null) return null;
    const card = cards.value.find((one) => one.round === round.value);
    const state = card === undefined || isToScore(card) ? 'OPEN' : outbox.unsent.value > 0 ? 'LOCKED' : 'SYNCED';
    return { round: round.value, state } as const;
  });
  const session = openSeatSession(credential, live, outbox, seat, sessionNow);

  /** Ends when all that was done so far lies on the disk, or could not be put there. */
  let done: Promise<unknown> = Promise.resolve();

  async function put(draft: Parameters<Outbox['put']>[0]): Promise<boolean> {
    const stored = store(draft);
    done = Promise.all([done, stored]);
    return await stored;
  }

  async function store(draft: Parameters<Outbox['put']>[0]): Promise<boolean> {
    try {
      await outbox.put(draft);
      storeFailed.value = false;
      // A tick that the hand feels: stored, not merely touched.
      navigator.vibrate?.(15);
      return true;
    } catch {
      storeFailed.value = true;
      return false;
    }
  }

  async function command(
    path: string,
    fields: Readonly<Record<string, unknown>>,
    note: Readonly<Record<string, unknown>>,
  ): Promise<boolean> {
    const boutId = view.peek()?.bout.bout_id;
    return boutId === undefined ? false : await put({ kind: 'command', boutId, path, fields, note });
  }

  function inBout(path: string): string {
    return `/api/bouts/${encodeURIComponent(view.peek()?.bout.bout_id ?? '')}${path}`;
  }

  async function storeCard(scored: number, { redX10, blueX10 }: Score): Promise<boolean> {
    const boutId = view.peek()?.bout.bout_id ?? '';
    const card = cards.peek().find((one) => one.round === scored);
    const stored = await command(
      scorecardPath(boutId),
      { judge_id: seat, round_id: scored, red: redX10 / 10, blue: blueX10 / 10 },
      { openings: card?.openings ?? 0, title: words.reviewScore(scored, pointsText(redX10), pointsText(blueX10)) },
    );
    // What was refused before is answered by this one.
    if (stored && card?.state === 'refused' && card.eventId !== null) await outbox.dismiss(card.eventId);
    return stored;
  }

  /** The tap that is meant may still be on its way to the disk, and so may an undo that has taken one back. */
  async function undoAfter(before: Promise<unknown>): Promise<boolean> {
    await before;
    const target = last.peek();
    const boutId = view.peek()?.bout.bout_id;
    if (target === null || boutId === undefined) return false;
    const fields = { bout_id: boutId, target_event_id: target.eventId, reason: words.undoReason };
    return await store({ kind: 'command', boutId, path: VOID, fields, note: { title: words.undo } });
  }

  const steps = openSubmitting(storeCard);
  const boutId = computed(() => view.value?.bout.bout_id ?? null);
  const stopLeaving = boutId.subscribe(() => steps.submit({ type: 'leave' }));

  return {
    seat,
    credential,
    live,
    outbox,
    session,
    view,
    facts,
    round,
    status,
    cards,
    toScore,
    counting,
    distanceOver,
    deductions,
    sum,
    signature,
    told,
    last,
    steps,
    storeFailed,
    beginRound: (next) => {
      const boutId = view.peek()?.bout.bout_id;
      if (boutId !== undefined) begun.value = { boutId, round: next };
    },
    log: async (corner, eventType, title) => {
      const boutId = view.peek()?.bout.bout_id;
      if (boutId === undefined) return false;
      const fighter_id = corner === 'red' ? 'fighter1' : 'fighter2';
      const fields = { round_id: round.peek(), judge_id: seat, fighter_id, event_type: eventType } as const;
      return await put({ kind: 'action', boutId, fields, note: { title } });
    },
    undo: async () => {
      const undone = undoAfter(done);
      done = undone;
      return await undone;
    },
    acknowledge: async ({ eventId }) =>
      await command(inBout(ACKNOWLEDGE), { judge_id: seat, target_event_id: eventId }, { title: words.understood }),
    sign: async () => {
      const { total } = sum.peek();
      const fields = { judge_id: seat, red: total.red / 10, blue: total.blue / 10 };
      const title = words.signTotals(pointsText(total.red), pointsText(total.blue));
      return await command(inBout(SIGN), fields, { openings: openings.peek(), title });
    },
    stop: () => {
      steps.stop();
      stopLeaving();
      session.stop();
      stopFacts();
      outbox.stop();
      live.stop();
    },
  };
}

export const SIGN = '/scorecards/sign';
