import type * as z from 'zod';
import {
  boutDamage,
  type Fight,
  fighterDamage,
  type FighterProfile,
  MIN_TREND_BOUTS,
  type Per15,
  sideTotals,
  type SideTotals,
  type Trend,
  trendOf,
} from '../../domain/analytics/index.ts';
import type { damageSchema, per15Schema, profileSchema, trendSchema } from '../schemas/analytics-fighters.ts';
import type { FighterLine } from './read-fighters.ts';
import type { BoutRounds } from './read-fights.ts';

export function wireLine({ fighter, last_ms, last_date, ...line }: FighterLine) {
  return { fighter_id: fighter, ...line, last_bout_ms: last_ms, last_bout_date: last_date };
}

export function wireProfile(profile: FighterProfile, truncated: boolean): z.infer<typeof profileSchema> {
  const { record, fights } = profile;
  return {
    fighter_id: profile.fighter,
    truncated,
    record: {
      bouts: record.bouts,
      wins: record.wins,
      losses: record.losses,
      draws: record.draws,
      no_contests: record.noContests,
      wins_by: { ...record.winsBy },
      losses_by: { ...record.lossesBy },
      win_share: record.winShare,
      finish_share: record.finishShare,
      finished_share: record.finishedShare,
      minutes: record.minutes,
    },
    rates: profile.rates.map(({ measure, own, absorbed }) => ({
      measure,
      own: wirePer15(own),
      absorbed: wirePer15(absorbed),
    })),
    totals: wireSides(fights),
    min_trend_bouts: MIN_TREND_BOUTS,
    trends: profile.trends.map(wireTrend),
    bouts: fights.map((fight) => ({
      bout_id: fight.boutId,
      date: fight.date,
      official_ms: fight.officialMs,
      sport: fight.sport,
      ruleset: fight.ruleset,
      corner: fight.corner,
      opponent_id: fight.opponent,
      outcome: fight.outcome,
      method: fight.method,
      decision: fight.decision,
      ended_round: fight.endedRound,
      ended_ms: fight.endedMs,
      rounds: fight.rounds.length,
      ...wireSides([fight]),
    })),
  };
}

function wirePer15({ per15, ...rest }: Per15): z.infer<typeof per15Schema> {
  return { ...rest, per_15_min: per15 };
}

function wireTrend({ measure, side, points, perYear, low, high }: Trend): z.infer<typeof trendSchema> {
  return {
    measure,
    side,
    points: points.map(({ boutId, atMs, per15 }) => ({ bout_id: boutId, at_ms: atMs, per_15_min: per15 })),
    change_per_year: perYear,
    low,
    high,
  };
}

function wireSides(fights: readonly Fight[]) {
  return { own: wireTotals(sideTotals(fights, 'own')), absorbed: wireTotals(sideTotals(fights, 'absorbed')) };
}

function wireTotals({ damage, grappling, control, deductionsX10, strikesByType }: SideTotals) {
  return {
    damage: damage && {
      points: damage.microPoints / 1e6,
      strikes: damage.strikes,
      significant_strikes: damage.significant,
      by_target: { head: damage.head, body: damage.body, leg: damage.leg },
      by_position: { distance: damage.distance, clinch: damage.clinch, ground: damage.ground },
      by_type: { ...strikesByType },
      knockdowns: damage.knockdowns,
      knockdowns_by_tier: { flash: damage.flash, hard: damage.hard, near_finish: damage.nearFinish },
      rocked: damage.rocked,
    },
    grappling: grappling && {
      points: grappling.microPoints / 1e6,
      takedowns: grappling.takedowns,
      takedowns_stuffed: grappling.stuffed,
      submission_attempts: grappling.submissions,
      reversals: grappling.reversals,
    },
    control: control && { points: control.microPoints / 1e6, seconds: control.ms / 1000 },
    deductions: deductionsX10 / 10,
  };
}

type Damage = z.infer<typeof damageSchema>;

export function wireBoutDamage(boutId: string, bout: BoutRounds): Damage {
  return {
    bout: {
      bout_id: boutId,
      date: bout.date,
      values_version: bout.valuesVersion,
      red_id: bout.fighters.red,
      blue_id: bout.fighters.blue,
      rounds: boutDamage(bout.rounds).map(({ round, foughtMs, red, blue }) => ({
        round_id: round,
        fought_ms: foughtMs,
        red,
        blue,
      })),
    },
    fighter: null,
  };
}

export function wireFighterDamage(fighter: string, fights: readonly Fight[], truncated: boolean): Damage {
  const bouts = fighterDamage(fights);
  return {
    bout: null,
    fighter: {
      fighter_id: fighter,
      truncated,
      values_versions: [...new Set(bouts.map((bout) => bout.valuesVersion))].toSorted(),
      min_trend_bouts: MIN_TREND_BOUTS,
      trends: (['own', 'absorbed'] as const).map((side) => wireTrend(trendOf(fights, 'damage', side))),
      bouts: bouts.map((bout) => ({
        bout_id: bout.boutId,
        at_ms: bout.atMs,
        opponent_id: bout.opponent,
        values_version: bout.valuesVersion,
        dealt: wireSum(bout.dealt),
        absorbed: wireSum(bout.absorbed),
        rounds: bout.rounds.map(({ round, foughtMs, dealt, absorbed }) => ({
          round_id: round,
          fought_ms: foughtMs,
          dealt,
          absorbed,
        })),
      })),
    },
  };
}

function wireSum({ per15, ...rest }: ReturnType<typeof fighterDamage>[number]['dealt']) {
  return { ...rest, per_15_min: per15 };
}
