import { archiveWords } from '../../shared/strings/archive.ts';
import { Notice } from '../../shared/look/notice.tsx';
import type { Archive } from '../archive.ts';
import { addressOf, FIGURES, type FigureOptions, type Place } from '../place.ts';
import { AnomaliesView } from './anomalies.tsx';
import { FightersView } from './fighters.tsx';
import { JudgesView } from './judges.tsx';
import { SimulatedOffer } from './simulated.tsx';

const words = archiveWords.figures;

/** Who looks at judges and at what is unusual. */
const ON_DUTY = ['admin', 'supervisor', 'analyst'];

export type FiguresPlace = Extract<Place, { readonly view: 'figures' }>;

export function FiguresView({ archive, place }: { readonly archive: Archive; readonly place: FiguresPlace }) {
  const isOnDuty = ON_DUTY.includes(archive.role ?? '');
  const withSimulated = (isIn: boolean): void =>
    archive.go({ ...place, options: { ...place.options, simulated: isIn ? 'true' : '' } });
  const offer = <SimulatedOffer options={place.options} onCount={() => withSimulated(true)} />;
  const isOpen = place.part === 'fighters' || isOnDuty;
  return (
    <>
      <h1 class="visually-hidden">{words.part[place.part]}</h1>
      <div class="figures-head">
        {isOnDuty && (
          <nav class="figures-parts" aria-label={words.parts}>
            {FIGURES.map((part) => (
              <a
                key={part}
                class="pick"
                href={addressOf({ view: 'figures', part, options: simulatedOf(place.options) })}
                aria-current={part === place.part ? 'page' : undefined}
              >
                {words.part[part]}
              </a>
            ))}
          </nav>
        )}
        <label class="tick">
          <input
            type="checkbox"
            checked={place.options.simulated === 'true'}
            onChange={(event) => withSimulated(event.currentTarget.checked)}
          />
          <span>{archiveWords.simulatedToo}</span>
        </label>
      </div>
      {!isOpen && <Notice title={words.onlyOnDuty} hint={words.onlyOnDutyHint} />}
      {place.part === 'fighters' && <FightersView archive={archive} place={place} offer={offer} />}
      {isOpen && place.part === 'judges' && <JudgesView archive={archive} options={place.options} offer={offer} />}
      {isOpen && place.part === 'anomalies' && (
        <AnomaliesView archive={archive} options={place.options} offer={offer} />
      )}
    </>
  );
}

function simulatedOf({ simulated }: FigureOptions): FigureOptions {
  return simulated === undefined ? {} : { simulated };
}
