import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf, printable, visualRuns } from '../../../domain/export/bidi.ts';

/** Letters as they stand from left to right: a run that is read from the right is turned. */
function seen(line: string): string {
  return visualRuns(line)
    .map(({ text, rtl }) => (rtl ? Array.from(text).toReversed().join('') : text))
    .join('');
}

describe('a line with both directions', () => {
  // Hebrew, because its letters do not change with their neighbours. Expected by the rules of UAX #9.
  it.each([
    ['abc', 'abc'],
    ['אבג', 'גבא'],
    ['abc אבג def', 'abc גבא def'],
    ['אבג abc דהו', 'והד abc גבא'],
    ['אבג 12', '12 גבא'],
    ['abc 12 אבג', 'abc 12 גבא'],
    ['אבג 12 abc', 'abc 12 גבא'],
    ['(אבג)', '(גבא)'],
    ['אבג (abc)', '(abc) גבא'],
    ['abc (אבג) 3', 'abc (גבא) 3'],
    ['אבג, דהו', 'והד ,גבא'],
    ['אבג!', '!גבא'],
    ['', ''],
  ])('%s', (line, expected) => {
    expect(seen(line)).toBe(expected);
  });

  it('keeps every character, whatever the line', () => {
    const unit = fc.constantFrom(...Array.from('ab12 .,()-אבגمحمд張é\u0301😀'));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (line) => {
        const plain = (text: string) => Array.from(text.replaceAll(/[()]/g, '|')).toSorted();
        expect(
          plain(
            visualRuns(line)
              .map(({ text }) => text)
              .join(''),
          ),
        ).toEqual(plain(line));
      }),
    );
  });

  it('begins with its first letter', () => {
    expect(['12 א', 'א b', 'b א', '...', ''].map(directionOf)).toEqual(['rtl', 'rtl', 'ltr', 'ltr', 'ltr']);
  });
});

it('what cannot be seen is taken out of a name', () => {
  expect(printable('evil\u202ename\u0000\n x\u200b\u2066')).toBe('evilname x');
  expect(printable('a\u0301')).toBe('á');
  expect(printable('\ud800')).toBe('\ufffd');
});
