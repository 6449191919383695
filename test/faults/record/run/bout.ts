import { setTimeout as pause } from 'node:timers/promises';
import type { Receipt } from '../../../../domain/archive/index.ts';
import { ask } from '../../run/http.ts';
import { isJson, type Json, listOf } from '../../run/reply.ts';
import { mint } from '../../run/table.ts';
import type { Stage } from './stage.ts';

/** A small bout on a server, with what its devices have been told. */
export type Bout = {
  readonly id: string;
  /** By index: what an outsider holds who kept every acknowledgement. */
  readonly receipts: Receipt[];
};

const TAPS = 16;

export type People = { readonly supervisor: string; readonly second: string };

export async function peopleOf(url: string, adminSecret: string): Promise<People> {
  const [supervisor, second] = await Promise.all([
    mint(url, adminSecret, { role: 'supervisor', subject: 'sue' }),
    mint(url, adminSecret, { role: 'supervisor', subject: 'sam' }),
  ]);
  return { supervisor, second };
}

/** Everybody may see all of it, so that the record may be read with the same token. */
export async function make(stage: Stage, id: string): Promise<Bout> {
  const bout: Bout = { id, receipts: [] };
  await write(stage, bout, '', {
    bout_id: id,
    promotion: 'Promotion',
    event: `Event ${id}`,
    date: '2026-11-21',
    sport: 'mma',
    scheduled_rounds: 1,
    round_length_s: 300,
    fighter1: { name: `Red ${id}` },
    fighter2: { name: `Blue ${id}` },
    judges: [{ judge_id: 'J1', judge_name: `Judge ${id}` }],
  });
  await write(stage, bout, '/clock', { action: 'start_round', round_id: 1 });
  return bout;
}

/** Taps of one device, in one delivery. `from` numbers them. */
export async function tap(stage: Stage, bout: Bout, from = 0, count = TAPS): Promise<void> {
  const events = Array.from({ length: count }, (_, i) => ({
    round_id: 1,
    judge_id: 'sue',
    fighter_id: i % 3 === 0 ? 'fighter2' : 'fighter1',
    event_type: i % 5 === 0 ? 'KD' : 'Jab',
    timestamp_ms: stage.startMs + (from + i) * 50,
    device_id: 'd-sue',
    event_id: `${bout.id}-tap-${from + i}`,
    ...(i % 5 === 0 ? { metadata: { tier: 'Hard' } } : {}),
  }));
  const answer = await ask(`${stage.url}/api/events/v2/batch`, 'POST', stage.people.supervisor, {
    bout_id: bout.id,
    events,
  });
  for (const result of listOf(answer, 'results')) keep(bout, result);
}

/** To where the record is asked for its first checkpoint. */
export async function endRound(stage: Stage, bout: Bout): Promise<void> {
  await write(stage, bout, '/rulings', {
    kind: 'stoppage',
    round_id: 1,
    fighter_id: 'fighter1',
    method: 'TKO',
    time_ms: 0,
  });
}

export async function propose(stage: Stage, bout: Bout): Promise<void> {
  await write(stage, bout, '/finalize', {}, 'proposed');
}

/** The proposed result, by somebody else. */
export async function confirm(stage: Stage, bout: Bout): Promise<void> {
  await write(stage, bout, '/finalize', { confirm: true }, 'confirmed', stage.people.second);
}

export async function decide(stage: Stage, bout: Bout): Promise<void> {
  await propose(stage, bout);
  await confirm(stage, bout);
}

export async function seal(stage: Stage, bout: Bout): Promise<void> {
  await write(stage, bout, '/seal', {});
}

/** A whole bout, sealed. */
export async function play(stage: Stage, id: string): Promise<Bout> {
  const bout = await make(stage, id);
  await tap(stage, bout);
  await endRound(stage, bout);
  await decide(stage, bout);
  await seal(stage, bout);
  return bout;
}

async function write(
  { url, people }: Stage,
  bout: Bout,
  path: string,
  body: Json,
  name = path.slice(1),
  token = people.supervisor,
): Promise<void> {
  const address = path === '' ? `${url}/api/bouts` : `${url}/api/bouts/${bout.id}${path}`;
  keep(bout, await ask(address, 'POST', token, { ...body, event_id: `${bout.id}-${name === '' ? 'made' : name}` }));
}

function keep({ id, receipts }: Bout, answer: Json): void {
  const { sequence_index: index, chain_hash: hash } = answer;
  if (typeof index !== 'number' || typeof hash !== 'string') throw new Error(`no receipt: ${JSON.stringify(answer)}`);
  const known = receipts.find((receipt) => receipt.index === index);
  if (known === undefined) receipts.push({ index, hash });
  else if (known.hash !== hash) throw new Error(`${id}: entry ${index} was acknowledged with two hashes`);
}

const PATIENCE_MS = 20_000;
const NUDGE_MS = 500;

/**
 * What nothing tells of is asked for again until it is there. `nudge` stands for the time that passes meanwhile: it is
 * called now and then, where a test need not see that something comes to pass without it.
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null> | T | null,
  nudge?: () => Promise<void>,
): Promise<T> {
  const giveUpMs = Date.now() + PATIENCE_MS;
  let nudgeMs = Date.now() + NUDGE_MS / 5;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > giveUpMs) throw new Error(`not after ${PATIENCE_MS / 1000} s: ${what}`);
    if (nudge !== undefined && Date.now() > nudgeMs) {
      await nudge();
      nudgeMs = Date.now() + NUDGE_MS;
    }
    await pause(25);
  }
}

export async function get(
  url: string,
  token: string | null,
): Promise<{ readonly status: number; readonly json: Json }> {
  const response = await fetch(url, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
  const json: unknown = await response.json().catch(() => null);
  return { status: response.status, json: isJson(json) ? json : {} };
}

/** A mutation that need not succeed. */
export async function post(
  { url, people }: Stage,
  bout: Bout,
  path: string,
  body: Json,
): Promise<{ readonly status: number; readonly json: Json }> {
  const response = await fetch(`${url}/api/bouts/${bout.id}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${people.supervisor}` },
    body: JSON.stringify(body),
  });
  const json: unknown = await response.json().catch(() => null);
  return { status: response.status, json: isJson(json) ? json : {} };
}
