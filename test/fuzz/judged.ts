import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Json } from './client.ts';
import type { Fitting } from './fitting.ts';
import { isRecord } from './schema.ts';

/** What the bouts need that this world's judges have scored. */
export type JudgedStage = {
  readonly client: Client;
  readonly adminSecret: string;
  /** In everything's id, so that nobody's figures are made from two worlds. */
  readonly name: string;
  readonly seats: readonly string[];
  /** A bout as the world makes them. */
  readonly body: (bout: string) => Json;
  /** A supervisor's token for all bouts. */
  readonly supervisor: string;
};

export type Judged = {
  /** One round, fought and scored by all: its totals may be signed, its scorecards reopened. */
  readonly scored: string;
  /** Official and released, so that figures are made from it. */
  readonly official: string;
  /** Resolves once the figures are there, and a trainee has scored a round; what fits which operation. */
  readonly ready: () => Promise<Readonly<Record<string, () => Fitting>>>;
};

const ROUNDS = [1, 2, 3];

/** What every judge gives each round; so a total of one round is that, too. */
const SCORE = { red: 10, blue: 9 };

/** Longer than the index ever takes to follow. */
const LONGEST_MS = 20_000;

/** Two bouts that were scored: one that is still open, and one that is over. */
export async function createJudged(stage: JudgedStage): Promise<Judged> {
  const { client, adminSecret, name, seats, body, supervisor } = stage;
  const [scored, official] = [`bout-${name}-c`, `bout-${name}-d`] as const;
  const tokens = new Map<string, string>();
  for (const seat of seats) tokens.set(seat, await mint(stage, 'judge', subjectOf(name, seat), { judge_id: seat }));
  const score = async (bout: string, round: number): Promise<void> => {
    for (const [seat, token] of tokens) {
      const given = { judge_id: seat, round_id: round, ...SCORE };
      await client.ask('POST', `/api/bouts/${bout}/scorecards`, token, given);
    }
  };
  const released = { statistics: 'public', scorecards: 'public', recommendation: 'public' };
  await client.ask('POST', '/api/bouts', adminSecret, { ...body(official), date: DATE, release_policy: released });
  for (const round of ROUNDS) await score(official, round);
  const result = `/api/bouts/${official}/finalize`;
  await client.ask('POST', result, supervisor, { method: 'KO', winner: 'red', round_id: 3, reason: 'stopped' });
  await client.ask('POST', result, adminSecret, { confirm: true });
  await client.ask('POST', '/api/bouts', adminSecret, { ...body(scored), scheduled_rounds: 1 });
  for (const action of ['start_round', 'end_round']) {
    await client.ask('POST', `/api/bouts/${scored}/clock`, supervisor, { action, round_id: 1 });
  }
  await score(scored, 1);
  return { scored, official, ready: async () => await fittings(stage, scored, official) };
}

const DATE = '2026-03-07';

function subjectOf(name: string, seat: string): string {
  return `panel-${name}-${seat}`;
}

async function fittings(stage: JudgedStage, scored: string, official: string) {
  const { client, name, seats } = stage;
  const { sport, ruleset } = await figuresOf(stage, official);
  const trainee = `trainee-${name}`;
  const token = await mint(stage, 'analyst', trainee, {});
  await client.ask('POST', '/api/shadow/scorecards', token, { bout_id: official, round_id: 1, ...SCORE });
  const points = { red: [SCORE.red], blue: [SCORE.blue] };
  // So that a filter does not always leave nothing.
  const filter = { from: ['2026-01-01', DATE], to: [DATE, '2026-12-31'], sport: [sport], ruleset: [ruleset] };
  return {
    // Whose scorecard is signed, the caller's token says.
    'POST /api/bouts/{bout_id}/scorecards/sign': () => ({ bout_id: [scored], ...points }),
    'POST /api/bouts/{bout_id}/scorecards/reopen': () => ({
      bout_id: [scored],
      round_id: [1],
      judge_id: seats,
    }),
    'GET /api/analytics/bouts/{bout_id}': () => ({ bout_id: [official] }),
    'GET /api/analytics/judges/{judge_id}': () => ({ judge_id: seats.map((seat) => subjectOf(name, seat)), ...filter }),
    'POST /api/shadow/scorecards': () => ({ bout_id: [official], round_id: ROUNDS, ...points }),
    'GET /api/shadow/trainees/{subject}': () => ({ subject: [trainee] }),
  };
}

/** The index follows a bout after a moment. @throws Error where it does not */
async function figuresOf({ client, adminSecret }: JudgedStage, bout: string): Promise<Json> {
  const endMs = Date.now() + LONGEST_MS;
  while (Date.now() < endMs) {
    const figures = await client.look(`/api/analytics/bouts/${bout}`, adminSecret);
    if (isRecord(figures)) return figures;
    await pause(100);
  }
  throw new Error(`${bout} is official, and yet there are no figures of it.`);
}

async function mint({ client, adminSecret }: JudgedStage, role: string, subject: string, more: Json): Promise<string> {
  const { token } = await client.ask('POST', '/api/auth/tokens', adminSecret, { role, subject, ...more });
  return String(token);
}
