import { beforeEach, describe, expect, it } from 'vitest';
import { call } from '../support.ts';
import {
  API,
  clientFetch,
  evict,
  get,
  type Json,
  listOf,
  logged,
  memberOf,
  numberOf,
  recordOf,
  replayed,
  setTable,
  type Table,
  score,
} from './support.ts';

/** Section II of the API document: the round replay engine. */

let table: Table;

beforeEach(async () => {
  table = await setTable();
});

const T0 = 1234567890000;
const ZERO = { red: 0, blue: 0 };

async function replay(query = '', token?: string): Promise<Json> {
  return await get(`/api/replay/${table.boutId}/1${query}`, token);
}

/** The seconds in which something happened, with what did. */
function happened(body: Json): [number, unknown[]][] {
  return listOf(body, 'timeline')
    .map((one): [number, unknown[]] => [
      numberOf(one, 'second'),
      listOf(one, 'events').map((event) => event['event_type']),
    ])
    .filter(([, events]) => events.length > 0);
}

function totalsAt(body: Json, second: number): unknown[] {
  const { damage_totals, grappling_totals, control_totals } = listOf(body, 'timeline')[second] ?? {};
  return [damage_totals, grappling_totals, control_totals];
}

/** The round of the document's pictures: striking by red, grappling by blue, control by both. */
async function fight(): Promise<void> {
  const at = (second: number, event_type: string, more: Json = {}): Json => ({
    event_type,
    metadata: {},
    clock_ms: second * 1_000,
    timestamp_ms: T0 + second * 1_000,
    ...more,
  });
  const blue = { fighter_id: 'fighter2' };
  await replayed(table, [
    at(15, 'Jab', { metadata: { significant: true } }),
    at(40, 'KD', { metadata: { tier: 'Hard' } }),
    at(60, 'Takedown Landed', blue),
    at(61, 'Control Start', { ...blue, metadata: { control: 'Top' } }),
    at(161, 'Control Stop', blue),
    at(170, 'Submission Attempt', { ...blue, metadata: { tier: 'Deep' } }),
    at(299, 'Low Kick', blue),
  ]);
}

describe('"Timeline Structure"', () => {
  it('bout_id, round_id, timeline, round_summary and event_count', async () => {
    await fight();
    const body = await replay();
    expect(Object.keys(body).toSorted()).toEqual(['bout_id', 'event_count', 'round_id', 'round_summary', 'timeline']);
    expect(body).toMatchObject({ bout_id: table.boutId, round_id: 1, event_count: 7 });
  });

  it('"second": 0, 1, 2, ... with events and three running totals; nothing yet is 0.0', async () => {
    await fight();
    const timeline = listOf(await replay(), 'timeline');
    expect(timeline.map((one) => one['second'])).toEqual(timeline.map((_, second) => second));
    expect(timeline[0]).toEqual({
      second: 0,
      events: [],
      damage_totals: ZERO,
      grappling_totals: ZERO,
      control_totals: ZERO,
    });
  });

  it('"second": 15 holds the significant jab, and damage_totals are {"red": 0.10, "blue": 0.0}', async () => {
    await fight();
    const timeline = listOf(await replay(), 'timeline');
    expect(timeline[14]).toMatchObject({ events: [], damage_totals: ZERO });
    expect(timeline[15]).toMatchObject({
      second: 15,
      events: [{ event_type: 'Jab', fighter_id: 'fighter1', metadata: { significant: true } }],
      damage_totals: { red: 0.1, blue: 0 },
      grappling_totals: ZERO,
    });
  });

  it('"Reconstructs rounds second-by-second": totals run on and never fall', async () => {
    await fight();
    const body = await replay();
    expect(happened(body).map(([second]) => second)).toEqual([15, 40, 60, 61, 161, 170, 299]);
    expect(totalsAt(body, 40)).toEqual([{ red: 0.8, blue: 0 }, ZERO, ZERO]);
    expect(totalsAt(body, 60)).toEqual([{ red: 0.8, blue: 0 }, { red: 0, blue: 0.25 }, ZERO]);
    expect(totalsAt(body, 111)[2]).toEqual({ red: 0, blue: 0.51 });
    expect(totalsAt(body, 298)).toEqual([
      { red: 0.8, blue: 0 },
      { red: 0, blue: 0.85 },
      { red: 0, blue: 1 },
    ]);
    expect(totalsAt(body, 299)[0]).toEqual({ red: 0.8, blue: 0.05 });
  });

  it('an undone action stays visible and counts no more', async () => {
    const { event_id } = await logged(table, { event_type: 'Hook' });
    await logged(table, { timestamp_ms: T0 + 1_000 });
    const body = { bout_id: table.boutId, target_event_id: event_id };
    await call('POST', '/api/events/v2/void', { token: table.judge, body });
    const seen = await replay();
    expect(seen['event_count']).toBe(2);
    expect(listOf(listOf(seen, 'timeline')[0] ?? {}, 'events')).toMatchObject([{ event_type: 'Hook', voided: true }]);
    expect(totalsAt(seen, 299)[0]).toEqual({ red: 0.1, blue: 0 });
  });
});

describe('"round_length: Round duration in seconds (default: 300)"', () => {
  it('is 300 where it is not given', async () => {
    expect(listOf(await replay(), 'timeline')).toHaveLength(300);
  });

  it.each([1, 60, 120, 180, 300, 600])('is %i where that is asked for', async (seconds) => {
    await fight();
    const body = await replay(`?round_length=${seconds}`);
    expect(listOf(body, 'timeline')).toHaveLength(seconds);
    // Nothing drops out of a replay, and its last second is the round's result.
    expect(body['event_count']).toBe(7);
    expect(listOf(body, 'timeline').flatMap((one) => listOf(one, 'events'))).toHaveLength(7);
    expect(totalsAt(body, seconds - 1)).toEqual([
      { red: 0.8, blue: 0.05 },
      { red: 0, blue: 0.85 },
      { red: 0, blue: 1 },
    ]);
  });

  it.each(['0', '-1', '1.5', 'long', '1e3', '99999', ''])('"%s" is no duration', async (length) => {
    const answer = await call('GET', `/api/replay/${table.boutId}/1?round_length=${length}`);
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ field: 'round_length' }] } });
  });
});

describe('"round_summary"', () => {
  it('holds the three scores, their sum, the difference and the recommendation', async () => {
    await fight();
    const summary = memberOf(await replay('', table.supervisor), 'round_summary');
    expect(summary).toEqual({
      damage_score: { red: 0.8, blue: 0.05 },
      grappling_score: { red: 0, blue: 0.85 },
      control_score: { red: 0, blue: 1 },
      total_score: { red: 0.8, blue: 1.9 },
      score_differential: -1.1,
      winner_recommendation: '10-9',
    });
  });

  it.each<[string | null, Json[]]>([
    ['10-9', [{}]],
    ['9-10', [{ fighter_id: 'fighter2' }]],
    ['10-10', [{}, { fighter_id: 'fighter2' }]],
    // Nothing is known of a round of which nothing was logged.
    [null, []],
  ])('winner_recommendation reads red-blue: %s', async (card, actions) => {
    if (actions.length > 0) await replayed(table, actions);
    expect(memberOf(await replay('', table.supervisor), 'round_summary')['winner_recommendation']).toBe(card);
  });

  it('winner_recommendation is null for whoever may not see it', async () => {
    await fight();
    expect(memberOf(await replay(), 'round_summary')['winner_recommendation']).toBeNull();
    table = await setTable({ release_policy: { recommendation: 'public' } });
    await fight();
    const shown = async () => memberOf(await replay(), 'round_summary')['winner_recommendation'];
    for (const seat of ['JUDGE001', 'JUDGE002', 'JUDGE003']) {
      expect([seat, await shown()]).toEqual([seat, null]);
      await score(table, seat, 1, 10, 9);
    }
    expect(await shown()).toBe('10-9');
  });
});

describe('"Post-fight analysis, dispute resolution, training/review, broadcast replays"', () => {
  it('a replay is the same after the object has been away', async () => {
    await fight();
    const before = await replay('', table.supervisor);
    await evict(table);
    expect(await replay('', table.supervisor)).toEqual(before);
  });

  it('a judge gets the totals of a round only once their own card for it is in', async () => {
    await fight();
    const path = `/api/replay/${table.boutId}/1`;
    expect((await call('GET', path, { token: table.judge })).status).toBe(403);
    const card = { judge_id: 'JUDGE001', round_id: 1, red: 9, blue: 10 };
    await call('POST', `/api/bouts/${table.boutId}/scorecards`, { token: table.judge, body: card });
    expect((await call('GET', path, { token: table.judge })).status).toBe(200);
  });

  it('the snippet of the Integration Guide gets data.timeline', async () => {
    await fight();
    const fetch = clientFetch(table.operator);
    const [boutId, roundId] = [table.boutId, 1];

    const replay = await fetch(`${API}/replay/${boutId}/${roundId}`);
    const data = recordOf(await replay.json());

    expect(listOf(data, 'timeline')).toHaveLength(300);
  });
});
