import { type Corner, CORNERS } from '../../domain/corner.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { View } from '../shared/wire/frames.ts';
import { buttonsFor } from './log-buttons.ts';
import type { Judge } from './model.ts';

/** A few large buttons for each corner, red under the left thumb and blue under the right. */
export function LogPad({ judge, view }: { readonly judge: Judge; readonly view: View }) {
  const status = judge.status.value;
  // After the bell what happened before it may still be tapped; a locked round takes nothing more.
  const open = status !== 'LOCKED' && status !== 'FINAL';
  const last = judge.last.value;
  return (
    <section class="log" aria-labelledby="log-title">
      <h2 id="log-title" class="visually-hidden">
        {words.logTitle(judge.round.value)}
      </h2>
      <div class="corners">
        {CORNERS.map((corner) => (
          <div key={corner} class={`corner-column ${corner}`}>
            <p class="corner-head">
              <CornerMark corner={corner} />
            </p>
            {buttonsFor(view.bout.sport).map(({ type, wire }) => (
              <LogButton
                key={type}
                judge={judge}
                corner={corner}
                wire={wire}
                label={words.action[type] ?? wire}
                open={open}
              />
            ))}
          </div>
        ))}
      </div>
      <button type="button" class="large" disabled={last === null || !open} onClick={() => void judge.undo()}>
        {last === null
          ? words.nothingToUndo
          : `${words.undo} · ${last.corner === null ? last.eventType : words.ofCorner(last.corner, labelOf(view, last.eventType))}`}
      </button>
      {!open && <p class="hint">{words.logOver}</p>}
    </section>
  );
}

type ButtonProps = {
  readonly judge: Judge;
  readonly corner: Corner;
  readonly wire: string;
  readonly label: string;
  readonly open: boolean;
};

function LogButton({ judge, corner, wire, label, open }: ButtonProps) {
  const title = words.ofCorner(corner, label);
  return (
    <button
      type="button"
      class={`log-button ${corner}`}
      aria-label={title}
      disabled={!open}
      onClick={() => void judge.log(corner, wire, title)}
    >
      {label}
    </button>
  );
}

function labelOf(view: View, eventType: string): string {
  const known = buttonsFor(view.bout.sport).find(({ wire }) => wire === eventType);
  return known === undefined ? eventType : (words.action[known.type] ?? eventType);
}
