import type { Route } from '../route.ts';
import { analyticsRoutes } from './analytics.ts';
import { analyticsAnomalyRoutes } from './analytics-anomalies.ts';
import { analyticsFighterRoutes } from './analytics-fighters.ts';
import { boutRoutes } from './bouts.ts';
import { broadcastRoutes } from './broadcast.ts';
import { cardRoutes } from './cards.ts';
import { docsRoutes } from './docs.ts';
import { eventRoutes } from './events.ts';
import { exportRoutes } from './exports.ts';
import { fighterRoutes } from './fighters.ts';
import { healthRoutes } from './health.ts';
import { legacyRoutes } from './legacy.ts';
import { logRoutes } from './log.ts';
import { monitorRoutes } from './monitor.ts';
import { officialRoutes } from './officials.ts';
import { pairingRoutes } from './pairings.ts';
import { peopleRoutes } from './people.ts';
import { recordRoutes } from './record.ts';
import { ruleRoutes } from './rules.ts';
import { rulingRoutes } from './rulings.ts';
import { scorecardRoutes } from './scorecards.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './sessions.ts';
import { shadowRoutes } from './shadow.ts';
import { storageRoutes } from './storage.ts';
import { telemetryRoutes } from './telemetry.ts';
import { tokenRoutes } from './tokens.ts';

/** Every route there is: the server, the permission test and the API's document are made from this list. */
export const routes: readonly Route[] = [
  ...eventRoutes,
  ...broadcastRoutes,
  ...sessionRoutes,
  ...telemetryRoutes,
  ...legacyRoutes,
  ...boutRoutes,
  ...fighterRoutes,
  ...ruleRoutes,
  ...officialRoutes,
  ...rulingRoutes,
  ...scorecardRoutes,
  ...cardRoutes,
  ...pairingRoutes,
  ...analyticsRoutes,
  ...analyticsFighterRoutes,
  ...analyticsAnomalyRoutes,
  ...shadowRoutes,
  ...searchRoutes,
  ...tokenRoutes,
  ...recordRoutes,
  ...logRoutes,
  ...storageRoutes,
  ...peopleRoutes,
  ...exportRoutes,
  ...healthRoutes,
  ...monitorRoutes,
  ...docsRoutes(() => routes),
];
