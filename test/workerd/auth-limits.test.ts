import { describe, expect, it } from 'vitest';
import { boutScopeRefusal, callerMayUse, cardScopeRefusal } from '../../workers/auth/scope.ts';
import { secretHolder } from '../../workers/auth/secret.ts';
import { levelAt, take } from '../../domain/rate.ts';
import { createLimiter } from '../../workers/rate.ts';

describe('a bucket', () => {
  const limit = { perSecond: 2, burst: 3 };

  it('gives its burst at once, then its rate, and never holds more than its burst', () => {
    const first = take(undefined, limit, 1_000);
    expect(first).toEqual({ level: 2, atMs: 1_000 });
    const empty = { level: 0, atMs: 1_000 };
    expect(take(empty, limit, 1_499)).toBeNull();
    expect(take(empty, limit, 1_500)).toEqual({ level: 0, atMs: 1_500 });
    expect(levelAt(empty, limit, 1_000_000)).toBe(3);
  });

  it('gains nothing from a clock that goes back', () => {
    const spent = { level: 1, atMs: 10_000 };
    expect(levelAt(spent, limit, 0)).toBe(1);
    expect(take(spent, limit, 0)).toEqual({ level: 0, atMs: 10_000 });
  });

  it('is one of a bounded number: the one touched longest ago is forgotten', () => {
    const limiter = createLimiter({ perSecond: 0, burst: 1 }, 2);
    expect(limiter.take('a', 0)).toBe(true);
    expect(limiter.take('b', 0)).toBe(true);
    expect(limiter.has('a', 0)).toBe(false);
    expect(limiter.take('a', 0)).toBe(false);
    expect(limiter.take('c', 0)).toBe(true);
    expect(limiter.has('a', 0)).toBe(true);
    expect(limiter.has('b', 0)).toBe(false);
  });
});

describe('the scope of a token', () => {
  const holder = secretHolder(0);
  const ofBout = { ...holder, boutId: 'b1' };
  const ofCard = { ...holder, cardId: 'c1' };
  const ofBoth = { ...holder, boutId: 'b1', cardId: 'c1' };

  it('reaches its bout, the bouts of its card, or every bout', () => {
    expect(callerMayUse(null, 'b1', null)).toBe(true);
    expect(callerMayUse(holder, 'b1', null)).toBe(true);
    expect(callerMayUse(ofBout, 'b1', null)).toBe(true);
    expect(callerMayUse(ofBout, 'b2', null)).toBe(false);
    expect(callerMayUse(ofCard, 'b1', 'c1')).toBe(true);
    expect(callerMayUse(ofCard, 'b1', 'c2')).toBe(false);
    expect(callerMayUse(ofCard, 'b1', null)).toBe(false);
    expect(callerMayUse(ofBoth, 'b1', 'c1')).toBe(true);
    expect(callerMayUse(ofBoth, 'b2', 'c1')).toBe(false);
  });

  it('is left to the bout where the card is not known yet, and a bout never is', () => {
    expect(callerMayUse(ofCard, 'b1', undefined)).toBe(true);
    expect(callerMayUse(ofBout, 'b2', undefined)).toBe(false);
  });

  it('names in its refusal what the token is for', () => {
    expect(boutScopeRefusal(ofBout, 'b1')).toBeNull();
    expect(boutScopeRefusal(ofBout, 'b2')).toMatchObject({ code: 'forbidden', errors: [{ field: 'bout_id' }] });
    expect(boutScopeRefusal(ofCard, 'b2', 'c2')).toMatchObject({ detail: expect.stringContaining('card c1') });
    expect(cardScopeRefusal(holder, 'c1')).toBeNull();
    expect(cardScopeRefusal(ofCard, 'c1')).toBeNull();
    expect(cardScopeRefusal(ofCard, 'c2')).toMatchObject({ code: 'forbidden', errors: [{ field: 'card_id' }] });
    expect(cardScopeRefusal(ofBout, 'c1')).toMatchObject({ detail: expect.stringContaining('bout b1 alone') });
  });
});
