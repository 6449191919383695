/** Rounds seen again: second by second. */
export { replayRound, type Replay, type RoundSummary, type TimelineSecond } from './timeline.ts';
