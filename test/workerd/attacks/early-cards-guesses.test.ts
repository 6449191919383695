import { describe, expect, it } from 'vitest';
import { change, length, log, newBout, RELEASED_TO_ALL } from '../bout/support.ts';
import { fought, judge, points, refusal, sign } from '../judging/support.ts';
import { call } from '../support.ts';
import { doors, leaks, openSealable, scorecardIn, sealed, sessionOfA } from './sealed.ts';

/** What judge B (seat J2) may send to learn what judge A (seat J1) gave: the attack of `early-cards.test.ts`, by writing. */

describe('B, guessing', () => {
  it('learns nothing from A’s event_id, on whatever route it is sent', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    await fought(night, 1);
    const secret = await sealed(night);
    const event_id = secret.eventId;
    const b = judge(night, 'J2');
    const before = await length(night);
    const own = { judge_id: 'J2', round_id: 1, event_id };
    const tries = [
      ...['10-7.5', '10-8', '10-9', '7.5-10'].map((score) => ['scorecards', { ...own, ...points(score) }] as const),
      ...['10-7.5', '10-9'].map((score) => ['scorecards', { ...own, judge_id: 'J1', ...points(score) }] as const),
      ['scorecards/sign', { judge_id: 'J2', red: 10, blue: 7.5, event_id }],
      ['scorecards/sign', { judge_id: 'J1', red: 10, blue: 7.5, event_id }],
      ['rulings/acknowledge', { judge_id: 'J2', target_event_id: event_id }],
      ['rulings/acknowledge', { judge_id: 'J2', target_event_id: event_id, event_id }],
    ] as const;
    const texts: string[] = [];
    for (const [route, body] of tries) {
      const answer = await change(night, route, body, b);
      expect([route, body, answer.json['success']]).toEqual([route, body, false]);
      // What B sent comes back; nothing else of A's does.
      expect(scorecardIn(answer.text.replaceAll(event_id, ''), secret)).toEqual([]);
      if (route === 'scorecards') texts.push(answer.text);
    }
    // A right guess is answered as a wrong one.
    expect(new Set(texts).size).toBe(1);
    for (const path of ['events/v2/log', 'events/v2/void']) {
      const body =
        path === 'events/v2/void'
          ? { bout_id: night.boutId, target_event_id: event_id, reason: 'r' }
          : { ...ACTION, bout_id: night.boutId, event_id };
      const answer = await call('POST', `/api/${path}`, { token: b, body });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(scorecardIn(answer.text.replaceAll(event_id, ''), secret)).toEqual([]);
    }
    expect(await length(night)).toBe(before);
  });

  it('neither takes nor reads A’s session', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    const b = judge(night, 'J2');
    for (const query of ['', `?bout_id=${night.boutId}`, `?bout_id=${night.boutId}&take_over=true`]) {
      const answer = await call('GET', `/api/judge-session/${session}${query}`, { token: b });
      expect([query, answer.status >= 400, scorecardIn(answer.text, secret)]).toEqual([query, true, []]);
    }
    const body = { ...SESSION, bout_id: night.boutId, judge_session_id: session };
    for (const judge_id of ['J1', 'J2']) {
      const answer = await call('POST', '/api/judge-session/create', { token: b, body: { ...body, judge_id } });
      expect([judge_id, answer.status >= 400, scorecardIn(answer.text, secret)]).toEqual([judge_id, true, []]);
    }
  });

  it('has no use for a token of another bout, of another seat that there is not, or of none', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    const other = await newBout();
    const foreign = await other.token({ role: 'judge', subject: 'person-J2', judge_id: 'J2' });
    for (const path of ['final/ID', 'replay/ID/1', 'bouts/ID/scorecards', 'bouts/ID/recommendations', 'bouts/ID']) {
      const answer = await call('GET', `/api/${path.replace('ID', night.boutId)}`, { token: foreign });
      expect([path, ...refusal(answer)]).toEqual([path, 403, ['bout_id']]);
    }
    const guest = await night.token({ role: 'judge', subject: 'guest', judge_id: 'J9' });
    expect(
      refusal(await change(night, 'scorecards', { judge_id: 'J9', round_id: 1, red: 10, blue: 9 }, guest)),
    ).toEqual([400, ['judge_id']]);
    expect(leaks(await doors(night, guest, session), secret)).toEqual([]);
  });

  it('is told by no answer to an own write what others gave: log, clock, signature, acknowledgement', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL, scheduled_rounds: 1 });
    await fought(night, 1);
    const secret = await sealed(night);
    const answers = [
      await log(night, { judge_id: 'J2', device_id: 'd2' }, judge(night, 'J2')),
      await sign(night, 'J2', '10-7.5'),
      await sign(night, 'J1', '10-7.5'),
      await change(night, 'finalize', {}, judge(night, 'J2')),
      await change(night, 'confirm', { proposal_index: 1, accept: true }, judge(night, 'J2')),
    ];
    for (const answer of answers.filter((_, i) => i !== 2)) expect(scorecardIn(answer.text, secret)).toEqual([]);
    // A has signed: the totals are as sealed as the rounds that they are the sum of.
    expect(answers[2]?.status).toBe(200);
    expect(leaks(await doors(night, judge(night, 'J2'), 's-none'), secret)).toEqual([]);
    const events = await call('GET', `/api/events/v2/${night.boutId}/1`, { token: judge(night, 'J2') });
    expect(events.json).toMatchObject({ total_events: 1 });
    const verdict = await call('GET', `/api/events/v2/verify/${night.boutId}/1`, { token: judge(night, 'J2') });
    expect(verdict.json).toMatchObject({ total_events: 1, chain_valid: true });
  });
});

const ACTION = {
  round_id: 1,
  judge_id: 'J2',
  fighter_id: 'fighter1',
  event_type: 'Jab',
  timestamp_ms: 1_700_000_000_000,
  device_id: 'd2',
};

const SESSION = {
  round_id: 1,
  last_event_sequence: 0,
  session_state: 'OPEN',
  unsent_event_queue: [],
};
