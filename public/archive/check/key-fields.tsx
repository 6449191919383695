import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { parseVerifierKey } from '../../../domain/log/index.ts';
import { describedBy, Field } from '../../shared/look/field.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import { failureWords } from '../../shared/wire/api.ts';
import type { Archive } from '../archive.ts';
import { ReceiptsField } from './receipts-field.tsx';
import { decodeKeys } from '../wire/record.ts';

const words = archiveWords.check;

type Props = {
  readonly archive: Archive;
  /** Whether an earlier checkpoint may be given besides. */
  readonly withHeld: boolean;
};

/** What a verifier brings along: the key, and what was kept from while the bout ran. */
export function KeyFields({ archive: { check, reach }, withHeld }: Props) {
  const missing = useSignal<string | null>(null);
  // While there is a network: so that checking needs none.
  useEffect(() => check.prepare(), [check]);
  const takeServers = async (): Promise<void> => {
    const answer = await reach.get('/api/log/keys', decodeKeys, reach.credential);
    missing.value = answer.ok ? null : failureWords(answer.failure);
    if (!answer.ok) return;
    check.serverKey.value = answer.value.key;
    check.key.value = answer.value.key;
  };
  const isServers = check.serverKey.value !== null && check.key.value.trim() === check.serverKey.value;
  const given = check.key.value.trim();
  // Said at once: where leaving the field said it, the button would move away under the finger that presses it.
  const isWrong = given !== '' && !parseVerifierKey(given).ok;
  return (
    <div class="key-fields">
      <Field id="verifier-key" label={words.key} hint={words.keyHint} error={isWrong ? words.keyWrong : undefined}>
        <input
          id="verifier-key"
          class="mono"
          value={check.key.value}
          placeholder={words.keyPlaceholder}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-invalid={isWrong}
          aria-describedby={describedBy('verifier-key')}
          onInput={(event) => {
            const typed = event.currentTarget.value;
            if (typed.trim() === check.key.peek().trim()) check.key.value = typed;
            else check.giveKey(typed);
          }}
          onPaste={(event) => {
            // From a person's own hands, even where it is the same as the server's.
            check.giveKey(event.currentTarget.value);
          }}
        />
      </Field>
      <div class="key-server">
        <button type="button" onClick={() => void takeServers()}>
          {words.keyFromServer}
        </button>
        <p class={isServers ? 'warn-text' : 'hint'} role="status">
          {missing.value !== null
            ? `${words.keyMissing} ${missing.value}`
            : isServers
              ? words.keyFromServerWarning
              : words.keyFromServerHint}
        </p>
      </div>
      <details class="key-help">
        <summary>{words.keyHelp}</summary>
        {words.keyHelpText.map((paragraph) => (
          <p key={paragraph} class="hint">
            {paragraph}
          </p>
        ))}
      </details>
      {withHeld && (
        <details class="key-help" open={check.held.peek() !== '' || check.receipts.peek() !== null}>
          <summary>{words.kept}</summary>
          <Field id="held" label={words.held} hint={words.heldHint}>
            <textarea
              id="held"
              class="mono"
              rows={6}
              value={check.held.value}
              spellcheck={false}
              aria-describedby={describedBy('held')}
              onInput={(event) => {
                check.held.value = event.currentTarget.value;
              }}
            />
          </Field>
          <ReceiptsField check={check} />
        </details>
      )}
    </div>
  );
}
