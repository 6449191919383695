import type { AnomalyKind, Tested } from './kinds.ts';

/** What a person is asked, with the figures. Nobody and nothing is said to be at fault. */
export function anomalyQuestion(one: Tested): string {
  return `${one.subject.type} ${one.subject.id}: ${WHAT[one.kind]} ${shown(one.measured, one.unit)}; usual among ${one.population}: ${shown(one.usual, one.unit)}. ${ASKED[one.kind]}`;
}

const WHAT: Readonly<Record<AnomalyKind, string>> = {
  device_clock: 'least lag',
  device_lag: 'lag from the fastest to the slowest twentieth of its taps',
  device_duplicates: 'deliveries that were known already',
  device_gaps: 'numbered entries that have not arrived',
  operator_rate: 'taps',
  operator_voids: 'taps taken back',
  judge_dissent: 'the one dissenter in',
  judge_corner: 'named red in',
};

const ASKED: Readonly<Record<AnomalyKind, string>> = {
  device_clock: 'Is its clock set by the network?',
  device_lag: 'Was it without a network for a time?',
  device_duplicates: 'Does it send again what was acknowledged?',
  device_gaps: 'Does it still hold what is missing?',
  operator_rate: 'Were these bouts busier or quieter than others, or was somebody else logging too?',
  operator_voids: 'Is a key easily hit by mistake, or was nothing ever corrected?',
  judge_dissent: 'What did this judge see that colleagues did not, or weigh otherwise?',
  judge_corner: 'Where does this judge sit, and what is seen from there?',
};

function shown(value: number, unit: Tested['unit']): string {
  switch (unit) {
    case 'ms':
      return `${Math.round(value)} ms`;
    case 'per_minute':
      return `${value.toFixed(1)} a minute`;
    case 'share':
      return `${(value * 100).toFixed(1)} %`;
  }
}
