import { chapterSeed } from '../settings.ts';
import type { Evidence } from './chapter.ts';
import { digestOf } from './digest.ts';
import type { Counts } from './journal.ts';

export type Progress = {
  /** Whether there is time for another chapter. */
  readonly goesOn: () => boolean;
  readonly chapterEnds: (evidence: Evidence) => void;
  /** Prints the line with the figures. */
  readonly end: () => void;
};

const EVERY_MS = 5_000;

/** Says with which seed it goes, how it goes where that takes long, and how it went. */
export function startProgress(seed: number, durationMs: number | null, counts: Counts): Progress {
  const startMs = Date.now();
  let chapters = 0;
  let entries = 0;
  let reconnects = 0;
  const say = (text: string): void => void process.stdout.write(`faults: ${text}\n`);
  const figures = (kills: string): string =>
    `${chapters} ${chapters === 1 ? 'chapter' : 'chapters'}, ${counts.kills} ${kills}, ${counts.struck} faults at the disk, ${counts.receipts} receipts, ` +
    `${counts.lost} lost answers, ${counts.repeats} repeats, ${counts.refusals} planned refusals, ` +
    `${counts.away} times out of reach, ${entries} entries, ${reconnects} returns of viewers`;
  // Runs of one seed that differ in this were not sent the same.
  const name = `--seed ${seed} (FIGHTJUDGE_SEED=${seed}, schedule ${digestOf(chapterSeed(seed, 1)).slice(0, 8)})`;
  say(name);
  const timer =
    durationMs === null
      ? undefined
      : setInterval(() => say(`${Math.round((Date.now() - startMs) / 1000)} s: ${figures('kills so far')}`), EVERY_MS);
  return {
    goesOn: () => durationMs !== null && Date.now() - startMs < durationMs,
    chapterEnds: ({ stories }) => {
      chapters += 1;
      entries += stories.reduce((sum, { cursor }) => sum + cursor, 0);
      reconnects += stories.flatMap(({ viewers }) => viewers).reduce((sum, viewer) => sum + viewer.reconnects(), 0);
    },
    end: () => {
      clearInterval(timer);
      say(`${name}: ${figures('kills')}, in ${((Date.now() - startMs) / 1000).toFixed(1)} s`);
    },
  };
}
