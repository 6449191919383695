/** What may be read of a bout, each as the caller may see it. */
export { readFinal, readLive, readView } from './bout.ts';
export { readFindings } from './findings.ts';
export { type BoutHealth, readHealth } from './health.ts';
export { type Indexed, type IndexedBout, readIndexed } from './indexed.ts';
export { type PersonHere, readPerson } from './person.ts';
export { readRecommendations } from './recommendations.ts';
export { readEvents, readReplay, readVerdict } from './round.ts';
export { readScorecards } from './scorecards.ts';
