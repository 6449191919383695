import * as z from 'zod';
import { permits } from '../../../workers/auth/permissions.ts';
import type { Route } from '../../../workers/route.ts';
import { routes } from '../../../workers/routes/index.ts';
import type { Json } from '../support.ts';
import { freshMs } from '../bout/support.ts';

export type Place = { readonly boutId: string; readonly cardId: string };

export function nameOf(route: Route): string {
  return `${route.method.toUpperCase()} ${route.path}`;
}

/** What a judge does for their own seat, and nobody else. */
export function isForJudges(route: Route): boolean {
  return !permits(route.permission, 'admin');
}

export function takesBody(route: Route): boolean {
  return !(route.body instanceof z.ZodUndefined);
}

/** A path of the route with lawful parameters. */
export function pathOf(route: Route, place: Place): string {
  const values: Readonly<Record<string, string>> = {
    bout_id: place.boutId,
    card_id: place.cardId,
    round_id: '1',
    judge_session_id: 's-none',
    token_id: 't-none',
    device_id: 'd-none',
    judge_id: 'J1',
    fighter_id: 'f1',
    corner: 'red',
    index: '0',
    size: '1',
    subject: 's-judge',
    person_id: 'person-none',
    path: 'tile/0/000.p/1',
  };
  const path = route.path.replaceAll(/\{([a-z_]+)\}/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the tests know no lawful ${name}; give them one`);
    return value;
  });
  return path + (QUERIES[nameOf(route)]?.(place) ?? '');
}

const QUERIES: Readonly<Record<string, (place: Place) => string>> = {
  'GET /api/analytics/damage': ({ boutId }) => `?bout_id=${boutId}`,
  'GET /api/pairings': ({ cardId }) => `?card_id=${cardId}`,
  'DELETE /api/pairings/{device_id}': ({ cardId }) => `?card_id=${cardId}`,
  'GET /api/judge-session/{judge_session_id}': ({ boutId }) => `?bout_id=${boutId}`,
};

/** A body that passes the route's own checks; a route without one here stops the tests that need it. */
export function bodyOf(route: Route, place: Place): Json {
  const make = BODIES[nameOf(route)];
  if (make === undefined) throw new Error(`the tests know no lawful body of ${nameOf(route)}; give them one`);
  return make(place);
}

function event({ boutId }: Place): Json {
  return {
    bout_id: boutId,
    round_id: 1,
    judge_id: 'J1',
    fighter_id: 'fighter1',
    event_type: 'Jab',
    timestamp_ms: freshMs(),
    device_id: 'd-1',
    metadata: { significant: true },
    event_id: crypto.randomUUID(),
    clock_ms: 1_000,
    device_epoch: 1,
    device_seq: 1,
    signature: 'A'.repeat(86),
    simulated: false,
  };
}

const LEGACY = { round_num: 1, fighter: 'red', event_type: 'Jab', timestamp: 12.5, metadata: {} };

/** The least that is a picture as far as its first bytes tell. */
const PICTURE = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** What is sent to the route, and what its Content-Type has to say. */
export function payloadOf(
  route: Route,
  place: Place,
): { readonly body: string | Uint8Array | null; readonly type: string | null } {
  if (route.media !== undefined) return { body: PICTURE, type: 'image/png' };
  return { body: takesBody(route) ? JSON.stringify(bodyOf(route, place)) : null, type: null };
}

const BODIES: Readonly<Record<string, (place: Place) => Json>> = {
  'POST /api/events/v2/log': event,
  'POST /api/events/v2/batch': (place) => ({ bout_id: place.boutId, events: [event(place)] }),
  'POST /api/events/v2/void': ({ boutId }) => ({
    bout_id: boutId,
    target_event_id: 'nothing',
    reason: 'r',
    replacement: { event_type: 'Hook', fighter_id: 'fighter2', metadata: {} },
    event_id: crypto.randomUUID(),
  }),
  'POST /api/judge-session/create': ({ boutId }) => ({
    judge_session_id: 's-1',
    judge_id: 'J1',
    bout_id: boutId,
    round_id: 1,
    last_event_sequence: 0,
    session_state: 'OPEN',
    unsent_event_queue: [],
    last_updated: '2026-01-01T00:00:00Z',
    device_id: 'd-1',
    take_over: false,
  }),
  'POST /api/telemetry/report': ({ boutId }) => ({
    device_id: 'd-1',
    judge_id: 'J1',
    bout_id: boutId,
    battery_percent: 50,
    network_strength_percent: 50,
    latency_ms: 10,
    fps: 60,
    dropped_event_count: 0,
    event_rate_per_second: 1,
    clock_offset_ms: 0,
  }),
  'POST /api/log-event': ({ boutId }) => ({ bout_id: boutId, ...LEGACY }),
  'POST /api/legacy/import': ({ boutId }) => ({ bout_id: boutId, events: [{ ...LEGACY, timestamp: 13 }] }),
  'POST /api/bouts': () => ({
    bout_id: crypto.randomUUID(),
    card_id: 'card-none',
    promotion: 'P',
    event: 'E',
    date: '2026-01-01',
    time_zone: 'Europe/Berlin',
    sport: 'mma',
    ruleset: 'mma-unified',
    rules: { rest_s: 60 },
    validator: { min_actions: 1 },
    scheduled_rounds: 3,
    round_length_s: 300,
    fighter1: { id: 'f1', name: 'A' },
    fighter2: { id: 'f2', name: 'B' },
    judges: [{ judge_id: 'J1', judge_name: 'J', person_id: 'p1' }],
    release_policy: { statistics: 'public', scorecards: 'public', recommendation: 'public' },
    delay_ms: 0,
    simulated: true,
    judges_log: true,
    event_id: crypto.randomUUID(),
  }),
  'PATCH /api/bouts/{bout_id}': () => ({
    release_policy: { statistics: 'public', scorecards: 'commission', recommendation: 'commission' },
    delay_ms: 0,
    reason: 'r',
    event_id: crypto.randomUUID(),
  }),
  'PUT /api/bouts/{bout_id}/fighters/{corner}': () => ({
    nickname: 'N',
    country: 'USA',
    record: '12-3-0',
    age: 29,
    height_cm: 180,
    reach_cm: 185,
    weight_kg: 70.3,
    stance: 'southpaw',
    team: 'T',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/clock': () => ({
    action: 'adjust',
    round_id: 1,
    timestamp_ms: Date.now(),
    elapsed_ms: 10,
    reason: 'r',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/lock-round': () => ({
    round_id: 3,
    override_reason: 'r',
    include_late: true,
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/rulings': () => ({
    kind: 'warning',
    round_id: 1,
    fighter_id: 'fighter1',
    target_event_id: 'nothing',
    points: 1,
    foul: 'f',
    intent: 'accidental',
    injury: false,
    method: 'DQ',
    time_ms: 1,
    aggravated: false,
    footage_ms: 0,
    outcome: 'upheld',
    note: 'n',
    timestamp_ms: Date.now(),
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/rulings/acknowledge': () => ({
    judge_id: 'J1',
    target_event_id: 'nothing',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/scorecards/sign': () => ({
    judge_id: 'J1',
    red: 30,
    blue: 27,
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/scorecards/paper': () => ({
    judge_id: 'J2',
    round_id: 2,
    red: 10,
    blue: 9,
    reason: 'r',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/panel': () => ({
    change: 'substitute',
    judge_id: 'J3',
    person_id: 'p-none',
    person_name: 'P',
    from_round: 1,
    reason: 'r',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/confirm': () => ({
    proposal_index: 0,
    accept: false,
    reason: 'r',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/scorecards': () => ({
    judge_id: 'J1',
    round_id: 1,
    red: 10,
    blue: 9,
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/scorecards/reopen': () => ({
    judge_id: 'J3',
    round_id: 3,
    reason: 'r',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/bouts/{bout_id}/seal': () => ({ declare_missing: true, reason: 'r', event_id: crypto.randomUUID() }),
  'POST /api/bouts/{bout_id}/finalize': () => ({
    confirm: false,
    proposal_index: 0,
    method: 'DEC',
    winner: 'red',
    round_id: 1,
    time_ms: 1,
    reason: 'r',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/shadow/scorecards': ({ boutId }) => ({
    bout_id: boutId,
    round_id: 1,
    red: 10,
    blue: 9,
    event_id: crypto.randomUUID(),
  }),
  'POST /api/index/rebuild': () => ({ scope: 'all', dry_run: true, cursor: 'ledger~1~' }),
  'POST /api/cards': () => ({
    card_id: crypto.randomUUID(),
    promotion: 'P',
    event: 'E',
    date: '2026-01-01',
    time_zone: 'UTC',
    venue: 'V',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/cards/{card_id}/bouts': () => ({ bout_id: 'planned', position: 1, event_id: crypto.randomUUID() }),
  'POST /api/cards/{card_id}/current': () => ({ bout_id: 'planned', event_id: crypto.randomUUID() }),
  'POST /api/pairings': ({ cardId }) => ({
    card_id: cardId,
    role: 'judge',
    subject: 's',
    judge_id: 'J1',
    corners: ['red'],
    aspects: ['damage'],
    ttl_s: 60,
    event_id: crypto.randomUUID(),
  }),
  'POST /api/pairings/handover': ({ cardId }) => ({ card_id: cardId, event_id: crypto.randomUUID() }),
  'POST /api/pairings/claim': ({ cardId }) => ({
    code: `${cardId}~none`,
    device_id: 'd-1',
    public_key: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
  }),
  'POST /api/pairings/renew': ({ cardId }) => ({
    card_id: cardId,
    device_id: 'd-1',
    at_ms: Date.now(),
    signature: 'A'.repeat(86),
  }),
  'PUT /api/storage/rules': () => ({
    version: 1_000_000,
    rules: [{ class: 'export', promotion: 'P', max_age_days: 30 }],
    reason: 'r',
    event_id: crypto.randomUUID(),
  }),
  'POST /api/storage/clean': () => ({
    dry_run: false,
    promotion: 'P',
    after: 'exports/',
    limit: 10,
    event_id: crypto.randomUUID(),
  }),
  'POST /api/people/{person_id}/erase': ({ boutId }) => ({
    reason: 'r',
    dry_run: false,
    bout_id: boutId,
    event_id: crypto.randomUUID(),
  }),
  'POST /api/auth/tokens': () => ({
    role: 'judge',
    subject: 's',
    judge_id: 'J1',
    bout_id: 'b',
    card_id: 'c',
    device_id: 'd',
    corners: ['red'],
    aspects: ['damage'],
    ttl_s: 60,
    event_id: crypto.randomUUID(),
  }),
};

/** Every route that takes a body. */
export const BODY_ROUTES = routes.filter(takesBody);
