import type { Corner } from '../../domain/corner.ts';
import { minutesSeconds, nowMs, remainingMs, shownStatus } from '../shared/live/clock.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import type { Feed } from '../shared/live/feed.ts';
import type { Live } from '../shared/live/live.ts';
import { words } from '../shared/strings/common.ts';
import { homeWords } from '../shared/strings/home.ts';
import type { View } from '../shared/wire/frames.ts';
import { readableDate } from './dates.ts';
import { howWords } from '../shared/strings/how-words.ts';

type Props = { readonly feed: Feed | null; readonly live: Live };

/** Who fights, in which round, and how much of it is left. */
export function Scoreboard({ feed, live }: Props) {
  const view = feed?.view ?? null;
  const winner = view?.result?.status === 'official' ? view.result.winner_corner : null;
  return (
    <section class="panel scoreboard" aria-label={view === null ? words.loading : boutName(view)}>
      <p class="event">
        <span class="event-name">{view === null ? words.loading : eventName(view)}</span>
        {view?.bout.simulated === true && (
          <span class="tag simulated" title={words.simulatedHint}>
            {words.simulated}
          </span>
        )}
      </p>
      <h1 class="visually-hidden">{view === null ? words.loading : boutName(view)}</h1>
      <Fighter corner="red" name={view?.bout.fighter1.name ?? null} won={winner === 'red'} />
      <div class="middle">
        <p class="round-of">{view === null ? '\u00a0' : words.roundOf(view.round_id, view.bout.scheduled_rounds)}</p>
        {view === null ? <p class="clock">–:––</p> : <Clock view={view} live={live} />}
      </div>
      <Fighter corner="blue" name={view?.bout.fighter2.name ?? null} won={winner === 'blue'} />
    </section>
  );
}

type FighterProps = { readonly corner: Corner; readonly name: string | null; readonly won: boolean };

function Fighter({ corner, name, won }: FighterProps) {
  return (
    <div class={`fighter ${corner}`}>
      <CornerMark corner={corner} label={won ? homeWords.cornerWon[corner] : words.cornerLong[corner]} />
      <p class={`fighter-name ${name !== null && hasLongWord(name) ? 'long' : ''}`}>{name ?? <span class="bone" />}</p>
    </div>
  );
}

/** A part of a name that half a phone cannot hold in the usual size. */
function hasLongWord(name: string): boolean {
  return name.split(/[\s-]+/).some((part) => part.length > 11);
}

/** Apart from the rest, so that ten ticks a second redraw a few characters and nothing else. */
function Clock({ view, live }: { readonly view: View; readonly live: Live }) {
  const offset = live.offsetMs.value ?? 0;
  const stale = live.stale.value;
  const left = remainingMs(view.clock, nowMs.value + offset);
  const status = shownStatus(view.round_status, left);
  const how = view.result?.status === 'official' ? howWords(view.result, null) : '';
  return (
    <>
      <p class={`clock ${stale ? 'stale' : ''}`} role="timer" aria-label={words.timeLeft} data-status={status}>
        {minutesSeconds(left)}
      </p>
      <p class={`round-status ${status}`}>
        <span class="round-status-dot" aria-hidden="true" />
        {stale ? words.unconfirmed : how === '' ? words.roundStatus[status] : how}
      </p>
    </>
  );
}

function boutName(view: View): string {
  return `${view.bout.fighter1.name} ${words.versus} ${view.bout.fighter2.name}`;
}

function eventName(view: View): string {
  const { promotion, event, date } = view.bout;
  return [promotion, event, date === null ? '' : readableDate(date)].filter((part) => part !== '').join(' · ');
}
