import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { action, boutStub, change, length, listOf, newBout, numberOf, type TestBout } from '../bout/support.ts';
import { type Answer, call, faults, type Json } from '../support.ts';

/** The shortest round that there is: what happens in it lies close together. */
export const ROUND_MS = 30_000;

/** A bout with the tokens of its officials; who sits in seat J1 is the subject `person-J1`. */
export type Night = TestBout & {
  /** Another supervisor, who confirms what `supervisor` proposed. */
  readonly second: string;
  readonly timekeeper: string;
  readonly referee: string;
  readonly operator: string;
  /** By seat. */
  readonly judges: Readonly<Record<string, string>>;
};

/** `over` replaces what the bout is set up with; it has three seats where it does not say otherwise. */
export async function openNight(over: Json = {}): Promise<Night> {
  const bout = await newBout({ round_length_s: ROUND_MS / 1000, ...over });
  const seats = over['judges'] === undefined ? ['J1', 'J2', 'J3'] : listOf(over, 'judges').map(seatOf);
  const [second, timekeeper, referee, operator] = await Promise.all([
    bout.token({ role: 'supervisor', subject: 'sam' }),
    bout.token({ role: 'timekeeper', subject: 'tim' }),
    bout.token({ role: 'referee', subject: 'rita' }),
    bout.token({ role: 'operator', subject: 'olga' }),
  ]);
  const judges: Record<string, string> = {};
  for (const seat of seats)
    judges[seat] = await bout.token({ role: 'judge', subject: `person-${seat}`, judge_id: seat });
  return { ...bout, second, timekeeper, referee, operator, judges };
}

function seatOf(judge: Json): string {
  const { judge_id: seat } = judge;
  if (typeof seat !== 'string') throw new Error('a judge without a seat');
  return seat;
}

export function judge(night: Night, seat: string): string {
  const token = night.judges[seat];
  if (token === undefined) throw new Error(`nobody sits in ${seat}`);
  return token;
}

/** What must have been accepted. */
export function accepted(answer: Answer): Json {
  if (answer.status !== 200) throw new Error(`answered ${answer.status} ${answer.text}`);
  return answer.json;
}

/** Status and the fields that the answer names. */
export function refusal(answer: Answer): readonly [number, readonly unknown[]] {
  return [answer.status, faults(answer)];
}

export async function clock(night: Night, round: number, of: string, more: Json = {}): Promise<Answer> {
  return await change(night, 'clock', { action: of, round_id: round, ...more }, night.timekeeper);
}

export async function firstBell(night: Night, round: number): Promise<void> {
  accepted(await clock(night, round, 'start_round'));
}

/** The timekeeper puts the clock to the end of the round: it has lasted its whole length. */
export async function lastBell(night: Night, round: number, lengthMs = ROUND_MS): Promise<void> {
  accepted(await clock(night, round, 'adjust', { elapsed_ms: lengthMs, reason: 'the bell' }));
}

/** Puts the running clock of a round to such a time; it goes on from there. */
export async function clockAt(night: Night, round: number, elapsedMs: number): Promise<void> {
  await lastBell(night, round, elapsedMs);
}

/** Five for red and two for blue, spread over the round: nothing that the validator could object to. */
export const BUSY: readonly Json[] = [2, 6, 10, 14, 18, 22, 26].map((second, i) => ({
  clock_ms: second * 1_000,
  fighter_id: i === 3 || i === 5 ? 'fighter2' : 'fighter1',
  event_type: 'Cross',
  metadata: { significant: true, target: 'head', position: 'distance' },
}));

/** Logs actions of a round as the operator does, and gives back their ids. */
export async function entered(night: Night, round: number, actions: readonly Json[]): Promise<readonly string[]> {
  const events = actions.map((one) => {
    const { bout_id: _, ...rest } = action(night.boutId, {
      judge_id: 'olga',
      device_id: 'd-olga',
      round_id: round,
      ...one,
    });
    return rest;
  });
  const body = { bout_id: night.boutId, events };
  const answer = await call('POST', '/api/events/v2/batch', { token: night.operator, body });
  return listOf(accepted(answer), 'results').map((result) => {
    const { event_id: id } = result;
    if (result['success'] !== true || typeof id !== 'string') throw new Error(`refused: ${JSON.stringify(result)}`);
    return id;
  });
}

/** A whole round, from bell to bell. */
export async function fought(night: Night, round: number, actions: readonly Json[] = BUSY): Promise<void> {
  await firstBell(night, round);
  await entered(night, round, actions);
  await lastBell(night, round);
}

/** `10-9` as the body has it. */
export function points(score: string): { readonly red: number; readonly blue: number } {
  const [red, blue] = score.split('-').map(Number);
  if (red === undefined || blue === undefined) throw new Error(`'${score}' is no score`);
  return { red, blue };
}

export async function submit(night: Night, seat: string, round: number, score: string, more: Json = {}) {
  const body = { judge_id: seat, round_id: round, ...points(score), ...more };
  return await change(night, 'scorecards', body, judge(night, seat));
}

/** Every seat's scorecard of a round: `{ J1: '10-9', … }`. */
export async function scored(night: Night, round: number, scores: Readonly<Record<string, string>>): Promise<void> {
  for (const [seat, score] of Object.entries(scores)) accepted(await submit(night, seat, round, score));
}

/** The same score by every seat. */
export async function agreed(night: Night, round: number, score: string): Promise<void> {
  await scored(night, round, Object.fromEntries(Object.keys(night.judges).map((seat) => [seat, score])));
}

export async function sign(night: Night, seat: string, total: string, more: Json = {}): Promise<Answer> {
  return await change(night, 'scorecards/sign', { judge_id: seat, ...points(total), ...more }, judge(night, seat));
}

export async function signed(night: Night, totals: Readonly<Record<string, string>>): Promise<void> {
  for (const [seat, total] of Object.entries(totals)) accepted(await sign(night, seat, total));
}

export async function rule(night: Night, body: Json, token = night.referee): Promise<Answer> {
  return await change(night, 'rulings', body, token);
}

/** The id of a ruling that must have been taken. */
export async function ruled(night: Night, body: Json): Promise<string> {
  return idOf(accepted(await rule(night, body)));
}

export function idOf(delivery: Json): string {
  const { event_id: id } = delivery;
  if (typeof id !== 'string') throw new Error(`no event_id in ${JSON.stringify(delivery)}`);
  return id;
}

/** One supervisor proposes the result, another confirms it. */
export async function finalized(night: Night, body: Json = {}): Promise<Json> {
  accepted(await change(night, 'finalize', body));
  accepted(await change(night, 'finalize', { confirm: true }, night.second));
  return await read(night, '', night.supervisor);
}

/** One supervisor puts something forward, another confirms it. */
export async function passed(night: Night, route: string, body: Json): Promise<void> {
  const index = numberOf(accepted(await change(night, route, body)), 'sequence_index');
  accepted(await change(night, 'confirm', { proposal_index: index, accept: true }, night.second));
}

/** A document below the bout's own path, which must be there. */
export async function read(night: Night, path: string, token = night.supervisor): Promise<Json> {
  return accepted(await call('GET', `/api/bouts/${night.boutId}${path}`, { token }));
}

export async function final(night: Night, token = night.supervisor): Promise<Json> {
  return accepted(await call('GET', `/api/final/${night.boutId}`, { token }));
}

/** The seat as the scorecards show it. */
export async function seat(night: Night, id: string, token = night.supervisor): Promise<Json> {
  const found = listOf(await read(night, '/scorecards', token), 'seats').find((one) => one['judge_id'] === id);
  if (found === undefined) throw new Error(`there is no seat ${id}`);
  return found;
}

/** Whatever is tried, not one entry more. */
export async function withoutATrace(night: Night, attempt: () => Promise<void>): Promise<void> {
  const before = await length(night);
  await attempt();
  if ((await length(night)) !== before) throw new Error('something was written');
}

/** Takes the bout out of memory: its next answer comes from a cold start. */
export async function evict(night: Night): Promise<void> {
  await evictDurableObject(boutStub(night.boutId));
}

/** The payload of a stored entry, as its leaf has it. */
export async function storedLeaf(night: Night, index: number): Promise<string> {
  return await runInDurableObject(
    boutStub(night.boutId),
    (_bout, { storage }) =>
      storage.sql.exec<{ leaf: string }>('SELECT leaf FROM entry WHERE idx = ?', index).one().leaf,
  );
}
