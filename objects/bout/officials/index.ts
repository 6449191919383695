/** What the officials do besides logging: the clock, locks, rulings, scorecards, the panel, the result. */
export { type ClockInput, setClock } from './clock.ts';
export { configure, type ConfigureInput } from './configure.ts';
export { finalize, type FinalizeInput } from './finalize.ts';
export { type LockInput, lockRound } from './lock.ts';
export { confirmProposal, type ConfirmInput, type PanelInput, proposePanel } from './panel.ts';
export { acknowledgeRuling, type AcknowledgeInput, rule, type RulingInput } from './rulings.ts';
export {
  type PaperInput,
  proposePaper,
  reopenScorecard,
  type ReopenInput,
  type ScorecardInput,
  signScorecard,
  type SignInput,
  submitScorecard,
} from './scorecards.ts';
