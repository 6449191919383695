import { generateKeyPairSync, sign } from 'node:crypto';
import { ACTION_TYPES, typeFacts } from '../../domain/actions/index.ts';
import type { Client, Json } from './client.ts';
import type { Tokens } from './credential.ts';
import type { Document } from './document.ts';
import { type Fitting, type Fittings, fittingsOf } from './fitting.ts';
import { createJudged } from './judged.ts';
import { createMemory, type Memory } from './known.ts';
import { smallestPicture } from './picture.ts';
import { createWatch, type Watch } from './watch.ts';

/** What a stretch of the run plays with: four bouts and a card, officials, devices, and everything it has seen. */
export type World = {
  readonly bouts: readonly string[];
  readonly memory: Memory;
  readonly fitting: Fittings;
  readonly tokens: Tokens;
  readonly watch: Watch;
};

export type Secrets = { readonly adminSecret: string; readonly tokenKey: string };

/** What every world's name looks like. */
const WORLD = /world\d+x\d+/;

const SEATS = ['J1', 'J2', 'J3'];

/** Sets up a world. Its name is in all of its ids, so that worlds never meet. */
export async function createWorld(
  client: Client,
  document: Document,
  secrets: Secrets,
  [lane, stretch]: readonly [lane: number, stretch: number],
): Promise<World> {
  const name = `world${lane}x${stretch}`;
  // Lists show the other worlds, too.
  const memory = createMemory(document.resolve, (value) => WORLD.test(value) && !value.includes(name));
  const admin = secrets.adminSecret;
  const make = async (path: string, body: Json, token: string = admin): Promise<Json> => {
    const answer = await client.ask('POST', path, token, body);
    memory.note(body, true);
    memory.note(answer, true);
    return answer;
  };
  memory.note([{ round_id: 2 }, { round_id: 3 }], true);
  const card = `card-${name}`;
  const [night, alone] = [`bout-${name}-a`, `bout-${name}-b`] as const;
  await make('/api/cards', { card_id: card, promotion: 'Promotion', event: 'Event', event_id: `make-${card}` });
  await make('/api/bouts', { ...boutBody(night), card_id: card });
  await make('/api/bouts', { ...boutBody(alone), delay_ms: 1_500 });
  await make(`/api/cards/${card}/current`, { bout_id: night });
  const byRole = await mintAll(client, document, secrets, [{ bout_id: night }, { card_id: card }]);
  const everywhere = byRole.get('supervisor')?.at(-1);
  const supervisor = String(everywhere);
  const panel = { name, seats: SEATS, body: boutBody, supervisor };
  const judged = await createJudged({ client, adminSecret: admin, ...panel });
  for (const bout of [night, alone]) {
    await play(make, bout, everywhere);
    await judgeIt(make, memory, bout, everywhere);
    for (const corner of ['red', 'blue']) {
      const path = `/api/bouts/${bout}/fighters/${corner}/photo`;
      await client.put(path, admin, 'image/png', smallestPicture('image/png'));
    }
  }
  // What may be ruled on, acknowledged and taken back.
  const targets = [...ACTION_TYPES.map((_, i) => `act-${i}`), ...FOULS];
  for (const target of targets) memory.note({ target_event_id: target }, true);
  await make('/api/judge-session/create', sessionBody(night, name), byRole.get('judge')?.at(-1));
  const renewal = await pair(make, card);
  memory.note([{ bout_id: judged.scored }, { bout_id: judged.official }], true);
  const fitting = fittingsOf(document, {
    ...(await judged.ready()),
    'POST /api/pairings/renew': renewal,
    // Two seats of the panel have nothing in.
    'POST /api/bouts/{bout_id}/scorecards/paper': () => ({
      bout_id: [night, alone],
      judge_id: SEATS,
      round_id: [1, 2, 3],
      red: [10],
      blue: [9],
    }),
    'POST /api/bouts/{bout_id}/finalize': () => ({ bout_id: [night, alone, judged.scored] }),
    'POST /api/cards/{card_id}/bouts': () => ({ card_id: [card], bout_id: [alone, judged.scored] }),
  });
  const gone = await make('/api/auth/tokens', { role: 'supervisor', subject: 'gone', device_id: 'd-gone' });
  await client.ask('DELETE', `/api/auth/tokens/${String(gone['token_id'])}`, admin);
  const seen = (): readonly string[] => memory.all('token').filter((token) => typeof token === 'string');
  const tokens = { byRole, revoked: String(gone['token']), seen, ...secrets };
  const watch = await createWatch(client, document, memory, admin);
  return { bouts: [night, alone, judged.scored, judged.official], memory, fitting, tokens, watch };
}

/** Each role for all bouts (twice as often) and for each reach alone; judges on two devices of the first seat. */
async function mintAll(client: Client, document: Document, { adminSecret }: Secrets, reaches: readonly Json[]) {
  const byRole = new Map<string, readonly string[]>();
  for (const role of document.roles) {
    const tokens: string[] = [];
    for (const reach of [{}, ...reaches, {}]) {
      for (const device of role === 'judge' ? ['d-1', 'd-2'] : ['d-1']) {
        const seat = role === 'judge' ? { judge_id: 'J1' } : {};
        const body = { role, subject: `s-${role}`, device_id: device, ttl_s: 172_800, ...seat, ...reach };
        const { token } = await client.ask('POST', '/api/auth/tokens', adminSecret, body);
        tokens.push(String(token));
      }
    }
    byRole.set(role, tokens);
  }
  return byRole;
}

function boutBody(bout: string): Json {
  return {
    bout_id: bout,
    promotion: 'Promotion',
    event: 'Event',
    sport: 'mma',
    scheduled_rounds: 3,
    round_length_s: 1_800,
    fighter1: { name: 'Red' },
    fighter2: { name: 'Blue' },
    judges: SEATS.map((seat) => ({ judge_id: seat, judge_name: `Judge ${seat}` })),
    event_id: `make-${bout}`,
  };
}

function sessionBody(bout: string, name: string): Json {
  return { judge_session_id: `session-${name}`, judge_id: 'J1', bout_id: bout, round_id: 1, device_id: 'd-1' };
}

type Make = (path: string, body: Json, token?: string) => Promise<Json>;

/** One action of each type in a round that runs, so that there is something of everything. */
async function play(make: Make, bout: string, token: string | undefined): Promise<void> {
  const startMs = Date.now();
  await make(`/api/bouts/${bout}/clock`, { action: 'start_round', round_id: 1, event_id: `bell-${bout}` }, token);
  const events = ACTION_TYPES.map((type, i) => {
    const { wire, tiers, position, target } = typeFacts(type);
    return {
      round_id: 1,
      judge_id: 's-supervisor',
      fighter_id: i % 2 === 0 ? 'fighter1' : 'fighter2',
      event_type: wire,
      timestamp_ms: startMs + i * 20,
      clock_ms: i * 20,
      device_id: 'd-1',
      metadata: {
        ...(tiers[0] === undefined ? { significant: true } : { tier: tiers[0] }),
        ...(position === null ? {} : { position }),
        ...(target === null ? {} : { target }),
        ...(wire.startsWith('Control') ? { control: 'top' } : {}),
      },
      // The same in both bouts: whichever is named, there is such an action in it.
      event_id: `act-${i}`,
    };
  });
  await make('/api/events/v2/batch', { bout_id: bout, events }, token);
  const legacy = { round_num: 1, fighter: 'red', event_type: 'Jab', timestamp: 12.5 };
  await make('/api/log-event', { bout_id: bout, ...legacy }, token);
  await make('/api/telemetry/report', { device_id: 'd-1', judge_id: 'J1', bout_id: bout, battery_percent: 50 });
}

/** As many as make it likely that a judge acknowledges one, among all actions that could be named. */
const FOULS = Array.from({ length: 12 }, (_, i) => `foul-${i}`);

/** Fouls, and two proposals by the administrator that wait for a second person: of each there is one to name. */
async function judgeIt(make: Make, memory: Memory, bout: string, token: string | undefined): Promise<void> {
  const path = `/api/bouts/${bout}`;
  for (const event_id of FOULS) {
    await make(`${path}/rulings`, { kind: 'foul', round_id: 1, fighter_id: 'fighter1', event_id }, token);
  }
  const reason = 'unwell';
  const person = { person_id: 's-new', person_name: 'New' };
  const panel = { change: 'substitute', judge_id: 'J3', ...person, reason, event_id: 'panel-1' };
  const paper = { judge_id: 'J2', round_id: 1, red: 10, blue: 9, reason, event_id: 'paper-1' };
  for (const proposal of [await make(`${path}/panel`, panel), await make(`${path}/scorecards/paper`, paper)]) {
    memory.note({ proposal_index: proposal['sequence_index'] }, true);
  }
}

/** A device with a key of its own, and a code that nobody has taken yet; what makes each renewal. */
async function pair(make: Make, card: string): Promise<() => Fitting> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { kty, crv, x } = publicKey.export({ format: 'jwk' });
  const judge = { card_id: card, role: 'judge', subject: 's-paired', judge_id: 'J2' };
  const { code } = await make('/api/pairings', { ...judge, event_id: `pair-${card}` });
  const device = { device_id: 'd-1' };
  await make('/api/pairings/claim', { code, ...device, public_key: { kty, crv, x } });
  const renewal = () => {
    const atMs = Date.now();
    const signature = sign(null, Buffer.from(`fightjudge-renew|${card}|d-1|${atMs}`), privateKey).toString('base64url');
    return { card_id: card, ...device, at_ms: atMs, signature };
  };
  await make('/api/pairings/renew', renewal());
  await make('/api/pairings', { card_id: card, role: 'operator', subject: 's-open', event_id: `open-${card}` });
  return () => Object.fromEntries(Object.entries(renewal()).map(([member, value]) => [member, [value]]));
}
