export { fitModel } from './fit-model.ts';
export { readJudgedRounds } from './judged.ts';
export { DEFAULT_ROUNDS } from './rounds.ts';
export { SETTINGS } from './train.ts';
export { WEIGHTS_FOLDER, writeFitted } from './weights-files.ts';
