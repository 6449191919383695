import { useComputed } from '@preact/signals';
import { CONTROL_KINDS, type ControlKind } from '../../domain/actions/index.ts';
import { elapsedWords, nowMs } from '../shared/live/clock.ts';
import { CornerShape } from '../shared/look/corner.tsx';
import { operatorWords } from '../shared/strings/operator.ts';
import { controlNow } from './control.ts';
import { KeyButton, KeyCap, usePress } from './key-button.tsx';
import type { Operator } from './model.ts';
import { BACKFILLS, type BackfillId, HOLDS, type HoldId, isBackfillId, isHoldId } from './palette.ts';
import { mayAspect } from './permits.ts';

const HOLD_IDS: readonly HoldId[] = Object.keys(HOLDS).filter(isHoldId);
const BACKFILL_IDS: readonly BackfillId[] = Object.keys(BACKFILLS).filter(isBackfillId);

/** What the panel shows at one moment, as text, so that it is drawn anew once a second at most. */
type Shown = {
  readonly holder: 'red' | 'blue' | null;
  readonly kind: ControlKind | null;
  readonly running: string;
  readonly totals: Readonly<Record<ControlKind, string>>;
};

/** Control of the chosen corner: running timers from the round's clock, and what is reported after the fact. */
export function ControlPanel({ operator }: { readonly operator: Operator }) {
  const { state } = operator;
  const { corner } = state.modes.value;
  const text = useComputed(() => {
    void nowMs.value;
    const time = state.time();
    if (time === null) return JSON.stringify(EMPTY);
    const now = controlNow(state.marks.value, time);
    const totals = now.totals[state.modes.value.corner];
    const shown: Shown = {
      holder: now.held?.corner ?? null,
      kind: now.held?.kind ?? null,
      running: elapsedWords(now.heldMs),
      totals: { top: elapsedWords(totals.top), back: elapsedWords(totals.back), cage: elapsedWords(totals.cage) },
    };
    return JSON.stringify(shown);
  });
  const shown: Shown = JSON.parse(text.value);
  const barred = mayAspect(state.permits.value, 'control') ? null : operatorWords.notYours;
  return (
    <section class={`control-panel ${corner}`} aria-labelledby="control-title">
      <div class="control-head">
        <h2 class="group-title" id="control-title">
          <CornerShape corner={corner} /> {operatorWords.controlOf(corner)}
        </h2>
        <p class={`control-state ${shown.holder ?? ''}`} data-holder={shown.holder ?? ''}>
          {shown.holder !== null && shown.kind !== null ? (
            <>
              <CornerShape corner={shown.holder} />
              {operatorWords.holds(shown.holder, operatorWords.kinds[shown.kind])}
              <b data-running>{shown.running}</b>
            </>
          ) : (
            operatorWords.nobodyHolds
          )}
        </p>
      </div>
      <div class="control-row">
        <div class="action-buttons holds">
          {HOLD_IDS.map((id) => {
            const kind = HOLDS[id];
            const runs = shown.holder === corner && shown.kind === kind;
            return (
              <KeyButton
                key={id}
                operator={operator}
                command={id}
                class={`action hold ${runs ? 'runs' : ''}`}
                label={operatorWords.kinds[kind]}
                on={runs}
                barred={barred}
              >
                <span class="hold-time">{runs ? shown.running : operatorWords.controlTotal(shown.totals[kind])}</span>
              </KeyButton>
            );
          })}
        </div>
        <Backfill operator={operator} barred={barred} />
      </div>
    </section>
  );
}

const EMPTY: Shown = {
  holder: null,
  kind: null,
  running: elapsedWords(0),
  totals: { top: elapsedWords(0), back: elapsedWords(0), cage: elapsedWords(0) },
};

function Backfill({ operator, barred }: { readonly operator: Operator; readonly barred: string | null }) {
  return (
    <div class="backfill" role="group" aria-labelledby="backfill-title">
      <p class="mode-head">
        <span class="group-title" id="backfill-title">
          {operatorWords.backfill}
        </span>
        <span class="mode-hint">{operatorWords.backfillHint}</span>
      </p>
      <div class="backfill-row">
        <div class="segments" role="group" aria-label={operatorWords.backfillKind}>
          {CONTROL_KINDS.map((one) => (
            <KindButton key={one} operator={operator} kind={one} />
          ))}
          <KeyCap operator={operator} command="backfill_kind" />
        </div>
        <div class="action-buttons seconds">
          {BACKFILL_IDS.map((id) => (
            <KeyButton
              key={id}
              operator={operator}
              command={id}
              class="action"
              label={operatorWords.backfillSeconds(BACKFILLS[id])}
              barred={barred}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function KindButton({ operator, kind }: { readonly operator: Operator; readonly kind: ControlKind }) {
  const { backfillKind } = operator.state;
  const press = usePress(() => {
    backfillKind.value = kind;
  });
  return (
    <button type="button" class="segment" aria-pressed={backfillKind.value === kind} {...press}>
      {operatorWords.kinds[kind]}
    </button>
  );
}
