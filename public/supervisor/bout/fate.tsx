import type { ReadonlySignal } from '@preact/signals';
import type { OutboxItem } from '../../shared/outbox/outbox.ts';
import { words } from '../../shared/strings/supervisor-bout.ts';
import { type Bag, isBag } from '../../shared/wire/decode.ts';
import { type Presses, type Sending, wordsOf } from './sending.ts';

/** What became of the last command of a place, in words; its line is always there, so that nothing moves. */
export function SendingLine({ sending }: { readonly sending: ReadonlySignal<Sending> }) {
  const now = sending.value;
  return (
    <div class={`fate ${now.phase}`} role="status">
      {now.phase === 'pending' && words.pending}
      {now.phase === 'done' && words.done}
      {now.phase === 'unanswered' && words.unanswered}
      {now.phase === 'refused' && (
        <>
          <b>{words.refused}</b> {now.words}
          {now.errors.length > 1 && (
            <ul>
              {now.errors.map(({ field, detail }) => (
                <li key={`${field} ${detail}`}>{detail}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}

/** The refusal of one field, for the field's own note. */
export function errorAt(sending: Sending, field: string): string | undefined {
  return sending.phase === 'refused' ? sending.errors.find((one) => one.field === field)?.detail : undefined;
}

/** What was pressed at a place and has not been confirmed, or never will be. */
export function PressLines({ presses, onCorrect }: LinesProps) {
  return (
    <ul class="press-lines" aria-live="polite">
      {presses.items.value.map((item) => (
        <PressLine key={item.eventId} item={item} dismiss={presses.dismiss} onCorrect={onCorrect} />
      ))}
    </ul>
  );
}

type LinesProps = {
  readonly presses: Presses;
  /** Puts what was typed back into its form. */
  readonly onCorrect?: ((form: Bag) => void) | undefined;
};

type LineProps = Omit<LinesProps, 'presses'> & {
  readonly item: OutboxItem;
  readonly dismiss: (eventId: string) => void;
};

function PressLine({ item, dismiss, onCorrect }: LineProps) {
  const { form } = item.note;
  return (
    <li class={`press-line ${item.state}`}>
      <span>
        <b>{words.pressState[item.state]}</b> {wordsOf(item)}
        {item.refusal !== null && <span class="press-why">{item.refusal.detail}</span>}
      </span>
      {item.state === 'refused' && (
        <span class="press-answers">
          {onCorrect !== undefined && isBag(form) && (
            <button
              type="button"
              onClick={() => {
                onCorrect(form);
                dismiss(item.eventId);
              }}
            >
              {words.correctIt}
            </button>
          )}
          <button type="button" class="quiet" onClick={() => dismiss(item.eventId)}>
            {words.understood}
          </button>
        </span>
      )}
    </li>
  );
}
