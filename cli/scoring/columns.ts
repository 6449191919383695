import type { CornerStatistics, InputGroup } from '../../domain/scoring/input.ts';

type Column = { readonly column: string; readonly field: keyof CornerStatistics; readonly group: InputGroup | null };

const column = (name: string, field: keyof CornerStatistics, group: InputGroup | null = null): Column => ({
  column: name,
  field,
  group,
});

/** The columns of a corner, after `red_` or `blue_`, in the order of the data set. */
export const STATISTIC_COLUMNS: readonly Column[] = [
  column('kd', 'kd'),
  column('sig_l', 'sigLanded'),
  column('sig_a', 'sigAttempted', 'attempts'),
  column('head_l', 'headLanded', 'targets'),
  column('head_a', 'headAttempted', 'attempts'),
  column('body_l', 'bodyLanded', 'targets'),
  column('body_a', 'bodyAttempted', 'attempts'),
  column('leg_l', 'legLanded', 'targets'),
  column('leg_a', 'legAttempted', 'attempts'),
  column('dist_l', 'distanceLanded', 'positions'),
  column('dist_a', 'distanceAttempted', 'attempts'),
  column('clinch_l', 'clinchLanded', 'positions'),
  column('clinch_a', 'clinchAttempted', 'attempts'),
  column('ground_l', 'groundLanded', 'positions'),
  column('ground_a', 'groundAttempted', 'attempts'),
  column('tot_l', 'totalLanded', 'total'),
  column('tot_a', 'totalAttempted', 'attempts'),
  column('td_l', 'takedownsLanded'),
  column('td_a', 'takedownsAttempted', 'takedownAttempts'),
  column('sub', 'submissionAttempts'),
  column('rev', 'reversals'),
  column('ctrl', 'controlSeconds', 'control'),
];
