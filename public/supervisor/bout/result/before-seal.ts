import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { getJson } from '../../../shared/wire/api.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { decodeFindings, type Findings } from '../wire.ts';

/** What somebody should know before a bout is sealed. */
export type BeforeSeal = {
  /** Rounds that were fought and whose statistics were never locked. */
  readonly unlocked: readonly number[];
  /** What devices are known to keep back, a sentence each. */
  readonly keptBack: readonly string[];
};

/**
 * @param rounds as the validator sees each round that has been opened
 * @param unfought the round, if any, that was opened and never started: nobody could lock it, but devices may speak of it
 */
export function beforeSealOf(rounds: readonly Findings[], unfought: number | null): BeforeSeal {
  const kept = rounds.flatMap(({ findings }) => findings.filter(({ code }) => code === 'unsent_device'));
  return {
    unlocked: rounds
      .filter(({ round_id: round, locked }) => !locked && round !== unfought)
      .map(({ round_id }) => round_id),
    keptBack: [...new Set(kept.map(({ detail }) => detail))],
  };
}

/** The current round, where neither the bell nor an action has begun it: a result can come before any is fought. */
export function unfoughtRound(view: Pick<View, 'round_id' | 'rounds' | 'clock'>): number | null {
  const { round_id: current, clock, rounds } = view;
  const actions = rounds.find(({ round_id: round }) => round === current)?.total_events ?? 0;
  const isBegun = (clock.round_id === current && clock.started) || clock.elapsed_ms > 0 || actions > 0;
  return isBegun ? null : current;
}

/** Asked round by round: an official result makes every round final in the bout's own state. Null before it is known. */
export function useBeforeSeal(desk: Desk): BeforeSeal | null {
  const known = useSignal<BeforeSeal | null>(null);
  const view = desk.view.value;
  const current = view?.round_id ?? 0;
  const unfought = view === null || view === undefined ? null : unfoughtRound(view);
  // An unfought round after the last is in no record.
  const rounds = (view?.rounds ?? []).map(({ round_id: round }) => round).filter((round) => round <= current);
  useEffect(() => {
    const ended = new AbortController();
    void Promise.all(
      rounds.map(
        async (round) => await getJson(`${desk.base}/findings/${round}`, decodeFindings, desk.credential, ended.signal),
      ),
    ).then((answers) => {
      if (ended.signal.aborted || !answers.every((answer) => answer.ok)) return;
      known.value = beforeSealOf(
        answers.flatMap((answer) => (answer.ok ? [answer.value] : [])),
        unfought,
      );
    });
    return () => ended.abort();
  }, [desk, rounds.join(), unfought, desk.officialKey.value]);
  return known.value;
}
