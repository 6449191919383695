import * as z from 'zod';
import {
  fighterProfile,
  isRateMeasure,
  MIN_FIGHTERS,
  rateLeaderboard,
  shareLeaderboard,
} from '../../domain/analytics/index.ts';
import { refuse } from '../../domain/refusal.ts';
import { type FighterCursor, readCandidates, readFighterLines, readShares } from '../analytics/read-fighters.ts';
import { readBoutRounds, readFights } from '../analytics/read-fights.ts';
import { wireBoutDamage, wireFighterDamage, wireLine, wireProfile } from '../analytics/wire-fighters.ts';
import { wireRateBoard, wireShareBoard } from '../analytics/wire-boards.ts';
import { boutScopeRefusal } from '../auth/scope.ts';
import { json } from '../bouts.ts';
import { strangerTooOften } from '../rate.ts';
import { defineRoute, NO_BODY, NO_PARAMS, type Route } from '../route.ts';
import { filterSchema } from '../schemas/analytics.ts';
import {
  damageQuery,
  damageSchema,
  fightersQuery,
  fightersSchema,
  leaderboardQuery,
  leaderboardSchema,
  profileSchema,
} from '../schemas/analytics-fighters.ts';
import { idSchema } from '../schemas/common.ts';

const OF_WHAT =
  'Over the bouts with an official result whose record is sealed and whose statistics are released to the caller, and no others: a record here may lack bouts. Docs: `docs/analytics.md`.';

const fighters = defineRoute({
  method: 'get',
  path: '/api/analytics/fighters',
  tag: 'Analytics',
  summary: 'The fighters and their records',
  description: OF_WHAT,
  permission: 'statistics.read',
  params: NO_PARAMS,
  query: fightersQuery,
  body: NO_BODY,
  responses: { 200: { description: 'One page.', schema: fightersSchema } },
  handle: async ({ env, request, caller, query }) => {
    const refused = strangerTooOften(request, caller);
    if (refused !== null) return refused;
    const { sort, min_bouts: minBouts, limit, cursor, include_simulated: includeSimulated, ...filter } = query;
    const page = { sort, minBouts, limit, after: cursorOf(cursor) };
    const found = await readFighterLines(env.INDEX, caller, { ...filter, includeSimulated }, page, Date.now());
    return json({ fighters: found.fighters.map(wireLine), next_cursor: cursorText(found.next) });
  },
});

const fighter = defineRoute({
  method: 'get',
  path: '/api/analytics/fighters/{fighter_id}',
  tag: 'Analytics',
  summary: 'What the bouts of one fighter say',
  description: `Record, rates per 15 minutes with their intervals, what opponents did, trends, and every bout. ${OF_WHAT}`,
  permission: 'statistics.read',
  params: z.object({ fighter_id: idSchema }),
  query: filterSchema,
  body: NO_BODY,
  responses: {
    200: { description: 'The fighter; bouts oldest first.', schema: profileSchema },
    404: { description: 'No bout of theirs that the caller may see.' },
  },
  handle: async ({ env, caller, params, query }) => {
    const { include_simulated: includeSimulated, ...filter } = query;
    const id = params.fighter_id;
    const { fights, truncated } = await readFights(env.INDEX, caller, id, { ...filter, includeSimulated }, Date.now());
    return fights.length === 0 ? nothingOf(id) : json(wireProfile(fighterProfile(id, fights), truncated));
  },
});

const damage = defineRoute({
  method: 'get',
  path: '/api/analytics/damage',
  tag: 'Analytics',
  summary: 'Damage over time, of a bout or of a fighter',
  description: `Category points round by round and summed, for charts; of a fighter dealt and absorbed, with a trend. ${OF_WHAT}`,
  permission: 'statistics.read',
  params: NO_PARAMS,
  query: damageQuery,
  body: NO_BODY,
  responses: {
    200: { description: 'The one that was asked for; the other is null.', schema: damageSchema },
    404: { description: 'No such bout, or none of that fighter, that the caller may see.' },
  },
  handle: async ({ env, caller, query }) => {
    const { bout_id: boutId, fighter_id: fighterId, include_simulated: includeSimulated, ...filter } = query;
    if (boutId !== undefined && fighterId !== undefined) {
      return refuse('bad_request', 'fighter_id: either a bout or a fighter, not both.', 'fighter_id');
    }
    if (boutId !== undefined) {
      const outside = boutScopeRefusal(caller, boutId);
      if (outside !== null) return outside;
      const bout = await readBoutRounds(env.INDEX, caller, boutId, Date.now());
      return bout === null
        ? refuse('not_found', `There are no statistics of bout '${boutId}' to show.`, 'bout_id')
        : json(wireBoutDamage(boutId, bout));
    }
    if (fighterId === undefined) return refuse('bad_request', 'bout_id: name a bout, or a fighter_id.', 'bout_id');
    const asked = { ...filter, includeSimulated };
    const { fights, truncated } = await readFights(env.INDEX, caller, fighterId, asked, Date.now());
    return fights.length === 0 ? nothingOf(fighterId) : json(wireFighterDamage(fighterId, fights, truncated));
  },
});

const leaderboards = defineRoute({
  method: 'get',
  path: '/api/analytics/leaderboards',
  tag: 'Analytics',
  summary: 'Who leads in what',
  description: `Rates are shrunk towards all fighters’, shares ranked by the lower end of their interval; nobody is ranked by a naive rate, nor below the minimum of bouts. ${OF_WHAT}`,
  permission: 'statistics.read',
  params: NO_PARAMS,
  query: leaderboardQuery,
  body: NO_BODY,
  responses: { 200: { description: 'The best first.', schema: leaderboardSchema } },
  handle: async ({ env, request, caller, query }) => {
    const refused = strangerTooOften(request, caller);
    if (refused !== null) return refused;
    const { measure, side, min_bouts: minBouts, limit: most, include_simulated: includeSimulated, ...rest } = query;
    const filter = { ...rest, includeSimulated };
    const asked = { measure, min_bouts: minBouts };
    if (isRateMeasure(measure)) {
      const of = { measure, side: side ?? 'own' };
      const read = await readCandidates(env.INDEX, caller, filter, of, Date.now());
      const board = rateLeaderboard(measure, read.candidates, of.side === 'own' ? 'high' : 'low', { minBouts, most });
      const { truncated, valuesVersions } = read;
      const versions = isInPoints(measure) ? [...valuesVersions] : [];
      return json(
        wireRateBoard(
          { ...asked, side: of.side, min_fighters: MIN_FIGHTERS, truncated, values_versions: versions },
          board,
        ),
      );
    }
    if (side === 'absorbed') return refuse('bad_request', `side: ${measure} has none.`, 'side');
    const { candidates, truncated } = await readShares(env.INDEX, caller, filter, measure, Date.now());
    return json(
      wireShareBoard({ ...asked, truncated, values_versions: [] }, shareLeaderboard(candidates, { minBouts, most })),
    );
  },
});

function isInPoints(measure: string): boolean {
  return measure === 'damage' || measure === 'grappling';
}

function nothingOf(fighter: string) {
  return refuse('not_found', `There are no bouts of fighter '${fighter}' to show.`, 'fighter_id');
}

function cursorText(cursor: FighterCursor | null): string | null {
  return cursor === null ? null : `${cursor.key}~${cursor.fighter}`;
}

function cursorOf(text: string | undefined): FighterCursor | undefined {
  const [key, fighterId] = text?.split('~') ?? [];
  return key === undefined || fighterId === undefined ? undefined : { key: Number(key), fighter: fighterId };
}

export const analyticsFighterRoutes: readonly Route[] = [fighters, fighter, damage, leaderboards];
