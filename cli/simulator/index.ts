/** The simulator: real round statistics, played through the public API as officials would enter them. */
export { DEMO_CARD, type DemoOptions, ensureSealedBout, runDemo } from './demo.ts';
export { type Actor, createActor, type Part, RefusedError } from './actor.ts';
export { ensureCard, putOn } from './card.ts';
export { createLink, type Link, ServerLostError } from './link.ts';
export { parseSimulateFlags, SIMULATE_USAGE, type SimulateOptions } from './options.ts';
export { type BoutReport, playBout, type Progress } from './player.ts';
export { createProgressDisplay } from './progress.ts';
export { type BoutRounds, loadRounds } from './rounds.ts';
export { stampedId } from './stamped-id.ts';
export { isSound, summaryOf } from './summary.ts';
