import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { seededRandom } from '../cli/simulator/random.ts';
import { openHttp } from './load/http.ts';
import { expectSuccess } from './load/success.ts';
import { ADMIN_SECRET } from './servers/index.ts';

/** Asks the product once and gives the answer's JSON; anything but success is an error. */
export async function ask(url: string, method: string, path: string, token: string, body?: object): Promise<string> {
  const client = await openHttp(url);
  try {
    const answer = await client.ask(method, path, token, body === undefined ? undefined : JSON.stringify(body));
    const text = answer.body.toString('utf8');
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    return text;
  } finally {
    client.close();
  }
}

/** Sends what the bare object understands. */
export async function tell(url: string, path: string, body: unknown): Promise<void> {
  const client = await openHttp(url);
  try {
    expectSuccess(`The bare object's ${path}`, await client.ask('POST', path, '', JSON.stringify(body)));
  } finally {
    client.close();
  }
}

export async function mintToken(url: string, grant: Readonly<Record<string, unknown>>): Promise<string> {
  const { token }: { token: string } = JSON.parse(
    await ask(url, 'POST', '/api/auth/tokens', ADMIN_SECRET, { ttl_s: 3_600, ...grant }),
  );
  return token;
}

/** A bout whose first round is under way. */
export async function makeBout(url: string, boutId: string): Promise<void> {
  await ask(url, 'POST', '/api/bouts', ADMIN_SECRET, {
    bout_id: boutId,
    promotion: 'Bench',
    event: 'Bench',
    sport: 'mma',
    scheduled_rounds: 3,
    fighter1: { name: 'Red' },
    fighter2: { name: 'Blue' },
    judges: [{ judge_id: 'JUDGE001', judge_name: 'Judge' }],
  });
  await ask(url, 'POST', `/api/bouts/${boutId}/clock`, ADMIN_SECRET, { action: 'start_round', round_id: 1 });
}

const ROUND_MS = 300_000;

const MIX = [
  { event_type: 'Jab', metadata: { significant: true } },
  { event_type: 'Cross', metadata: {} },
  { event_type: 'Low Kick', metadata: { significant: true } },
  { event_type: 'Hook', metadata: { significant: true } },
  { event_type: 'Jab', metadata: {} },
  { event_type: 'Takedown Landed', metadata: {} },
] as const;

/** Actions as an operator's page sends them: an id of their own each, the clock's reading, one device. */
export function actionsOf(boutId: string, subject: string): () => Readonly<Record<string, unknown>> {
  const device = `device-${randomUUID()}`;
  const startMs = Date.now();
  const random = seededRandom(1);
  let count = 0;
  return () => {
    count += 1;
    return {
      bout_id: boutId,
      round_id: 1,
      judge_id: subject,
      fighter_id: random.below(2) === 0 ? 'fighter1' : 'fighter2',
      ...MIX[random.below(MIX.length)],
      timestamp_ms: startMs + count * 10,
      device_id: device,
      event_id: randomUUID(),
      clock_ms: random.below(ROUND_MS),
    };
  };
}

/** The set-up, the bell and the operator's joining are entries too. */
export const OTHERS = 3;

const BATCH = 500;
/** The last ones come singly: a batch ends with a snapshot, and a cold start is to have a tail to fold. */
const SINGLY = 100;

/** Brings a bout's first round to exactly `entries` entries. */
export async function fillBout(url: string, boutId: string, entries: number): Promise<void> {
  const subject = 'filler';
  const token = await mintToken(url, { role: 'operator', subject });
  const next = actionsOf(boutId, subject);
  let left = entries - OTHERS;
  while (left > SINGLY) {
    const events = Array.from({ length: Math.min(BATCH, left - SINGLY) }, next);
    await ask(url, 'POST', '/api/events/v2/batch', token, { bout_id: boutId, events });
    left -= events.length;
  }
  const client = await openHttp(url);
  for (; left > 0; left -= 1) {
    expectSuccess('Logging', await client.ask('POST', '/api/events/v2/log', token, JSON.stringify(next())));
  }
  client.close();
}

/** The leaves of a bout, read from the file that its object keeps them in. */
export function leavesOf(dataDir: string, boutId: string): string[] {
  for (const file of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.sqlite')) continue;
    const leaves = leavesIn(join(dataDir, file), boutId);
    if (leaves !== null) return leaves;
  }
  throw new Error(`No file holds the bout ${boutId}.`);
}

function leavesIn(file: string, boutId: string): string[] | null {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const has = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'entry'").all();
    if (has.length === 0) return null;
    const leaves = database
      .prepare('SELECT leaf FROM entry ORDER BY idx')
      .all()
      .map(({ leaf }) => String(leaf));
    return leaves[0]?.includes(`"bout_id":"${boutId}"`) === true ? leaves : null;
  } finally {
    database.close();
  }
}
