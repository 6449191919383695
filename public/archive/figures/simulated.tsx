import { archiveWords } from '../../shared/strings/archive.ts';
import type { FigureOptions } from '../place.ts';

const words = archiveWords.figures;

type Props = {
  readonly options: FigureOptions;
  readonly onCount: () => void;
};

/** Where there is nothing to show: a deployment that is being tried out has simulated bouts alone. */
export function SimulatedOffer({ options, onCount }: Props) {
  if (options.simulated === 'true') return null;
  return (
    <p class="row simulated-offer">
      <span>{words.simulatedOut}</span>
      <button type="button" onClick={onCount}>
        {words.simulatedIn}
      </button>
    </p>
  );
}
