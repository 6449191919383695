import type * as z from 'zod';
import type { Leaderboard, RankedShare, Side } from '../../domain/analytics/index.ts';
import type { leaderboardSchema } from '../schemas/analytics-fighters.ts';

type Board = z.infer<typeof leaderboardSchema>;

type Asked = Pick<Board, 'measure' | 'min_bouts' | 'truncated' | 'values_versions'>;

export function wireRateBoard(
  asked: Asked & { readonly side: Side; readonly min_fighters: number },
  board: Leaderboard,
): Board {
  return {
    ...asked,
    method: 'empirical_bayes',
    unit: 'per_15_min',
    fighters: board.fighters,
    qualified: board.qualified,
    mean: board.mean,
    half_weight_minutes: board.halfWeightMinutes,
    unranked: board.unranked,
    ranked: board.ranked.map(({ fighter, estimate, ...one }) => ({ fighter_id: fighter, ...one, ranked_by: estimate })),
  };
}

export function wireShareBoard(
  asked: Asked,
  board: { readonly fighters: number; readonly qualified: number; readonly ranked: readonly RankedShare[] },
): Board {
  return {
    ...asked,
    side: 'own',
    method: 'wilson_low',
    unit: 'share',
    min_fighters: null,
    fighters: board.fighters,
    qualified: board.qualified,
    mean: null,
    half_weight_minutes: null,
    unranked: null,
    ranked: board.ranked.map(({ fighter, rank, of, share, low, high }) => ({
      fighter_id: fighter,
      rank,
      bouts: of,
      minutes: null,
      raw: share,
      ranked_by: low,
      low,
      high,
    })),
  };
}
