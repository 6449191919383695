export { evaluateRounds, printStoredEvaluation } from './evaluate.ts';
export { readJudgedRounds } from './judged.ts';
export { DEFAULT_ROUNDS } from './rounds.ts';
export { scoreFile } from './score-file.ts';
