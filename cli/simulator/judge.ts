import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from './actor.ts';
import { RefusedError } from './actor.ts';
import { uuid7 } from './uuid7.ts';

/** A judge at a seat, with a device that holds a session and reports its health. */
export type Judge = {
  readonly seat: string;
  /** Opens the session, or moves it to another round. */
  readonly openRound: (roundId: number) => Promise<void>;
  readonly submitScorecard: (roundId: number, points: { red: number; blue: number }) => Promise<void>;
  /** Signs under the totals of the bout. */
  readonly signScorecard: (totals: { red: number; blue: number }) => Promise<void>;
  /** Reports until the signal aborts; never rejects. */
  readonly reportHealth: (signal: AbortSignal) => Promise<void>;
};

const REPORT_EVERY_MS = 5000;

export function createJudge(actor: Actor, boutId: string, seat: string): Judge {
  const sessionId = `session_${uuid7(Date.now())}`;
  const seen = { latencyMs: 0, lastSequence: 0 };

  return {
    seat,
    openRound: async (roundId) => {
      const startedAt = performance.now();
      const path = '/api/judge-session/create';
      const reply = await actor.send(
        'POST',
        path,
        JSON.stringify({
          judge_session_id: sessionId,
          judge_id: seat,
          bout_id: boutId,
          round_id: roundId,
          last_event_sequence: seen.lastSequence,
          session_state: 'OPEN',
          unsent_event_queue: [],
        }),
      );
      if (reply.status !== 200) throw new RefusedError(path, reply);
      seen.latencyMs = performance.now() - startedAt;
    },
    submitScorecard: async (roundId, points) => {
      const answer = await actor.command(`/api/bouts/${boutId}/scorecards`, {
        judge_id: seat,
        round_id: roundId,
        red: points.red,
        blue: points.blue,
      });
      if (typeof answer['sequence_index'] === 'number') seen.lastSequence = answer['sequence_index'];
    },
    signScorecard: async (totals) => {
      await actor.command(`/api/bouts/${boutId}/scorecards/sign`, { judge_id: seat, ...totals });
    },
    reportHealth: async (signal) => {
      try {
        for (;;) {
          await sleep(REPORT_EVERY_MS, undefined, { signal });
          const startedAt = performance.now();
          // Only what is measured here; a script has no battery, radio or screen. A judge's device
          // taps nothing in this script, so it drops nothing either.
          const report = {
            device_id: actor.part.device_id,
            judge_id: seat,
            bout_id: boutId,
            latency_ms: Math.round(seen.latencyMs),
            dropped_event_count: 0,
            event_rate_per_second: 0,
          };
          const reply = await actor.sendOnce('POST', '/api/telemetry/report', JSON.stringify(report));
          if (reply !== null) seen.latencyMs = performance.now() - startedAt;
        }
      } catch {
        // The bout is over, or the server is given up: both are told elsewhere.
      }
    },
  };
}
