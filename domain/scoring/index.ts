export { type CornerStatistics, INPUT_GROUPS, type InputGroup, NO_STATISTICS, type RoundInput } from './input.ts';
export { type Assessment, assessBy, recommendBy } from './judge.ts';
export { MMA_MODEL, recommend } from './mma.ts';
export type { Model } from './model.ts';
export { readModel } from './read-model.ts';
export type { Reason, Recommendation, RecommendedCard } from './recommendation.ts';
export { recommendStriking, STRIKING_MODEL, STRIKING_SPORTS, type StrikingInput } from './striking.ts';
