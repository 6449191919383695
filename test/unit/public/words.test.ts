import { describe, expect, it } from 'vitest';
import { chooseBout } from '../../../public/shared/live/choose.ts';
import { actionWords, entryWords, loggedBy } from '../../../public/shared/look/entry-words.ts';
import { type BoutSummary, decodeView, readFrame, type RoundStatus } from '../../../public/shared/wire/frames.ts';
import { entryAt, helloAt, wireView } from './fixtures.ts';

describe('frames', () => {
  it('are read, with fields of a newer server passed over', () => {
    const hello = { ...helloAt(3, [entryAt(2)]), snapshot: { ...wireView(3), newer: true }, newer: 1 };
    const read = readFrame(JSON.stringify(hello));
    expect(read).toMatchObject({ type: 'hello', cursor: 3, snapshot: { bout: { fighter1: { name: 'Red Name' } } } });
    expect(readFrame('pong')).toEqual({ type: 'pong' });
    expect(readFrame('{"type":"ack","status":200}')).toEqual({
      type: 'other',
      name: 'ack',
      body: { type: 'ack', status: 200 },
    });
  });

  it('that cannot be understood are nothing, not half of something', () => {
    for (const source of [
      '',
      '{',
      'null',
      '[]',
      '{"type":1}',
      '{"type":"delta","from":1}',
      '{"type":"time","t0":"1"}',
    ]) {
      expect(readFrame(source)).toBeNull();
    }
    expect(decodeView({ ...wireView(1), round_status: 'NEW_STATUS' })).toBeUndefined();
  });
});

describe('entries in words', () => {
  it('name knockdowns, control and what is said of an action', () => {
    expect(actionWords('KD', { tier: 'Hard' })).toEqual({ title: 'Knockdown', details: ['Hard'] });
    expect(actionWords('Control Start', { control: 'Top' }).title).toBe('Top control starts');
    expect(actionWords('Control Stop', { control: 'Cage' }).title).toBe('Cage control ends');
    expect(actionWords('Jab', { significant: true, target: 'head' }).details).toEqual(['head', 'significant']);
  });

  it('leave out what is no news to people who watch', () => {
    expect(entryWords(entryAt(1, { kind: 'session', event_type: null }))).toBeNull();
    expect(entryWords(entryAt(1, { kind: 'void', event_type: null }))).toBeNull();
    expect(entryWords(entryAt(1, { kind: 'clock', payload: { action: 'pause' } }))?.title).toBe('Time stopped');
    expect(entryWords(entryAt(1, { kind: 'clock', payload: { action: 'unheard of' } }))).toBeNull();
  });

  it('say who logged it: the seat before the person', () => {
    const actor = { subject: 'person', role: 'judge', seat: 'JUDGE001', device: null };
    expect(loggedBy(entryAt(1, { judge_id: null, actor }))).toBe('JUDGE001');
    expect(loggedBy(entryAt(1, { judge_id: null }))).toBe('operator_1');
  });
});

describe('the bout that is followed', () => {
  const bout = (id: string, status: RoundStatus): BoutSummary => ({
    bout_id: id,
    promotion: '',
    event: '',
    date: null,
    fighter1: { id: 'a', name: 'A' },
    fighter2: { id: 'b', name: 'B' },
    status,
    round_id: 1,
    simulated: false,
  });

  it('is the newest that is under way', () => {
    expect(chooseBout([bout('3', 'NOT_STARTED'), bout('2', 'PAUSED'), bout('1', 'IN_PROGRESS')], null)).toBe('2');
  });

  it('stays on a result until the next bout starts', () => {
    expect(chooseBout([bout('2', 'NOT_STARTED'), bout('1', 'FINAL')], '1')).toBe('1');
    expect(chooseBout([bout('2', 'IN_PROGRESS'), bout('1', 'FINAL')], '1')).toBe('2');
  });

  it('is the newest where none is under way, and none where there is none', () => {
    expect(chooseBout([bout('2', 'NOT_STARTED'), bout('1', 'FINAL')], null)).toBe('2');
    expect(chooseBout([], 'gone')).toBeNull();
  });
});
