import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../public/shared/outbox/outbox.ts';
import { type Hand, openClockHands } from '../../../public/supervisor/bout/clock/hands.ts';
import type { Due } from '../../../public/supervisor/bout/model/due.ts';

const PAUSE: Hand = { kind: 'pause', round: 1 };
const RESUME: Hand = { kind: 'resume', round: 1 };

function openHands(first: Due | null) {
  const due = signal<Due | null>(first);
  const sent: unknown[] = [];
  let nowMs = 1_000_000;
  const desk = { live: { serverNow: () => nowMs }, timestamp: () => nowMs };
  const put = async (_path: string, fields: OutboxItem['body']): Promise<OutboxItem> => {
    sent.push(fields['action']);
    return {
      eventId: `evt_${sent.length}`,
      boutId: 'bout',
      kind: 'command',
      path: '',
      body: fields,
      note: {},
      seq: sent.length,
      atMs: nowMs,
      state: 'unsent',
      refusal: null,
    };
  };
  const hands = openClockHands(desk, put, due);
  return {
    due,
    sent,
    press: hands.press,
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('a press on the clock', () => {
  it('counts at once when the page has just been opened, and a bounce of it does not', () => {
    const { due, sent, press, wait } = openHands(null);
    due.value = { kind: 'running', round: 1 };
    press(PAUSE);
    wait(100);
    press(PAUSE);
    expect(sent).toEqual(['pause']);
  });

  it('does not let time go on where somebody else has just stopped it', () => {
    const { due, sent, press, wait } = openHands({ kind: 'running', round: 1 });
    due.value = { kind: 'standing', round: 1 };
    wait(200);
    press(RESUME);
    expect(sent).toEqual([]);
    wait(500);
    press(RESUME);
    expect(sent).toEqual(['resume']);
  });

  it('does not start the next round where the time has just run out', () => {
    const { due, sent, press, wait } = openHands({ kind: 'running', round: 1 });
    due.value = { kind: 'start', round: 2 };
    wait(300);
    press({ kind: 'start', round: 2 });
    expect(sent).toEqual([]);
  });

  it('ends a round whatever has just happened', () => {
    const { due, sent, press } = openHands({ kind: 'running', round: 1 });
    due.value = { kind: 'standing', round: 1 };
    press({ kind: 'end', round: 1 });
    expect(sent).toEqual(['end_round']);
  });
});
