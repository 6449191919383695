import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { getJson } from '../../../shared/wire/api.ts';
import type { Desk } from '../desk.ts';
import { decodeFindings, type Findings } from '../wire.ts';

/** What somebody should know before a bout is sealed. */
export type BeforeSeal = {
  /** Rounds whose statistics were never locked. */
  readonly unlocked: readonly number[];
  /** What devices are known to keep back, a sentence each. */
  readonly keptBack: readonly string[];
};

/** @param rounds as the validator sees each round that was fought */
export function beforeSealOf(rounds: readonly Findings[]): BeforeSeal {
  const kept = rounds.flatMap(({ findings }) => findings.filter(({ code }) => code === 'unsent_device'));
  return {
    unlocked: rounds.filter(({ locked }) => !locked).map(({ round_id: round }) => round),
    keptBack: [...new Set(kept.map(({ detail }) => detail))],
  };
}

/** Asked round by round: an official result makes every round final in the bout's own state. Null before it is known. */
export function useBeforeSeal(desk: Desk): BeforeSeal | null {
  const known = useSignal<BeforeSeal | null>(null);
  const current = desk.view.value?.round_id ?? 0;
  // An unfought round after the last is in no record.
  const rounds = (desk.view.value?.rounds ?? [])
    .map(({ round_id: round }) => round)
    .filter((round) => round <= current);
  useEffect(() => {
    const ended = new AbortController();
    void Promise.all(
      rounds.map(
        async (round) => await getJson(`${desk.base}/findings/${round}`, decodeFindings, desk.credential, ended.signal),
      ),
    ).then((answers) => {
      if (ended.signal.aborted || !answers.every((answer) => answer.ok)) return;
      known.value = beforeSealOf(answers.flatMap((answer) => (answer.ok ? [answer.value] : [])));
    });
    return () => ended.abort();
  }, [desk, rounds.join(), desk.officialKey.value]);
  return known.value;
}
