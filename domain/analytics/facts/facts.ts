import type { Corner } from '../../corner.ts';

/** A change of what a fact means or of how it is counted; facts of another version are not read. */
export const FACTS_VERSION = 1;

/** What one bout contributes to figures across bouts. A value of JSON; ids only, no names. */
export type BoutFacts = {
  readonly version: number;
  /** Venue-local, `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly sport: string;
  readonly ruleset: string;
  readonly scheduledRounds: number;
  /** Damage and grappling points compare only under the same table of values. */
  readonly valuesVersion: string;
  /** Null where the bout was sealed without an official result: it then has no fighters and no rounds. */
  readonly result: ResultFacts | null;
  readonly rounds: readonly RoundFacts[];
  readonly devices: readonly DeviceFacts[];
  readonly observers: readonly ObserverFacts[];
};

export const FIGHTER_OUTCOMES = ['win', 'loss', 'draw', 'no_contest'] as const;

export type FighterOutcome = (typeof FIGHTER_OUTCOMES)[number];

export type ResultFacts = {
  /** When it was confirmed, UTC ms. */
  readonly officialMs: number;
  /** From when on those whom the bout's delay holds back may see it. */
  readonly openMs: number;
  /** `DEC`, `KO`, `TKO`, `SUB`, `DQ`, `NC`, `TD`, `DRAW`, `FORFEIT`. */
  readonly method: string;
  /** `UD`, `SD`, `MD`, … where scorecards decided. */
  readonly decision: string | null;
  /** Of a stoppage. */
  readonly round: number | null;
  /** Official time of a stoppage, elapsed in its round. */
  readonly clockMs: number | null;
  readonly fighters: Readonly<Record<Corner, FighterFacts>>;
};

export type FighterFacts = {
  /** Null where the bout was set up without the fighter's own id: `fighter1` is a corner, nobody. */
  readonly fighter: string | null;
  readonly outcome: FighterOutcome;
};

export type RoundFacts = {
  readonly round: number;
  /** How long it was fought; null where nobody timed it and nothing else says so. */
  readonly foughtMs: number | null;
  readonly corners: Readonly<Record<Corner, CornerFacts>>;
};

/** Of what is seen as damage, grappling and control: each null where nobody who counts logged it in this round. */
export type CornerFacts = {
  readonly damage: DamageFacts | null;
  readonly grappling: GrapplingFacts | null;
  readonly control: ControlFacts | null;
  /** Points that the referee took from this corner, in tenths. */
  readonly deductionsX10: number;
  /** How many of each kind of action count, by the key of its value: `jab`, `jab.significant`, `kd.hard`. */
  readonly actions: Readonly<Record<string, number>>;
};

/** `microPoints` are category points × 10⁶, everywhere. Strikes are landed ones: nobody logs a miss. */
export type DamageFacts = {
  readonly microPoints: number;
  readonly strikes: number;
  readonly significant: number;
  readonly head: number;
  readonly body: number;
  readonly leg: number;
  readonly distance: number;
  readonly clinch: number;
  readonly ground: number;
  /** With those that the referee ruled without a tap; the tiers are of taps alone. */
  readonly knockdowns: number;
  readonly flash: number;
  readonly hard: number;
  readonly nearFinish: number;
  readonly rocked: number;
};

export type GrapplingFacts = {
  readonly microPoints: number;
  readonly takedowns: number;
  /** Of the other corner's takedowns. */
  readonly stuffed: number;
  readonly submissions: number;
  readonly reversals: number;
};

export type ControlFacts = { readonly microPoints: number; readonly ms: number };

/** Moment of receipt less the device's own time, in ms: clock offset and delay in one, which nothing here parts. */
export type LagFacts = { readonly p05: number; readonly p50: number; readonly p95: number };

/** What was logged from one place, void or not. */
export type TapFacts = {
  readonly taps: number;
  /** Of the taps, those that say strikes, and of these those marked significant. */
  readonly strikes: number;
  readonly significant: number;
  /** Of the taps, those taken back, and those that another was put in place of. */
  readonly voided: number;
  readonly replaced: number;
  /** Deliveries beyond the taps that were known already under another id. */
  readonly suppressed: number;
  readonly late: number;
  readonly implausible: number;
  readonly afterSwap: number;
  /** Fought time of the rounds in which it logged anything; null where that of one is not known. */
  readonly activeMs: number | null;
  /** Null where no tap had a time of its own. */
  readonly lag: LagFacts | null;
};

export type DeviceFacts = TapFacts & {
  readonly device: string;
  /** Numbers that the device gave its entries and that arrived, and those missing between them. */
  readonly numbered: number;
  readonly missing: number;
};

export type ObserverFacts = TapFacts & {
  readonly kind: 'operator' | 'judge';
  /** The operator's subject; of a judge the person where known, else the subject, else the seat. */
  readonly observer: string;
  /** What was asked of an operator, `red+blue/damage+grappling+control`: who has one corner taps half as often. */
  readonly scope: string;
};
