import type { BoutReport, Progress } from './player.ts';

/** One line on how a bout goes, for the terminal. */
export function progressLine(progress: Progress): string {
  const { roundId, phase, sent, acked, unsent, retries, duplicates, refused } = progress;
  const events = `sent ${sent}, acked ${acked}, unsent ${unsent}, retries ${retries}`;
  const trouble = [
    ...(duplicates > 0 ? [`duplicates ${duplicates}`] : []),
    ...(refused > 0 ? [`refused ${refused}`] : []),
  ];
  return [`R${roundId} ${clock(progress.clockMs)} ${phase}`, events, ...trouble].join(' · ');
}

/** What the bout came to: counts of events, and of each round what the server verified and holds. */
export function summaryOf(report: BoutReport): string {
  const { boutId, sent, acked, duplicates, refused, retries } = report;
  const rounds = report.rounds.map(({ roundId, totalEvents, chainValid, differences }) => {
    const source =
      differences.length === 0 ? 'counts equal the source' : `differs from the source: ${differences.join(', ')}`;
    return `  round ${roundId}: ${totalEvents} events, chain ${chainValid ? 'valid' : 'NOT valid'}, ${source}`;
  });
  const counts = `events sent ${sent}, acknowledged ${acked} (duplicates ${duplicates}), refused ${refused}, retries ${retries}`;
  return [`bout ${boutId}: ${counts}`, ...rounds].join('\n');
}

/** Whether everything that was played arrived once, is held as it was sent, and verifies. */
export function isSound(report: BoutReport): boolean {
  return (
    report.refused === 0 &&
    report.acked === report.sent &&
    report.rounds.every((round) => round.chainValid && round.differences.length === 0)
  );
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
