import { describe, expect, it } from 'vitest';
import { decodeNightList, type NightBout, type NightCard, nightOf, overShown } from '../../../public/home/night.ts';

function boutOf(id: string, change: Partial<NightBout> = {}): NightBout {
  return {
    bout_id: id,
    card_id: 'card_1',
    promotion: 'Promotion',
    event: 'Night',
    date: '2026-11-21',
    fighter1: `Red of ${id}`,
    fighter2: `Blue of ${id}`,
    status: 'NOT_STARTED',
    round_id: 1,
    scheduled_rounds: 3,
    simulated: false,
    ...change,
  };
}

function cardOf(ids: readonly string[], current: string | null): NightCard {
  return {
    card_id: 'card_1',
    promotion: 'Promotion',
    event: 'Night of the card',
    date: '2026-11-21',
    current_bout_id: current,
    bouts: ids.map((bout_id, i) => ({ bout_id, position: i + 1 })),
  };
}

const idsOf = (night: ReturnType<typeof nightOf>) => night?.lines.map(({ boutId }) => boutId);

describe('the night', () => {
  it('is none while there is no bout', () => {
    expect(nightOf([], null, null)).toBeNull();
  });

  it('has the bouts in the order in which they were made, where nobody may read the card', () => {
    const night = nightOf(
      [boutOf('c'), boutOf('b', { status: 'ENDED' }), boutOf('a', { status: 'FINAL' })],
      null,
      null,
    );
    expect(idsOf(night)).toEqual(['a', 'b', 'c']);
    expect(night?.lines.filter(({ isCurrent }) => isCurrent).map(({ boutId }) => boutId)).toEqual(['b']);
  });

  it('has the card’s own order and current bout, also of bouts that are not set up', () => {
    const night = nightOf([boutOf('b'), boutOf('a')], 'a', cardOf(['planned', 'b', 'a'], 'b'));
    expect(idsOf(night)).toEqual(['planned', 'b', 'a']);
    expect(night?.lines[0]?.bout).toBeNull();
    expect(night?.lines.map(({ isCurrent }) => isCurrent)).toEqual([false, true, false]);
    expect(night?.event).toBe('Night of the card');
  });

  it('goes by position, not by how the card is sent, and keeps bouts that are not in its order', () => {
    const card = {
      ...cardOf([], null),
      bouts: [
        { bout_id: 'b', position: 2 },
        { bout_id: 'a', position: 1 },
      ],
    };
    expect(idsOf(nightOf([boutOf('late'), boutOf('b'), boutOf('a')], null, card))).toEqual(['a', 'b', 'late']);
  });

  it('is the one of the bout on screen, and other nights stand apart', () => {
    const bouts = [boutOf('new', { card_id: 'card_2' }), boutOf('old')];
    expect(idsOf(nightOf(bouts, null, null))).toEqual(['new']);
    expect(idsOf(nightOf(bouts, 'old', null))).toEqual(['old']);
    expect(nightOf(bouts, 'old', null)?.others.map(({ bout_id }) => bout_id)).toEqual(['new']);
  });

  it('never uses the order of another card', () => {
    const bouts = [boutOf('x', { card_id: 'card_2' })];
    expect(idsOf(nightOf(bouts, null, cardOf(['a', 'b'], 'a')))).toEqual(['x']);
  });

  it('goes by promotion, event and date where there is no card', () => {
    const none = { card_id: null };
    const bouts = [boutOf('c', { ...none, event: 'Another' }), boutOf('b', none), boutOf('a', none)];
    expect(idsOf(nightOf(bouts, 'b', null))).toEqual(['a', 'b']);
  });
});

describe('the bouts that are over', () => {
  it('are those of the night and of others, as far as they are listed', () => {
    const other = { card_id: 'card_2', status: 'FINAL' } as const;
    const bouts = [
      boutOf('on', { status: 'IN_PROGRESS' }),
      boutOf('first', { status: 'FINAL' }),
      ...Array.from({ length: 9 }, (_none, i) => boutOf(`other_${i}`, other)),
      boutOf('waiting', { card_id: 'card_2' }),
    ];
    const listed = ['first', ...Array.from({ length: 8 }, (_none, i) => `other_${i}`)];
    expect(overShown(nightOf(bouts, 'on', null))).toEqual(listed);
    expect(overShown(null)).toEqual([]);
  });
});

describe('the list of bouts', () => {
  it('is read from what the server sends, and from an older one', () => {
    const { card_id: _card, scheduled_rounds: _rounds, ...older } = boutOf('a');
    const read = decodeNightList({ bouts: [{ ...boutOf('b'), updated_ms: 1 }, older] });
    expect(read?.bouts.map(({ bout_id, card_id }) => [bout_id, card_id])).toEqual([
      ['b', 'card_1'],
      ['a', null],
    ]);
  });
});
