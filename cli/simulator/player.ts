import { setTimeout as sleep } from 'node:timers/promises';
import { CORNERS, type Corner } from '../../domain/corner.ts';
import type { SimulatedAction } from './action.ts';
import { type Actor, RefusedError } from './actor.ts';
import { expandRound } from './expand.ts';
import type { Link } from './link.ts';
import { type Officials, seatOfficials } from './officials.ts';
import { confirmKnockdowns } from './referee.ts';
import { createOutbox, type Outbox, type Tally } from './outbox.ts';
import type { BoutRounds, RoundStatistics } from './rounds.ts';
import { createTimekeeper, type Timekeeper } from './timekeeper.ts';
import { createTimeline, type Step } from './timeline.ts';
import { type RoundVerdict, verifyRound } from './verify.ts';

export type Phase = 'set-up' | 'round' | 'scorecards' | 'rest' | 'result' | 'verify';

export type Progress = Tally & {
  readonly boutId: string;
  readonly phase: Phase;
  readonly roundId: number;
  readonly clockMs: number;
  readonly unsent: number;
  readonly retries: number;
};

export type PlayOptions = {
  readonly link: Link;
  readonly adminSecret: string;
  readonly rounds: BoutRounds;
  readonly boutId: string;
  readonly cardId?: string;
  /** Who sits there, by seat; where nobody is named, `Judge 1`, `Judge 2`, … by order. */
  readonly panel?: Readonly<Record<string, { readonly name: string; readonly person: string }>>;
  readonly seed: number;
  /** Simulated seconds per real second, 1 or more. */
  readonly speed: number;
  /** Real time between rounds. */
  readonly restMs: number;
  /** Called once the bout exists and before its first round. */
  readonly onCreated?: (supervisor: Actor) => Promise<void>;
  readonly onProgress?: (progress: Progress) => void;
  readonly log?: (line: string) => void;
};

export type BoutReport = Tally & {
  readonly boutId: string;
  readonly retries: number;
  readonly rounds: readonly RoundVerdict[];
};

/** The clock is set to the script at every so much simulated time, but not more often than in this real time. */
const FOLLOW_EVERY_MS = 10_000;
const FOLLOW_LEAST_REAL_MS = 500;
/** The one stop of the bout lasts this long in simulated time. */
const PAUSE_MS = 10_000;
const REPORT_EVERY_MS = 500;

/**
 * Plays a whole bout through the public API, as its officials would, and reads it back. A server that
 * goes away makes it wait; nothing is lost or sent as something new. Rejects with `RefusedError` when
 * the server refuses a step without which there is no bout, and when the link ends.
 */
export async function playBout(options: PlayOptions): Promise<BoutReport> {
  const { link, rounds, boutId } = options;
  const seats = Object.keys(rounds.rounds[0]?.scorecards ?? {});
  const officials = seatOfficials(link, options.adminSecret, boutId, seats);
  const tally: Tally = { sent: 0, acked: 0, duplicates: 0, refused: 0 };
  const over = new AbortController();
  const stage = createStage(options, officials, tally);

  stage.enter('set-up', 1);
  await createBout(options, officials.supervisor, seats);
  await options.onCreated?.(officials.supervisor);
  const health = officials.judges.map((judge) => judge.reportHealth(AbortSignal.any([link.signal, over.signal])));
  try {
    for (const round of rounds.rounds) {
      if (round.round_id > 1) {
        stage.enter('rest', round.round_id);
        await sleep(options.restMs, undefined, { signal: link.signal });
      }
      await playRound(options, stage, round);
    }
    stage.enter('result', rounds.rounds.length);
    await signScorecards(officials, rounds.rounds);
    await announceResult(officials, boutId);
    stage.enter('verify', rounds.rounds.length);
    const verdicts: RoundVerdict[] = [];
    for (const round of rounds.rounds) verdicts.push(await verifyRound(officials.supervisor, boutId, round));
    return { boutId, ...tally, retries: link.retries(), rounds: verdicts };
  } finally {
    over.abort();
    await Promise.all(health);
  }
}

/** What a bout has at hand while it is played: its people, their queues, and the word on how it goes. */
type Stage = {
  readonly officials: Officials;
  readonly timekeeper: Timekeeper;
  readonly outboxes: Readonly<Record<Corner, Outbox>>;
  readonly enter: (phase: Phase, roundId: number, clockMs?: () => number) => void;
  readonly report: () => void;
};

function createStage(options: PlayOptions, officials: Officials, tally: Tally): Stage {
  const { link, boutId, speed, log = () => undefined } = options;
  const now: { phase: Phase; roundId: number; clockMs: () => number } = {
    phase: 'set-up',
    roundId: 1,
    clockMs: () => 0,
  };
  const outbox = (corner: Corner): Outbox =>
    createOutbox({
      actor: officials.operators[corner],
      tally,
      onAnswer: () => report(),
      onRefused: (error) => log(error.message),
    });
  const outboxes = { red: outbox('red'), blue: outbox('blue') };
  const report = () =>
    options.onProgress?.({
      ...tally,
      boutId,
      phase: now.phase,
      roundId: now.roundId,
      clockMs: now.clockMs(),
      unsent: outboxes.red.unsent() + outboxes.blue.unsent(),
      retries: link.retries(),
    });
  return {
    officials,
    timekeeper: createTimekeeper({ actor: officials.timekeeper, boutId, speed, signal: link.signal, log }),
    outboxes,
    report,
    enter: (phase, roundId, clockMs = () => 0) => {
      Object.assign(now, { phase, roundId, clockMs });
      report();
    },
  };
}

async function createBout(options: PlayOptions, supervisor: Actor, seats: readonly string[]): Promise<void> {
  const { bout, rounds } = options.rounds;
  await supervisor.command('/api/bouts', {
    bout_id: options.boutId,
    ...(options.cardId === undefined ? {} : { card_id: options.cardId }),
    promotion: bout.promotion,
    event: bout.event,
    date: bout.date,
    // Round statistics name no venue.
    time_zone: 'UTC',
    sport: bout.sport,
    scheduled_rounds: bout.scheduled_rounds,
    round_length_s: rounds[0]?.round_seconds,
    fighter1: { name: bout.red, ...(bout.red_id === undefined ? {} : { id: bout.red_id }) },
    fighter2: { name: bout.blue, ...(bout.blue_id === undefined ? {} : { id: bout.blue_id }) },
    judges: seats.map((seat, at) => {
      const judge = options.panel?.[seat];
      return judge === undefined
        ? { judge_id: seat, judge_name: `Judge ${at + 1}` }
        : { judge_id: seat, judge_name: judge.name, person_id: judge.person };
    }),
    simulated: true,
  });
}

async function playRound(options: PlayOptions, stage: Stage, round: RoundStatistics): Promise<void> {
  const { boutId, speed, link } = options;
  const roundId = round.round_id;
  const { judges, supervisor } = stage.officials;
  const lengthMs = round.round_seconds * 1000;
  await Promise.all(judges.map((judge) => judge.openRound(roundId)));

  const timeline = createTimeline(speed, link.signal);
  await stage.timekeeper.startRound(roundId);
  stage.enter('round', roundId, timeline.positionMs);
  const ticker = setInterval(stage.report, REPORT_EVERY_MS);
  try {
    await timeline.play(stepsOf(options, stage, round));
    await Promise.all(CORNERS.map((corner) => stage.outboxes[corner].drained()));
    await stage.timekeeper.endRound(roundId, lengthMs);
    await confirmKnockdowns(stage.officials.referee, boutId, roundId);
  } finally {
    clearInterval(ticker);
  }

  stage.enter('scorecards', roundId, () => lengthMs);
  await Promise.all(
    judges.map(async (judge) => {
      const points = round.scorecards[judge.seat];
      if (points !== undefined) await judge.submitScorecard(roundId, points);
    }),
  );
  await lockRound(supervisor, boutId, roundId);
}

function stepsOf(options: PlayOptions, stage: Stage, round: RoundStatistics): Step[] {
  const { boutId, rounds, seed, speed } = options;
  const roundId = round.round_id;
  const lengthMs = round.round_seconds * 1000;
  const steps: Step[] = expandRound(round, seed).map((action) => ({
    atMs: action.clockMs,
    run: () => stage.outboxes[action.corner].push(eventOf(action, boutId, roundId, stage.officials)),
  }));

  const everyMs = Math.max(FOLLOW_EVERY_MS, FOLLOW_LEAST_REAL_MS * speed);
  for (let atMs = everyMs; speed !== 1 && atMs < lengthMs; atMs += everyMs) {
    steps.push({ atMs, run: () => stage.timekeeper.follow(roundId, Math.round(atMs)) });
  }
  if (roundId === Math.min(2, rounds.rounds.length)) {
    const atMs = Math.round(lengthMs / 2);
    steps.push({ atMs, run: async () => await stage.timekeeper.pauseFor(roundId, atMs, PAUSE_MS / speed) });
  }
  return [...steps, { atMs: lengthMs, run: () => undefined }];
}

function eventOf(action: SimulatedAction, boutId: string, roundId: number, officials: Officials) {
  const { part } = officials.operators[action.corner];
  return {
    bout_id: boutId,
    round_id: roundId,
    // Who has no seat writes their subject.
    judge_id: part.subject,
    fighter_id: action.corner === 'red' ? 'fighter1' : 'fighter2',
    event_type: action.eventType,
    device_id: part.device_id,
    clock_ms: action.clockMs,
    metadata: action.metadata,
    simulated: true,
  };
}

/** The statistics of a quiet round may not satisfy the validator; the supervisor then says why it is locked. */
async function lockRound(supervisor: Actor, boutId: string, roundId: number): Promise<void> {
  const path = `/api/bouts/${boutId}/lock-round`;
  try {
    await supervisor.command(path, { round_id: roundId });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    await supervisor.command(path, {
      round_id: roundId,
      override_reason: 'simulated bout: played from its statistics',
    });
  }
}

/** Each judge signs under the sum of their own rounds; the record has no points taken. */
async function signScorecards(officials: Officials, rounds: readonly RoundStatistics[]): Promise<void> {
  await Promise.all(
    officials.judges.map(async (judge) => {
      const own = rounds.flatMap((round) => round.scorecards[judge.seat] ?? []);
      if (own.length < rounds.length) return;
      const sum = (corner: Corner): number => own.reduce((total, points) => total + points[corner], 0);
      await judge.signScorecard({ red: sum('red'), blue: sum('blue') });
    }),
  );
}

/** The result is what the scorecards make it; nobody says which. */
async function announceResult(officials: Officials, boutId: string): Promise<void> {
  const path = `/api/bouts/${boutId}/finalize`;
  await officials.supervisor.command(path, {});
  await officials.secondSupervisor.command(path, { confirm: true });
}
