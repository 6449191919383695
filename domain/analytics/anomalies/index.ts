/** What is unusual of devices, operators and judges: questions with their figures, never verdicts. */
export * from './anomalies.ts';
export { byBinomial, byModifiedZ, MAX_SCORE } from './compare.ts';
export { deviceFindings, type DeviceInBout } from './devices.ts';
export { judgeFindings } from './judges.ts';
export * from './kinds.ts';
export { observerFindings, type ObserverInBout } from './observers.ts';
