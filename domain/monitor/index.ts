/** What the deployment says about its own health: times in buckets, traffic by route, how its parts are. */
export { BOUNDS_MS, countWithin, noneWithin, quantile, type Within } from './latency.ts';
export { OFFLINE_MS, type Status, STATUSES, worse } from './status.ts';
export { addTraffic, addWithin, type Figures, figuresOf, type RouteTraffic, totalOf, type Traffic } from './traffic.ts';
