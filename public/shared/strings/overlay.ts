/** The words of the overlay that no other board has. */
export const overlay = {
  title: 'FightJudge overlay',
  /** For whoever sets the source up: on air a layer with nothing to show is empty. */
  titleState: {
    loading: 'loading',
    bout: 'on',
    waiting: 'waiting for a bout',
    unreachable: 'server not reached',
    refused: 'not allowed',
  },
  ignored: (names: readonly string[]) => `Not understood and passed over: ${names.join(', ')}`,
  roundShort: (round: number) => `R${round}`,
  roundStatistics: (round: number) => `Round ${round} statistics`,
  pendingKnockdown: 'one to be ruled on',
} as const;
