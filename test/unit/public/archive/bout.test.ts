import { describe, expect, it } from 'vitest';
import { sealingOf, takeable } from '../../../../public/archive/bout/reach.ts';
import { alikeIn, openState } from '../../../../public/archive/search/alike.ts';
import type { Hit } from '../../../../public/archive/wire/search.ts';
import type { ArchiveFacts } from '../../../../public/archive/wire/record.ts';

const FACTS: ArchiveFacts = {
  bout_id: 'b',
  created_ms: 0,
  sealed_ms: 1,
  entries: 2,
  archived_ms: 3,
  conflict: null,
  versions: { model: '', values: '', build: '' },
  files: [],
};

const refused = (status: number) => ({
  value: null,
  failure: { kind: 'problem' as const, status, code: 'x', detail: '', errors: [] },
});

describe('a record', () => {
  it('is not sealed yet, also to somebody to whom it is not released', () => {
    expect(sealingOf(refused(401), false)).toBe('open');
    expect(sealingOf(refused(409), false)).toBe('open');
    expect(sealingOf(refused(401), true)).toBe('partly');
    expect(sealingOf(refused(403), true)).toBe('partly');
    expect(sealingOf({ value: FACTS, failure: null }, false)).toBe('sealed');
    expect(sealingOf({ value: null, failure: { kind: 'unreachable' } }, true)).toBe('unknown');
  });

  it('is taken along as far as policy and state allow, and no button more', () => {
    const cards = { statistics: 'commission', scorecards: 'public', recommendation: 'none' };
    const nothing = { whole: false, scorecards: false, moments: false };
    expect(takeable('partly', null, cards, null)).toEqual({ ...nothing, scorecards: true });
    expect(takeable('partly', null, cards, 'supervisor')).toEqual({ ...nothing, scorecards: true, moments: true });
    expect(takeable('partly', null, null, null)).toEqual(nothing);
    expect(takeable('open', null, cards, 'admin')).toEqual(nothing);
    expect(takeable('sealed', FACTS, cards, null)).toEqual({ whole: true, scorecards: true, moments: true });
    // Its files are still on their way.
    expect(takeable('sealed', { ...FACTS, archived_ms: null }, cards, null)).toEqual(nothing);
  });
});

function hitOf(id: string, name: string, event = 'Night 1'): Hit {
  return {
    bout_id: id,
    bout_number: null,
    promotion: 'Alliance',
    event,
    date: null,
    sport: 'mma',
    fighter1: { id: 'f1', name },
    fighter2: { id: 'f2', name: 'Other' },
    status: 'FINAL',
    simulated: false,
    result: null,
    sealed: false,
    archived: null,
  };
}

describe('rows of a search', () => {
  it('that look the same show their ids', () => {
    const hits = [hitOf('a', 'Ana'), hitOf('b', 'Bea'), hitOf('c', 'Ana'), hitOf('d', 'Ana', 'Night 2')];
    expect([...alikeIn(hits)].toSorted()).toEqual(['a', 'c']);
  });

  it('say how far a bout is that is not sealed', () => {
    const result = {
      winner: 'Ana',
      winner_corner: 'red' as const,
      method: 'KO',
      decision: null,
      round_id: 1,
      time_ms: 1,
    };
    expect(openState({ result, status: 'FINAL' })).toBe('toBeSealed');
    expect(openState({ result: null, status: 'NOT_STARTED' })).toBe('notBegun');
    expect(openState({ result: null, status: 'PAUSED' })).toBe('underWay');
  });
});
