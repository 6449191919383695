import type { Actor } from '../plan/cast.ts';
import { ask } from './http.ts';
import type { Json } from './reply.ts';

/** A bout that is ready to be written to. */
export type Table = {
  readonly boutId: string;
  readonly delayMs: number;
  readonly actors: readonly Actor[];
  /** A supervisor's token that no device is bound to. */
  readonly supervisor: string;
  /** Tokens by device. */
  readonly tokens: ReadonlyMap<string, string>;
};

/** How far the audience of the second bout is kept behind. */
const HELD_MS = 1_500;

/** Makes a bout, gives everybody their tokens, seats the judges and rings the bell. */
export async function setTable(
  url: string,
  adminSecret: string,
  bout: Actor['bout'],
  chapter: number,
  cast: readonly Actor[],
): Promise<Table> {
  const boutId = `${bout}-${chapter}`;
  const delayMs = bout === 'held' ? HELD_MS : 0;
  const actors = cast.filter((actor) => actor.bout === bout);
  const judges = actors.filter((actor) => actor.role === 'judge');
  const supervisor = await mint(url, adminSecret, { role: 'supervisor', subject: `${bout}.chief` });
  await ask(`${url}/api/bouts`, 'POST', supervisor, {
    ...boutBody(boutId),
    judges: judges.map(({ name }) => ({ judge_id: name, judge_name: `Judge ${name}` })),
    delay_ms: delayMs,
  });
  const tokens = new Map<string, string>();
  await inTurns(actors, async (actor) => await admit(url, adminSecret, boutId, actor, tokens));
  await ask(`${url}/api/bouts/${boutId}/clock`, 'POST', supervisor, {
    action: 'start_round',
    round_id: 1,
    event_id: `${boutId}-bell`,
  });
  return { boutId, delayMs, actors, supervisor, tokens };
}

export function boutBody(boutId: string): Json {
  return {
    bout_id: boutId,
    promotion: 'Promotion',
    event: 'Event',
    sport: 'mma',
    scheduled_rounds: 3,
    round_length_s: 1_800,
    fighter1: { name: 'Red' },
    fighter2: { name: 'Blue' },
    event_id: `create-${boutId}`,
  };
}

export function sessionOf(actor: Actor, boutId: string): string {
  return `session-${boutId}-${actor.number}`;
}

async function admit(
  url: string,
  adminSecret: string,
  boutId: string,
  actor: Actor,
  tokens: Map<string, string>,
): Promise<void> {
  const { name, role, devices } = actor;
  const seat = role === 'judge' ? { judge_id: name } : {};
  for (const device of devices) {
    const token = await mint(url, adminSecret, { role, subject: name, device_id: device.id, ...seat });
    tokens.set(device.id, token);
    if (!actor.measured) continue;
    const report = { device_id: device.id, judge_id: name, bout_id: boutId, clock_offset_ms: -device.skewMs };
    await ask(`${url}/api/telemetry/report`, 'POST', token, report);
  }
  if (role !== 'judge') return;
  const session = { judge_session_id: sessionOf(actor, boutId), judge_id: name, bout_id: boutId, round_id: 1 };
  await ask(`${url}/api/judge-session/create`, 'POST', tokens.get(devices[0].id) ?? '', session);
}

export async function mint(url: string, adminSecret: string, grant: Json): Promise<string> {
  const { token } = await ask(`${url}/api/auth/tokens`, 'POST', adminSecret, { ttl_s: 86_400, ...grant });
  if (typeof token !== 'string') throw new Error('No token was minted.');
  return token;
}

/** Sixteen at once. */
async function inTurns<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...list];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}
