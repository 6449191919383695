import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OwnCard } from '../../../public/judge/cards.ts';
import { keepTab, keptTab, type Place, placeAtBell } from '../../../public/judge/place.ts';

function card(round: number, state: OwnCard['state']): OwnCard {
  return { round, state, score: null, former: null, refusal: null, eventId: null, openings: 0, paper: false };
}

const SCORED: Place = { tab: 'score', picked: 1 };
const BELL = { logs: true, busy: false, shown: 1, cards: [card(1, 'submitted'), card(2, 'missing')] };

describe('a round that begins', () => {
  it('leads from a scorecard that is in to the log, or to the next scorecard where judges do not log', () => {
    expect(placeAtBell(SCORED, BELL)).toEqual({ tab: 'log', picked: null });
    expect(placeAtBell(SCORED, { ...BELL, cards: [card(1, 'waiting')] })).toEqual({ tab: 'log', picked: null });
    expect(placeAtBell(SCORED, { ...BELL, logs: false })).toEqual({ tab: 'score', picked: null });
  });

  it.each(['missing', 'reopened', 'refused'] as const)('never leads away from a choice: %s', (state) => {
    expect(placeAtBell(SCORED, { ...BELL, cards: [card(1, state)] })).toBe(SCORED);
  });

  it('never leads away from a review, or from another tab', () => {
    expect(placeAtBell(SCORED, { ...BELL, busy: true })).toBe(SCORED);
    const whole: Place = { tab: 'card', picked: null };
    expect(placeAtBell(whole, BELL)).toBe(whole);
  });
});

describe('the tab of a bout', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is kept for this bout and no other', () => {
    const stored = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    });
    expect(keptTab('bout_1')).toBeNull();
    keepTab('bout_1', 'card');
    expect(keptTab('bout_1')).toBe('card');
    expect(keptTab('bout_2')).toBeNull();
  });

  it('is not remembered where storage is forbidden, and nothing breaks', () => {
    const forbidden = (): never => {
      throw new Error('SecurityError');
    };
    vi.stubGlobal('sessionStorage', { getItem: forbidden, setItem: forbidden });
    keepTab('bout_1', 'card');
    expect(keptTab('bout_1')).toBeNull();
  });
});
