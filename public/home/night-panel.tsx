import type { ComponentChildren } from 'preact';
import { CornerMark, CornerShape } from '../shared/look/corner.tsx';
import { words } from '../shared/strings/common.ts';
import { homeWords } from '../shared/strings/home.ts';
import type { Result } from '../shared/wire/frames.ts';
import { readableDate } from './dates.ts';
import type { Home } from './model.ts';
import { linesShown, type NightBout, type NightLine, othersShown } from './night.ts';
import { howWords } from '../shared/strings/how-words.ts';

/** The bouts of the night in their order: what is over, what is on, what is still to come. */
export function NightPanel({ home }: { readonly home: Home }) {
  const night = home.night.value;
  const lines = linesShown(night);
  // Said once where it is true of all.
  const allSimulated = lines.length > 0 && lines.every(({ bout }) => bout?.simulated !== false);
  const earlier = (night?.lines.length ?? 0) - lines.length;
  return (
    <section class="panel night" aria-labelledby="night-title">
      <h2 id="night-title">{homeWords.night}</h2>
      <p class="night-event">
        {night === null ? '\u00a0' : eventWords(night)}{' '}
        {allSimulated && (
          <span class="tag simulated" title={words.simulatedHint}>
            {words.simulated}
          </span>
        )}
      </p>
      {earlier > 0 && <p class="hint">{homeWords.earlier(earlier)}</p>}
      <ol class="bout-list">
        {lines.map((line) => (
          <Line
            key={line.boutId}
            line={line}
            hideSimulated={allSimulated}
            shown={home.live.boutId.value}
            result={home.results.value.get(line.boutId) ?? null}
          />
        ))}
      </ol>
      <p class="follow">{home.named === null ? words.following : <a href="/">{homeWords.followNewest}</a>}</p>
    </section>
  );
}

type LineProps = {
  readonly line: NightLine;
  readonly hideSimulated: boolean;
  readonly shown: string | null;
  readonly result: Result | null;
};

function Line({ line: { boutId, bout, isCurrent }, hideSimulated, shown, result }: LineProps) {
  if (bout === null) {
    return (
      <li class="night-line">
        <span class="bout-link planned">
          <span class="bout-names">{boutId}</span>
          <span class="bout-facts">{homeWords.planned}</span>
        </span>
      </li>
    );
  }
  const isShown = boutId === shown;
  return (
    <li class="night-line">
      <BoutLink bout={bout} isShown={isShown}>
        <span class="bout-tags">
          {isCurrent && <span class="tag current">{homeWords.current}</span>}
          {isShown && !isCurrent && <span class="tag">{homeWords.shown}</span>}
          {bout.simulated && !hideSimulated && <span class="tag simulated">{words.simulated}</span>}
        </span>
        <ResultLine bout={bout} result={result} />
      </BoutLink>
      {bout.status !== 'NOT_STARTED' && (
        <a
          class="night-replay"
          href={`/replay?bout=${encodeURIComponent(boutId)}`}
          aria-label={homeWords.replayOf(bout.fighter1, bout.fighter2)}
        >
          {homeWords.replay}
        </a>
      )}
    </li>
  );
}

/** Bouts of other nights. */
export function OtherBouts({ home }: { readonly home: Home }) {
  const others = othersShown(home.night.value);
  if (others.length === 0) return null;
  return (
    <section class="panel others" aria-labelledby="others-title">
      <h2 id="others-title">{homeWords.others}</h2>
      <ul class="bout-list">
        {others.map((bout) => (
          <li key={bout.bout_id}>
            <BoutLink bout={bout} isShown={false}>
              <small>{bout.event}</small>
              <ResultLine bout={bout} result={home.results.value.get(bout.bout_id) ?? null} />
            </BoutLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

type LinkProps = {
  readonly bout: NightBout;
  readonly isShown: boolean;
  readonly children?: ComponentChildren;
};

function BoutLink({ bout, isShown, children }: LinkProps) {
  return (
    <a
      class="bout-link"
      href={`/?bout=${encodeURIComponent(bout.bout_id)}`}
      aria-current={isShown ? 'page' : undefined}
    >
      <span class="bout-names">
        <span>
          <CornerShape corner="red" /> {bout.fighter1}
        </span>
        <span>
          <CornerShape corner="blue" /> {bout.fighter2}
        </span>
      </span>
      <span class="bout-facts">
        <span class={`bout-status ${bout.status}`}>{statusWords(bout)}</span>
        {children}
      </span>
    </a>
  );
}

function ResultLine({ bout, result }: { readonly bout: NightBout; readonly result: Result | null }) {
  if (result === null) return null;
  const corner = result.winner_corner;
  return (
    <span class="night-result">
      {corner === null ? (
        <b>{result.winner ?? words.notYet}</b>
      ) : (
        <CornerMark corner={corner} label={homeWords.won(lastName(corner === 'red' ? bout.fighter1 : bout.fighter2))} />
      )}
      <small>{howWords(result, result.winner)}</small>
    </span>
  );
}

/** Both names stand beside it in full. */
function lastName(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? name;
}

function statusWords({ status, round_id, scheduled_rounds }: NightBout): string {
  const inRound = status === 'IN_PROGRESS' || status === 'PAUSED';
  if (inRound && round_id !== null && scheduled_rounds !== null) return homeWords.roundOf(round_id, scheduled_rounds);
  return words.boutStatus[status];
}

function eventWords(night: { promotion: string; event: string; date: string | null }): string {
  return [night.promotion, night.event, night.date === null ? '' : readableDate(night.date)]
    .filter((part) => part !== '')
    .join(' · ');
}
