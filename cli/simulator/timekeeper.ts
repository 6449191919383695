import { setTimeout as sleep } from 'node:timers/promises';
import { type Actor, RefusedError } from './actor.ts';

/** The one who holds the bout clock, which runs on the server by wall time whatever the speed of the script. */
export type Timekeeper = {
  readonly startRound: (roundId: number) => Promise<void>;
  /** Stops the clock at `atMs`, waits, sets it right and lets it go on. */
  readonly pauseFor: (roundId: number, atMs: number, realMs: number) => Promise<void>;
  /** Moves the clock to `elapsedMs` without waiting for it; passed over while the last move is under way. */
  readonly follow: (roundId: number, elapsedMs: number) => void;
  readonly endRound: (roundId: number, lengthMs: number) => Promise<void>;
};

export type TimekeeperOptions = {
  readonly actor: Actor;
  readonly boutId: string;
  readonly speed: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
};

/** An acknowledgement later than this leaves the server's clock visibly apart from the script. */
const LATE_ACK_MS = 1000;

export function createTimekeeper({ actor, boutId, speed, signal, log }: TimekeeperOptions): Timekeeper {
  const path = `/api/bouts/${boutId}/clock`;
  const reason = speed === 1 ? 'simulated: the server was out of reach' : `simulated at speed ${speed}`;
  let following: Promise<void> | null = null;

  const say = async (action: string, roundId: number, more: Readonly<Record<string, unknown>> = {}) => {
    await actor.command(path, { action, round_id: roundId, ...more });
  };

  /** The clock may have run out, or been stopped, by itself meanwhile: then there is nothing left to say. */
  const sayUnlessRefused = async (action: string, roundId: number, more: Readonly<Record<string, unknown>> = {}) => {
    try {
      await say(action, roundId, more);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      log(error.message);
    }
  };

  const moveTo = async (roundId: number, elapsedMs: number) =>
    await sayUnlessRefused('adjust', roundId, { elapsed_ms: elapsedMs, reason });

  return {
    startRound: async (roundId) => {
      const askedAt = performance.now();
      await say('start_round', roundId);
      // The command may have arrived long before its acknowledgement did.
      if (performance.now() - askedAt > LATE_ACK_MS) await moveTo(roundId, 0);
    },
    pauseFor: async (roundId, atMs, realMs) => {
      await following;
      const askedAt = performance.now();
      await sayUnlessRefused('pause', roundId);
      if (speed !== 1 || performance.now() - askedAt > LATE_ACK_MS) await moveTo(roundId, atMs);
      await sleep(realMs, undefined, { signal });
      await sayUnlessRefused('resume', roundId);
    },
    follow: (roundId, elapsedMs) => {
      following ??= moveTo(roundId, elapsedMs)
        // Whatever ends this (an abort, a server given up) ends the commands that are waited for, too.
        .catch(() => undefined)
        .finally(() => {
          following = null;
        });
    },
    endRound: async (roundId, lengthMs) => {
      await following;
      if (speed !== 1) await moveTo(roundId, lengthMs);
      await sayUnlessRefused('end_round', roundId);
    },
  };
}
