import { useSignal } from '@preact/signals';
import { minutesSeconds } from '../shared/live/clock.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import { words } from '../shared/strings/common.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import type { View } from '../shared/wire/frames.ts';
import type { Line } from './lines.ts';
import { KeyCap } from './key-button.tsx';
import type { Operator } from './model.ts';
import { roundTime } from './round-time.ts';
import { saidOf, sentenceOf } from './words.ts';

/** More than anybody goes back in a round by eye. */
const SHOWN = 60;

/** What was logged in the round, newest first. An own line is selected to be replaced or taken back. */
export function LineList({ operator, view }: { readonly operator: Operator; readonly view: View }) {
  const { state } = operator;
  const all = useSignal(false);
  const lines = state.lines.value.filter((line) => all.value || line.own).slice(0, SHOWN);
  const round = state.roundId.value ?? view.round_id;
  const { lengthMs } = roundTime(view, round, operator.live.serverNow());
  return (
    <section class="lines-panel panel" aria-labelledby="lines-title">
      <div class="lines-head">
        <h2 class="group-title" id="lines-title">
          {operatorWords.lines}
          <KeyCap operator={operator} command="line_up" />
          <KeyCap operator={operator} command="line_down" />
        </h2>
        <div class="segments" role="group" aria-label={operatorWords.linesWhose}>
          {[false, true].map((every) => (
            <button
              key={String(every)}
              type="button"
              class="segment"
              aria-pressed={all.value === every}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                all.value = every;
              }}
            >
              {every ? operatorWords.linesAll : operatorWords.linesOwn}
            </button>
          ))}
        </div>
      </div>
      {lines.length === 0 ? (
        <p class="hint">{operatorWords.noLines(round)}</p>
      ) : (
        <ol class="op-lines" tabIndex={0} aria-labelledby="lines-title">
          {lines.map((line) => (
            <LineItem key={line.order} operator={operator} line={line} lengthMs={lengthMs} />
          ))}
        </ol>
      )}
    </section>
  );
}

type LineItemProps = { readonly operator: Operator; readonly line: Line; readonly lengthMs: number };

function LineItem({ operator, line, lengthMs }: LineItemProps) {
  const { state } = operator;
  const selected = state.selected.value?.eventId === line.eventId;
  const { title, details } = saidOf(line.eventType, line.metadata);
  const body = (
    <>
      <span class="op-line-time">{line.clockMs === null ? words.notYet : minutesSeconds(lengthMs - line.clockMs)}</span>
      <span class="op-line-corner">{line.corner !== null && <CornerMark corner={line.corner} />}</span>
      <span class="op-line-what">
        {line.voided || line.state === 'refused' ? <s>{title}</s> : <b>{title}</b>}
        <span class="op-line-details">{details.join(', ')}</span>
        {line.was !== null && (
          <span class="op-line-details">
            {operatorWords.was} <s>{wasWords(line)}</s>
          </span>
        )}
        {!line.own && <span class="op-line-details">{operatorWords.by(line.by)}</span>}
      </span>
      <span class="op-line-tags">
        {line.voided && <span class="tag">{words.voided}</span>}
        {line.late && <span class="tag">{words.late}</span>}
        <LineState line={line} />
      </span>
    </>
  );
  const why = line.refusal ?? (line.refusedCorrection && operatorWords.undoRefused(line.refusedCorrection.detail));
  const refusedId = line.refusedCorrection?.eventId ?? (line.state === 'refused' ? line.eventId : null);
  return (
    <li
      class={`op-line ${line.corner ?? ''} ${line.voided ? 'voided' : ''} ${line.state}`}
      data-event={line.eventId}
      data-state={line.state}
      data-voided={line.voided}
    >
      {state.mayCorrect(line) ? (
        <button
          type="button"
          class="op-line-body"
          aria-pressed={selected}
          ref={(element) => {
            if (selected) element?.scrollIntoView({ block: 'nearest' });
          }}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => state.select(selected ? null : line.eventId)}
        >
          {body}
        </button>
      ) : (
        <div class="op-line-body">{body}</div>
      )}
      {why !== null && why !== '' && (
        <p class="op-line-why" role="alert">
          {why}
          {refusedId !== null && (
            <button type="button" onClick={() => void operator.outbox.dismiss(refusedId)}>
              {operatorWords.read}
            </button>
          )}
        </p>
      )}
    </li>
  );
}

/** A ring that waits, a filled dot, a cross: told apart without colour, with the word beside where it is not usual. */
function LineState({ line }: { readonly line: Line }) {
  const label = {
    unsent: operatorWords.unsent,
    recorded: operatorWords.recorded,
    refused: operatorWords.refusedLine,
  }[line.state];
  return (
    <span class={`op-line-state ${line.state}`} title={label}>
      <span class="op-line-dot" aria-hidden="true" />
      <span class={line.state === 'recorded' ? 'visually-hidden' : ''}>{label}</span>
    </span>
  );
}

function wasWords(line: Line): string {
  const { was } = line;
  if (was === null) return '';
  return sentenceOf(was.corner === line.corner ? null : was.corner, was.eventType, was.metadata);
}
