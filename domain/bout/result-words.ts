/** Methods and decisions as they are announced; one that is not known stays as it is. */
export const METHOD_WORDS: Readonly<Record<string, string>> = {
  DEC: 'Decision',
  KO: 'Knockout',
  TKO: 'Technical knockout',
  SUB: 'Submission',
  DQ: 'Disqualification',
  TD: 'Technical decision',
  DRAW: 'Draw',
  NC: 'No contest',
  FORFEIT: 'Forfeit',
};

export const DECISION_WORDS: Readonly<Record<string, string>> = {
  UD: 'unanimous decision',
  SD: 'split decision',
  MD: 'majority decision',
  'D-U': 'unanimous draw',
  'D-S': 'split draw',
  'D-M': 'majority draw',
};
