import type { RoundInput } from './input.ts';
import { recommendBy } from './judge.ts';
import type { Model } from './model.ts';
import { readModel } from './read-model.ts';
import type { Recommendation } from './recommendation.ts';
import weights from './weights/mma-1.json' with { type: 'json' };

/** The weights in force. A file that does not hold up ends the program at its start, not a recommendation. */
export const MMA_MODEL: Model = readModel(weights);

/** As {@link recommendBy}, with the weights in force. */
export function recommend(input: RoundInput, model: Model = MMA_MODEL): Recommendation {
  return recommendBy(model, input);
}
