import { describe, expect, it } from 'vitest';
import { ID_PATTERN } from '../../../domain/ids.ts';
import { SPORTS } from '../../../domain/sport.ts';
import { buttonsFor } from '../../../public/judge/log-buttons.ts';
import { isNews, isToTell, sessionIdFor, type SessionReport } from '../../../public/judge/session.ts';
import { codeIn, codeOf } from '../../../public/pair/code.ts';
import { judgeWords } from '../../../public/shared/strings/judge.ts';

describe('the seat’s session', () => {
  const before: SessionReport = { boutId: 'bout_1', round: 1, state: 'OPEN', unsent: [], connection: 1 };

  it('is told of the bout, the round, the card, the connection, and whether anything is unsent', () => {
    expect(isNews(null, before)).toBe(true);
    expect(isNews(before, { ...before })).toBe(false);
    for (const change of [
      { boutId: 'bout_2' },
      { round: 2 },
      { state: 'LOCKED' },
      { unsent: ['a'] },
      { connection: 2 },
    ] as const) {
      expect(isNews(before, { ...before, ...change })).toBe(true);
    }
  });

  it('is not told of every tap', () => {
    expect(isNews({ ...before, unsent: ['a'] }, { ...before, unsent: ['a', 'b'] })).toBe(false);
    expect(isNews({ ...before, unsent: ['a', 'b'] }, { ...before, unsent: [] })).toBe(true);
  });

  it('is told without a live connection only that nothing is unsent any more', () => {
    const waiting: SessionReport = { ...before, unsent: ['a'] };
    expect(isToTell(before, waiting, true, true)).toBe(true);
    expect(isToTell(before, waiting, true, false)).toBe(true);
    // The report itself got no answer, and is told again.
    expect(isToTell(before, null, true, false)).toBe(true);
    expect(isToTell(before, before, true, false)).toBe(false);
    expect(isToTell(before, null, false, false)).toBe(false);
    expect(isToTell(waiting, null, true, false)).toBe(false);
    expect(isToTell(waiting, before, false, false)).toBe(false);
  });

  it('has one id on every device, lawful for every seat and different for every one', () => {
    const long = 'J'.repeat(63);
    const ids = ['JUDGE001', `${long}1`, `${long}2`, 'a:b.c-d_e'].map(sessionIdFor);
    for (const id of ids) expect(id).toMatch(ID_PATTERN);
    expect(new Set(ids).size).toBe(ids.length);
    expect(sessionIdFor(`${long}1`)).toBe(ids[1]);
    expect(ids[0]).toBe('session_JUDGE001');
  });
});

describe('the buttons of a corner', () => {
  it.each(SPORTS)('are a few with words of their own in %s', (sport) => {
    const buttons = buttonsFor(sport);
    expect(buttons.length).toBeLessThanOrEqual(4);
    expect(buttons[0]?.wire).toBe('KD');
    for (const { type } of buttons) expect(judgeWords.action[type]).toBeDefined();
  });

  it('are those of MMA in a sport that this page does not know', () => {
    expect(buttonsFor('new sport')).toEqual(buttonsFor('mma'));
  });
});

describe('a pairing code', () => {
  const code = 'card_1~AbCdEfGhIjKlMnOpQrStUv';

  it('is taken from a link, or as it is', () => {
    expect(codeIn(` ${code}\n`)).toBe(code);
    expect(codeIn(`https://venue.example/pair#${code}`)).toBe(code);
    expect(codeOf(`#${code}`)).toBe(code);
  });

  it('is nothing else', () => {
    for (const words of [
      '',
      '#',
      'short',
      'two words here',
      'https://venue.example/judge#token=abcdefgh',
      'https://venue.example/pair',
    ]) {
      expect(codeIn(words)).toBeNull();
    }
    expect(codeOf('#token=eyJhbGciOiJFZERTQSJ9.e30.x')).toBeNull();
  });
});
