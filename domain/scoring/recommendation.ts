import type { Corner } from '../corner.ts';
import type { InputGroup } from './input.ts';

export type Reason = {
  readonly corner: Corner;
  /** The measure, as `knockdowns`. */
  readonly input: string;
  readonly words: string;
  /** Above 0, towards that corner. */
  readonly logOdds: number;
};

/** Of MMA nothing wider than 10-8; wider ones only where the rules score knockdowns. */
export type RecommendedCard = '10-9' | '9-10' | '10-8' | '8-10' | '10-10' | '10-7' | '7-10' | '10-6' | '6-10';

export type Recommendation = {
  /** That the majority of judges gives red the round. */
  readonly pRed: number;
  /** That the majority of judges has a margin of two points or more, for either corner. */
  readonly margin2: number;
  /** Red's points first. */
  readonly card: RecommendedCard;
  readonly tooClose: boolean;
  /** At most three, strongest first; some may speak for the corner that is behind. */
  readonly reasons: readonly Reason[];
  readonly lacked: readonly InputGroup[];
  readonly complete: boolean;
  /** Version of the weights. */
  readonly model: string;
  /** Whether the weights were fitted on rounds with real judges' scores. */
  readonly fitted: boolean;
  readonly notes: readonly string[];
};
