import { env } from 'cloudflare:workers';
import { keyRing } from '../../../workers/auth/keys.ts';
import { signGrant } from '../../../workers/auth/tokens.ts';
import { type Answer, call, freshId, type Json, mint } from '../support.ts';

/** The seats of every bout made here. */
export const SEATS = ['J1', 'J2', 'J3'] as const;

export const RELEASED_TO_ALL = { statistics: 'public', scorecards: 'public', recommendation: 'public' } as const;

/** A bout and the tokens of those who work it; a token serves every bout where it says nothing else. */
export type TestBout = {
  readonly boutId: string;
  readonly supervisor: string;
  /** Makes a token for this bout alone. */
  readonly token: (claims: Json & { readonly role: string }) => Promise<string>;
};

/** Sets a bout up with three seats; `over` replaces what it is set up with. */
export async function newBout(over: Json = {}): Promise<TestBout> {
  const boutId = freshId('bout').slice(0, 40);
  const { token: supervisor } = await mint({ role: 'supervisor', subject: 'sue' });
  const created = await call('POST', '/api/bouts', { token: supervisor, body: { ...boutBody(boutId), ...over } });
  if (created.status !== 200) throw new Error(`creating answered ${created.status} ${created.text}`);
  return {
    boutId,
    supervisor,
    token: async (claims) => (await mint({ bout_id: boutId, ...claims })).token,
  };
}

export function boutBody(boutId: string): Json {
  return {
    bout_id: boutId,
    promotion: 'Promotion',
    event: 'Event One',
    sport: 'mma',
    scheduled_rounds: 3,
    fighter1: { name: 'Red Fighter' },
    fighter2: { name: 'Blue Fighter' },
    judges: SEATS.map((seat) => ({ judge_id: seat, judge_name: `Judge ${seat}` })),
  };
}

export function boutStub(boutId: string) {
  return env.BOUT.getByName(boutId);
}

let lastStampMs = 0;

/** An instant that no earlier call gave, at least 10 ms from any other: two actions never look like one. */
export function freshMs(): number {
  lastStampMs = Math.max(lastStampMs + 20, Date.now());
  return lastStampMs;
}

/** A jab of the supervisor `sue` in round 1. */
export function action(boutId: string, over: Json = {}): Json {
  return {
    bout_id: boutId,
    round_id: 1,
    judge_id: 'sue',
    fighter_id: 'fighter1',
    event_type: 'Jab',
    timestamp_ms: freshMs(),
    device_id: 'd-sue',
    ...over,
  };
}

/** Logs an action; the supervisor's jab where nothing else is said. */
export async function log(bout: TestBout, over: Json = {}, token = bout.supervisor): Promise<Answer> {
  return await call('POST', '/api/events/v2/log', { token, body: action(bout.boutId, over) });
}

/** A mutation of the bout by one of its own routes (`clock`, `scorecards/reopen`). */
export async function change(bout: TestBout, route: string, body: Json, token = bout.supervisor): Promise<Answer> {
  return await call('POST', `/api/bouts/${bout.boutId}/${route}`, { token, body });
}

export async function view(bout: TestBout, token = bout.supervisor): Promise<Json> {
  const answer = await call('GET', `/api/bouts/${bout.boutId}`, { token });
  if (answer.status !== 200) throw new Error(`reading answered ${answer.status} ${answer.text}`);
  return answer.json;
}

/** How many entries the ledger has. */
export async function length(bout: TestBout): Promise<number> {
  return numberOf(await view(bout), 'cursor');
}

export async function verify(bout: TestBout, round = 1): Promise<Json> {
  const answer = await call('GET', `/api/events/v2/verify/${bout.boutId}/${round}`, { token: bout.supervisor });
  if (answer.status !== 200) throw new Error(`verifying answered ${answer.status} ${answer.text}`);
  return answer.json;
}

/** A member that must be a number. */
export function numberOf(json: Json, name: string): number {
  const value = json[name];
  if (typeof value !== 'number') throw new Error(`${name} is no number in ${JSON.stringify(json)}`);
  return value;
}

/** A member that must be an object. */
export function objectOf(json: Json, name: string): Json {
  const value = json[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${name} is no object in ${JSON.stringify(json)}`);
  }
  return { ...value };
}

/** A member that must be a list of objects. */
export function listOf(json: Json, name: string): readonly Json[] {
  const value = json[name];
  if (!Array.isArray(value)) throw new Error(`${name} is no list in ${JSON.stringify(json)}`);
  return value.map((one: Json) => ({ ...one }));
}

/** A token that ends when told to: minted ones live ten seconds at least. */
export async function brief(boutId: string, ttlS: number): Promise<{ token: string; tokenId: string }> {
  const ring = await keyRing(env);
  if (!ring.ok) throw new Error(ring.detail);
  const issuedS = Math.floor(Date.now() / 1000);
  const tokenId = crypto.randomUUID();
  const token = await signGrant(ring.value, {
    tokenId,
    subject: 'brief',
    role: 'supervisor',
    seat: null,
    device: null,
    boutId,
    cardId: null,
    corners: null,
    aspects: null,
    issuedS,
    expiresS: issuedS + ttlS,
  });
  return { token, tokenId };
}

/** Awaits until a condition holds. */
export async function until(holds: () => Promise<boolean>, limitMs = 10_000): Promise<void> {
  const giveUp = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > giveUp) throw new Error('what was waited for did not come');
    await scheduler.wait(10);
  }
}
