import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, type Place, placeOf, SEARCH_FIELDS } from '../../../../public/archive/place.ts';
import { asksMore, isNarrowed, searchPath } from '../../../../public/archive/search/ask.ts';

const searchOf = (place: Place): string => new URL(addressOf(place), 'http://x').search;

const given = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() === text);

const places: fc.Arbitrary<Place> = fc.oneof(
  fc.record({ view: fc.constant('bout' as const), boutId: given }),
  fc.record({ view: fc.constant('fighter' as const), fighterId: given, simulated: fc.boolean() }),
  fc.constantFrom<Place>({ view: 'check' }, { view: 'storage' }),
  fc.record({
    view: fc.constant('figures' as const),
    part: fc.constantFrom('fighters' as const, 'judges' as const, 'anomalies' as const),
    options: fc.record({ measure: given, side: given, simulated: fc.constant('true') }, { requiredKeys: [] }),
  }),
  fc.record({
    view: fc.constant('search' as const),
    words: fc.record(Object.fromEntries(SEARCH_FIELDS.map((field) => [field, given])), { requiredKeys: [] }),
  }),
);

describe('a place on the page', () => {
  it('is found again by its address, whatever was typed', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(placeOf(searchOf(place))).toEqual(place);
      }),
    );
  });

  it('is the search where the address says nothing that is known', () => {
    expect(placeOf('')).toEqual({ view: 'search', words: {} });
    expect(placeOf('?bout=&other=1')).toEqual({ view: 'search', words: {} });
    expect(placeOf('?figures=unheard')).toEqual({ view: 'figures', part: 'fighters', options: {} });
  });

  it('keeps what is empty out of the address', () => {
    expect(addressOf({ view: 'search', words: { q: '  ', name: '', after: '' } })).toBe('/archive');
    expect(addressOf({ view: 'search', words: { name: 'José Álvarez' } })).toBe('/archive?name=Jos%C3%A9+%C3%81lvarez');
  });
});

describe('a search', () => {
  it('asks the server by its own names, with a page', () => {
    const asked = new URL(searchPath({ name: 'silva', number: '3', after: 'next', sort: '' }), 'http://x');
    expect(asked.pathname).toBe('/api/search');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      fighter: 'silva',
      bout_number: '3',
      cursor: 'next',
      limit: '20',
    });
  });

  it('is narrowed by what it asks, not by its order or page', () => {
    expect(isNarrowed({ sort: 'date', after: 'x' })).toBe(false);
    expect(isNarrowed({ q: 'silva' })).toBe(true);
    expect(asksMore({ q: 'silva', sort: 'date' })).toBe(false);
    expect(asksMore({ event: 'night' })).toBe(true);
  });
});
