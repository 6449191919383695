import { openSocket } from '../bout/socket-client.ts';
import { call, freshId, type Json } from '../support.ts';
import { nameOf, pathOf } from '../routes/requests.ts';
import { NO_QUERY, type Route } from '../../../workers/route.ts';
import { routes } from '../../../workers/routes/index.ts';
import { accepted, judge, type Night, openNight, submit } from '../judging/support.ts';

/** What seat J1 gave round 1: a score, and words in it, that nothing else in the bout looks like. */
export type Sealed = { readonly eventId: string; readonly chainHash: string; readonly index: unknown };

/** A bout whose rule set has half points, so that a score can be one that stands nowhere by chance. */
export async function openSealable(over: Json = {}): Promise<Night> {
  return await openNight({ rules: { half_points: true }, ...over });
}

/** J1 seals 10-7.5 under an id of its own. */
export async function sealed(night: Night, round = 1): Promise<Sealed> {
  const eventId = freshId('sealed');
  const delivery = accepted(await submit(night, 'J1', round, '10-7.5', { event_id: eventId }));
  return { eventId, chainHash: String(delivery['chain_hash']), index: delivery['sequence_index'] };
}

/** A's session, so that its id can be tried by others. */
export async function sessionOfA(night: Night): Promise<string> {
  const sessionId = freshId('session').slice(0, 60);
  const body = {
    judge_session_id: sessionId,
    judge_id: 'J1',
    bout_id: night.boutId,
    round_id: 1,
    last_event_sequence: 0,
    session_state: 'OPEN',
    unsent_event_queue: [],
  };
  accepted(await call('POST', '/api/judge-session/create', { token: judge(night, 'J1'), body }));
  return sessionId;
}

/** What an answer gives away; empty where it gives away nothing. */
export type Found = readonly string[];

/** Looks through a text, and through every member of the JSON that it may be. */
export function scorecardIn(text: string, { eventId, chainHash }: Sealed): Found {
  const found: string[] = [];
  if (text.includes(eventId)) found.push('its event_id');
  if (text.includes(chainHash)) found.push('its chain hash');
  if (/(?<![\d.])7\.5(?!\d)/.test(text)) found.push('7.5');
  walk(parsed(text), (value) => {
    if (value['kind'] === 'scorecard' && isRecord(value['payload']) && value['payload']['judge_id'] === 'J1') {
      found.push('its entry');
    }
    if (value['blue'] === 7.5 || value['blue_x10'] === 75) found.push('its points');
    const { total } = value;
    // Of no round at all the sum is nothing, which everybody knows.
    if (value['judge_id'] === 'J1' && isRecord(total) && (total['red'] !== 0 || value['signed'] !== false)) {
      found.push('its total');
    }
    if (value['judge_id'] === 'J1' && Array.isArray(value['rounds']) && value['rounds'].length > 0) {
      found.push('its rounds');
    }
  });
  return found;
}

/** Whether anything of what the statistical judge says is in there. */
export function recommendationIn(text: string): Found {
  const found: string[] = [];
  walk(parsed(text), (value) => {
    for (const name of ['p_red', 'p_two_points', 'winner_recommendation', 'log_odds', 'too_close']) {
      if (!isUnsaid(value[name])) found.push(name);
    }
  });
  return found;
}

/** Absent, null, or a schema that describes the member. */
function isUnsaid(value: unknown): boolean {
  return value === undefined || value === null || isRecord(value);
}

function walk(value: unknown, visit: (value: Json) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (isRecord(value)) {
    visit(value);
    for (const member of Object.values(value)) walk(member, visit);
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Descriptions of the API hold examples, which are nobody's. */
const DOCUMENTS = ['GET /api/docs', 'GET /api/openapi.json'];

/** What every route that only reads tells a caller, with everything that could be put into its path. */
export async function doors(night: Night, token: string | null, sessionId: string): Promise<readonly Door[]> {
  const ways = routes
    .filter((route) => route.method === 'get' && !DOCUMENTS.includes(nameOf(route)))
    .flatMap((route) =>
      waysTo(route, pathOf(route, { boutId: night.boutId, cardId: 'c-none' }).replace('s-none', sessionId)),
    );
  const seen = await Promise.all(
    ways.map(async (way): Promise<Door> => {
      const answer = await call('GET', way, token === null ? {} : { token });
      const headers = [...answer.headers].map(([key, value]) => `${key}: ${value}`).join('\n');
      return { name: `GET ${way.replace(night.boutId, '…')}`, status: answer.status, text: answer.text, headers };
    }),
  );
  for (const query of ['', '?cursor=0']) {
    const text = await heard(night, token, query);
    seen.push({ name: `socket${query}`, status: 101, text, headers: '' });
  }
  return seen;
}

export type Door = {
  readonly name: string;
  readonly status: number;
  readonly text: string;
  readonly headers: string;
};

/** As it is, and filtered where the route is told of filters: one that takes none never sees them. */
function waysTo(route: Route, path: string): readonly string[] {
  if (route.query !== NO_QUERY && !path.includes('?')) return [path, `${path}?judge_id=J1&include_simulated=true`];
  return [path];
}

/** What a socket says at its opening and when it is asked for everything. */
async function heard(night: Night, token: string | null, query: string): Promise<string> {
  const socket = await openSocket(night.boutId, token, query);
  const said: Json[] = [await socket.nextOf('hello')];
  socket.send({ type: 'resume', cursor: 0 });
  said.push(await socket.next());
  socket.send({ type: 'time', t0: 1 });
  said.push(await socket.nextOf('time'), ...socket.waiting());
  socket.close();
  return JSON.stringify(said);
}

/** Each door that gives something away, with what. */
export function leaks(seen: readonly Door[], secret: Sealed): readonly (readonly [string, Found])[] {
  return seen
    .map(({ name, text, headers }): [string, Found] => [
      name,
      [...scorecardIn(text, secret), ...scorecardIn(headers, secret), ...recommendationIn(text)],
    ])
    .filter(([, found]) => found.length > 0);
}

/** The doors that show J1's scorecard. */
export function showing(seen: readonly Door[], secret: Sealed): readonly string[] {
  return seen.filter(({ text }) => scorecardIn(text, secret).length > 0).map(({ name }) => name);
}

/** The doors that show what the statistical judge says. */
export function advising(seen: readonly Door[]): readonly string[] {
  return seen.filter(({ text }) => recommendationIn(text).length > 0).map(({ name }) => name);
}
