import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOf, cursorText } from '../../../workers/search/cursor.ts';
import { matchAll, matchOne } from '../../../workers/search/match.ts';

describe('an expression of the full-text index', () => {
  it('asks for every word, and for the beginning of the last', () => {
    expect(matchAll('Jon Jon', ['event', 'promotion'])).toBe('{event promotion} : ("jon" AND "jon" *)');
    expect(matchAll('Jones', ['event'], true)).toBe('{event} : ("jones")');
    expect(matchOne('Jon J', ['fighter1', 'fighter2'])).toBe(
      '({fighter1} : ("jon" AND "j" *)) OR ({fighter2} : ("jon" AND "j" *))',
    );
  });

  it('is none where there are no words', () => {
    for (const text of ['', '"', '* - ^ :', '\u0000', '̈']) {
      expect(matchAll(text, ['event'])).toBeNull();
      expect(matchOne(text, ['event'])).toBeNull();
    }
  });

  it('has nothing of the text outside quotes', () => {
    const quoted = /^\{event\} : \((?:"[\p{L}\p{N}]+"(?: \*)?(?: AND |(?=\))))+\)$/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const expression = matchAll(text, ['event']);
        if (expression !== null) expect(expression).toMatch(quoted);
      }),
    );
    expect(matchAll('a" OR event : "b* NEAR(c) NOT d', ['event'])).toBe(
      '{event} : ("a" AND "or" AND "event" AND "b" AND "near" AND "c" AND "not" AND "d" *)',
    );
  });
});

describe('a cursor', () => {
  it('leads back to its place, in its own order alone', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer()), fc.nat(), (key, createdMs) => {
        const text = cursorText('date desc', [key, createdMs, 'b:1']);
        expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(cursorOf('date desc', text)).toEqual({ ok: true, value: [key, createdMs, 'b:1'] });
        expect(cursorOf('date asc', text)).toMatchObject({ ok: false, code: 'bad_request' });
      }),
    );
  });

  it('that is none is refused', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/), (text) => {
        expect(cursorOf('date desc', text)).toMatchObject({ ok: false, errors: [{ field: 'cursor' }] });
      }),
    );
  });
});
