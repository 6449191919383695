import { anomaliesOf, type Anomaly, FALSE_DISCOVERY_RATE, type SubjectType } from '../../domain/analytics/index.ts';
import { refuse } from '../../domain/refusal.ts';
import { readJudged } from '../analytics/read.ts';
import { readDevices, readObservers } from '../analytics/read-taps.ts';
import { json } from '../bouts.ts';
import { defineRoute, NO_BODY, NO_PARAMS, type Route } from '../route.ts';
import { anomaliesQuery, anomaliesSchema } from '../schemas/analytics-anomalies.ts';

/** Anomalies of one answer: the least likely. */
const MAX_ANOMALIES = 200;

const anomalies = defineRoute({
  method: 'get',
  path: '/api/analytics/anomalies',
  tag: 'Analytics',
  summary: 'What is unusual of devices, of those who log, and of judges',
  description:
    'Each anomaly says what was measured, against whom, and how likely it is by chance. It is a question, never a verdict. Of devices and taps: sealed bouts whose statistics are released to the caller; of judges: those whose scorecards are. Docs: `docs/analytics.md`.',
  permission: 'analytics.read',
  params: NO_PARAMS,
  query: anomaliesQuery,
  body: NO_BODY,
  responses: { 200: { description: 'The least likely first.', schema: anomaliesSchema } },
  handle: async ({ env, caller, query }) => {
    if (caller === null) return refuse('unauthorized', 'This needs a token.', 'Authorization');
    const { kind, include_simulated: includeSimulated, ...rest } = query;
    const filter = { ...rest, includeSimulated };
    const asks = (type: SubjectType): boolean => kind === undefined || kind === type;
    const nowMs = Date.now();
    const [devices, observers, judged] = await Promise.all([
      asks('device') ? readDevices(env.INDEX, caller, filter, nowMs) : NOTHING,
      asks('operator') ? readObservers(env.INDEX, caller, filter, nowMs) : NOTHING,
      asks('judge') ? readJudged(env.INDEX, caller, filter) : { rounds: [], next: null },
    ]);
    const report = anomaliesOf({ devices: devices.rows, observers: observers.rows, rounds: judged.rounds });
    return json({
      max_false_discovery_rate: FALSE_DISCOVERY_RATE,
      tested: report.tested,
      truncated: devices.truncated || observers.truncated || judged.next !== null,
      anomalies: report.anomalies.slice(0, MAX_ANOMALIES).map(wireAnomaly),
      left_out: Math.max(0, report.anomalies.length - MAX_ANOMALIES),
      not_asked: report.notAsked,
    });
  },
});

const NOTHING = { rows: [], truncated: false } as const;

function wireAnomaly({ p, falseDiscoveryRate, matters: _matters, ...one }: Anomaly) {
  return { ...one, chance: p, false_discovery_rate: falseDiscoveryRate };
}

export const analyticsAnomalyRoutes: readonly Route[] = [anomalies];
