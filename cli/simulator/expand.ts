import { type Corner, CORNERS, otherCorner } from '../../domain/corner.ts';
import type { ActionMetadata, SimulatedAction } from './action.ts';
import { type ControlPlan, type ControlSpan, momentIn, planControl, type Span } from './control.ts';
import { type Random, roundSeed, seededRandom } from './random.ts';
import type { CornerStatistics, RoundStatistics } from './rounds.ts';
import { lightStrike, significantStrikes, type Strike } from './strikes.ts';

/** How long before control begins the takedown or reversal that won it is seen. */
const LEAD_MS = 400;
/** Blows of a combination follow each other within this time. */
const COMBINATION_MS = { least: 180, spread: 320 } as const;
/** Of the light strikes of a fighter who held control, this share falls into it. */
const LIGHT_IN_CONTROL = 0.7;

/**
 * A round's statistics as timed actions that count up to the same statistics again. What the
 * statistics do not say (when, in what order, with which technique) is drawn from the seed; what they
 * do not grade takes the lowest grade. Attempts that missed are no actions, but a takedown that
 * failed is one of the defender's.
 *
 * @returns the actions by time, `clockMs` in [0, round length); the same row and seed give the same list.
 */
export function expandRound(round: RoundStatistics, seed: number): SimulatedAction[] {
  const random = seededRandom(roundSeed(seed, round.round_id));
  const plan = planControl({ red: needOf(round.red), blue: needOf(round.blue) }, round.round_seconds * 1000, random);
  const actions = CORNERS.flatMap((corner) => [
    ...controlActions(corner, plan),
    ...takings(corner, round[corner], plan, random),
    ...stuffed(corner, round[otherCorner(corner)], plan, random),
    ...submissions(corner, round[corner], plan, random),
    ...strikesAndKnockdowns(corner, round[corner], plan, random, round.round_seconds * 1000),
  ]);
  return actions.toSorted((a, b) => a.clockMs - b.clockMs || rank(a) - rank(b));
}

function needOf(stats: CornerStatistics): { seconds: number; takings: number } {
  return { seconds: stats.ctrl, takings: stats.td_l + stats.rev };
}

/** At one and the same moment: control ends, somebody takes it, it begins, then everything else. */
function rank(action: SimulatedAction): number {
  const order = ['Control Stop', 'Takedown Landed', 'Sweep/Reversal', 'Control Start'];
  const place = order.indexOf(action.eventType);
  return place === -1 ? order.length : place;
}

function controlActions(corner: Corner, plan: ControlPlan): SimulatedAction[] {
  return own(plan, corner).flatMap((span) => [
    at(span.start, corner, 'Control Start', { control: 'Top' }),
    at(span.end, corner, 'Control Stop', { control: 'Top' }),
  ]);
}

/**
 * Takedowns and reversals win the spans of control: reversals those that follow the opponent's,
 * takedowns the others. What is left over is placed where it could have happened.
 */
function takings(corner: Corner, stats: CornerStatistics, plan: ControlPlan, random: Random): SimulatedAction[] {
  const spans = own(plan, corner);
  const afterOpponent = spans.filter((span) => previous(plan, span)?.corner === otherCorner(corner));
  const others = random.shuffle(spans.filter((span) => !afterOpponent.includes(span)));
  const forReversals = [...afterOpponent, ...others].slice(0, stats.rev);
  const forTakedowns = spans.filter((span) => !forReversals.includes(span)).slice(0, stats.td_l);

  const lateTakedowns = stats.td_l - forTakedowns.length;
  const lateReversals = stats.rev - forReversals.length;
  const opponentsEnds = own(plan, otherCorner(corner)).map((span) => span.end);
  return [
    ...forTakedowns.map((span) => at(justBefore(span, plan), corner, 'Takedown Landed', {})),
    ...forReversals.map((span) => at(justBefore(span, plan), corner, 'Sweep/Reversal', {})),
    ...times(lateTakedowns, () => at(momentIn(plan.free, random) ?? 0, corner, 'Takedown Landed', {})),
    ...times(lateReversals, () => {
      const escape = opponentsEnds[random.below(opponentsEnds.length)];
      return at(escape ?? momentIn(plan.free, random) ?? 0, corner, 'Sweep/Reversal', {});
    }),
  ];
}

function stuffed(corner: Corner, attacker: CornerStatistics, plan: ControlPlan, random: Random): SimulatedAction[] {
  return times(attacker.td_a - attacker.td_l, () =>
    at(momentIn(plan.free, random) ?? 0, corner, 'Takedown Stuffed', {}),
  );
}

function submissions(corner: Corner, stats: CornerStatistics, plan: ControlPlan, random: Random): SimulatedAction[] {
  const place = groundOf(plan, corner);
  return times(stats.sub, () => at(momentIn(place, random) ?? 0, corner, 'Submission Attempt', { tier: 'Light' }));
}

function strikesAndKnockdowns(
  corner: Corner,
  stats: CornerStatistics,
  plan: ControlPlan,
  random: Random,
  lengthMs: number,
): SimulatedAction[] {
  const inControl = own(plan, corner).length > 0;
  const light = times(stats.tot_l - stats.sig_l, () =>
    lightStrike(inControl && random.unit() < LIGHT_IN_CONTROL, random),
  );
  const strikes = [...significantStrikes(stats, random), ...light];
  const onGround = strikes.filter((strike) => strike.eventType === 'Ground Strike');
  const upright = strikes.filter((strike) => strike.eventType !== 'Ground Strike');
  const landed = [
    ...combinations(corner, random.shuffle(onGround), groundOf(plan, corner), random),
    ...combinations(corner, random.shuffle(upright), plan.free, random),
  ];
  return [...landed, ...knockdowns(corner, stats.kd, landed, plan, random, lengthMs)];
}

/** Blows come in ones, twos and threes rather than evenly through the round. */
function combinations(corner: Corner, strikes: readonly Strike[], place: readonly Span[], random: Random) {
  const actions: SimulatedAction[] = [];
  let left = 0;
  let clockMs = 0;
  for (const strike of strikes) {
    const next = clockMs + COMBINATION_MS.least + random.below(COMBINATION_MS.spread);
    if (left > 0 && place.some((span) => span.start <= clockMs && next < span.end)) {
      clockMs = next;
      left -= 1;
    } else {
      clockMs = momentIn(place, random) ?? 0;
      left = random.below(3);
    }
    actions.push(at(clockMs, corner, strike.eventType, strike.metadata));
  }
  return actions;
}

/** A knockdown follows a significant blow to the head where there is one. The record has no grade: the lowest. */
function knockdowns(
  corner: Corner,
  number: number,
  landed: readonly SimulatedAction[],
  plan: ControlPlan,
  random: Random,
  lengthMs: number,
): SimulatedAction[] {
  const causes = random.shuffle(
    landed.filter(({ metadata }) => metadata.target === 'head' && metadata.position !== 'ground'),
  );
  return times(number, (i) => {
    const blow = causes[i]?.clockMs ?? momentIn(plan.free, random) ?? 0;
    return at(Math.min(blow + 150, lengthMs - 1), corner, 'KD', { tier: 'Flash' });
  });
}

/** Where this corner works on the ground: its own control, or anywhere free if it never had any. */
function groundOf(plan: ControlPlan, corner: Corner): readonly Span[] {
  const spans = own(plan, corner);
  return spans.length > 0 ? spans : plan.free;
}

function own(plan: ControlPlan, corner: Corner): ControlSpan[] {
  return plan.control.filter((span) => span.corner === corner);
}

function previous(plan: ControlPlan, span: ControlSpan): ControlSpan | undefined {
  return plan.control[plan.control.indexOf(span) - 1];
}

function justBefore(span: ControlSpan, plan: ControlPlan): number {
  const earliest = previous(plan, span)?.end ?? 0;
  return Math.max(earliest, span.start - LEAD_MS);
}

function at(clockMs: number, corner: Corner, eventType: string, metadata: ActionMetadata): SimulatedAction {
  return { clockMs, corner, eventType, metadata };
}

function times<T>(number: number, make: (i: number) => T): T[] {
  return Array.from({ length: number }, (_, i) => make(i));
}
