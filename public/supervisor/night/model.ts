import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../../shared/device/credential.ts';
import { type ApiFailure, getJson } from '../../shared/wire/api.ts';
import { type Card, decodeCard } from '../../shared/wire/cards.ts';
import { decodeRuleSets } from '../../shared/wire/rules.ts';
import {
  type BoutFacts,
  type BoutLine,
  type CardLine,
  choosable,
  type Choosable,
  decodeCards,
  decodeFacts,
  decodeLines,
  decodePairings,
  type Pairing,
} from './wire.ts';

/** A night as its supervisor keeps it: the card that is open, its bouts, and who was given a place. */
export type Night = {
  readonly cards: ReadonlySignal<readonly CardLine[] | null>;
  readonly card: ReadonlySignal<Card | null>;
  /** By id; what has not been read, or has not been made, is missing. */
  readonly facts: ReadonlySignal<ReadonlyMap<string, BoutFacts>>;
  readonly lines: ReadonlySignal<ReadonlyMap<string, BoutLine>>;
  readonly pairings: ReadonlySignal<readonly Pairing[]>;
  readonly rules: ReadonlySignal<readonly Choosable[]>;
  /** Why what is shown may be old. */
  readonly failure: ReadonlySignal<ApiFailure | null>;
  /** What the server has just confirmed, before it is read again: the next press starts from there. */
  readonly confirm: (change: (card: Card) => Card) => void;
  /** Reads everything again, now. */
  readonly refresh: () => Promise<void>;
  readonly stop: () => void;
};

const EVERY_MS = 4_000;
/** While somebody stands there with a device in hand. */
const CODE_OPEN_EVERY_MS = 2_000;

export function openNight(credential: Credential, cardId: ReadonlySignal<string | null>): Night {
  const cards = signal<readonly CardLine[] | null>(null);
  const card = signal<Card | null>(null);
  const facts = signal<ReadonlyMap<string, BoutFacts>>(new Map());
  const lines = signal<ReadonlyMap<string, BoutLine>>(new Map());
  const pairings = signal<readonly Pairing[]>([]);
  const rules = signal<readonly Choosable[]>([]);
  const failure = signal<ApiFailure | null>(null);
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts readings: an answer that was asked for before a change does not undo it on the screen. */
  let reading = 0;
  /** Which state of the index a bout's facts were read at. */
  let readAt = new Map<string, number>();

  function isOpen(id: string): boolean {
    return !stopped.signal.aborted && cardId.peek() === id;
  }

  async function readCards(): Promise<void> {
    const answer = await getJson('/api/cards', decodeCards, credential, stopped.signal);
    if (stopped.signal.aborted) return;
    if (answer.ok) cards.value = answer.value.cards;
    failure.value = answer.ok ? null : answer.failure;
  }

  async function readRules(): Promise<void> {
    if (rules.peek().length > 0) return;
    const answer = await getJson('/api/rules', decodeRuleSets, credential, stopped.signal);
    if (answer.ok && !stopped.signal.aborted) rules.value = answer.value.rule_sets.flatMap(choosable);
  }

  async function readCard(id: string): Promise<void> {
    const path = encodeURIComponent(id);
    const mine = (reading += 1);
    const [night, index, codes] = await Promise.all([
      getJson(`/api/cards/${path}`, decodeCard, credential, stopped.signal),
      getJson(`/api/bouts?card_id=${path}`, decodeLines, credential, stopped.signal),
      getJson(`/api/pairings?card_id=${path}`, decodePairings, credential, stopped.signal),
    ]);
    if (!isOpen(id) || mine !== reading) return;
    if (night.ok) card.value = night.value;
    if (index.ok) lines.value = new Map(index.value.bouts.map((line) => [line.bout_id, line]));
    if (codes.ok) pairings.value = codes.value.pairings;
    const wrong = [night, index, codes].find((answer) => !answer.ok);
    failure.value = wrong === undefined || wrong.ok ? null : wrong.failure;
    if (night.ok) await Promise.all(night.value.bouts.map(({ bout_id }) => readFacts(id, bout_id)));
  }

  async function readFacts(id: string, boutId: string): Promise<void> {
    const at = lines.peek().get(boutId)?.updated_ms ?? 0;
    if (facts.peek().has(boutId) && readAt.get(boutId) === at) return;
    const path = `/api/bouts/${encodeURIComponent(boutId)}`;
    const answer = await getJson(path, decodeFacts, credential, stopped.signal);
    // A place on the card may have been planned before its bout is made: then there is nothing to read.
    if (!answer.ok || !isOpen(id)) return;
    readAt.set(boutId, at);
    facts.value = new Map([...facts.peek(), [boutId, answer.value]]);
  }

  async function refresh(): Promise<void> {
    clearTimeout(timer);
    const id = cardId.peek();
    await Promise.all([
      readRules(),
      id === null || cards.peek() === null ? readCards() : null,
      id === null ? null : readCard(id),
    ]);
    clearTimeout(timer);
    if (stopped.signal.aborted) return;
    const isCodeOpen = pairings.peek().some((one) => one.status === 'open');
    timer = setTimeout(() => void refresh(), isCodeOpen ? CODE_OPEN_EVERY_MS : EVERY_MS);
  }

  const stopFollowing = effect(() => {
    if (cardId.value !== card.peek()?.card_id) {
      card.value = null;
      facts.value = new Map();
      lines.value = new Map();
      pairings.value = [];
      readAt = new Map();
    }
    void refresh();
  });

  return {
    cards,
    card,
    facts,
    lines,
    pairings,
    rules,
    failure,
    confirm: (change) => {
      const before = card.peek();
      if (before === null) return;
      reading += 1;
      card.value = change(before);
    },
    refresh: async () => {
      // What was just changed is read again whatever the index says of it: that is a second behind.
      readAt = new Map();
      await refresh();
    },
    stop: () => {
      stopped.abort();
      clearTimeout(timer);
      stopFollowing();
    },
  };
}
