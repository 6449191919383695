import { useSignal } from '@preact/signals';
import { lazyScanner } from './lazy-scanner.ts';
import { describedBy, Field } from '../shared/look/field.tsx';
import { pairWords as words } from '../shared/strings/pair.ts';
import { codeIn } from './code.ts';
import type { Pair } from './model.ts';

/** The ways in for who has not opened a link: the camera where the browser can read codes, and a field. */
export function Entry({ pair, forgotten }: { readonly pair: Pair; readonly forgotten: boolean }) {
  const typed = useSignal('');
  const wrong = useSignal(false);

  function use(source: string): boolean {
    const code = codeIn(source);
    wrong.value = code === null;
    if (code !== null) void pair.use(code);
    return code !== null;
  }

  return (
    <section class="panel step">
      <h1>{words.begin}</h1>
      <p role="status" class={forgotten ? 'good-text' : 'hint'}>
        {forgotten ? words.forgotten : words.beginHint}
      </p>
      <Scan onCode={use} />
      <form
        class="by-hand"
        onSubmit={(event) => {
          event.preventDefault();
          use(typed.value);
        }}
      >
        <Field id="code" label={words.field} hint={words.fieldHint} error={wrong.value ? words.fieldWrong : undefined}>
          <input
            id="code"
            type="text"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-describedby={describedBy('code')}
            aria-invalid={wrong.value}
            value={typed.value}
            onInput={(event) => {
              typed.value = event.currentTarget.value;
              wrong.value = false;
            }}
          />
        </Field>
        <button type="submit" class="large primary">
          {words.use}
        </button>
      </form>
    </section>
  );
}

function Scan({ onCode }: { readonly onCode: (source: string) => boolean }) {
  const open = useSignal(false);
  const Scanner = lazyScanner.value;
  if (!('BarcodeDetector' in globalThis) || navigator.mediaDevices === undefined) {
    return <p class="hint">{words.scanNone}</p>;
  }
  return (
    <div class="scan">
      <button
        type="button"
        class="large"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
          if (open.value) void lazyScanner.load();
        }}
      >
        {open.value ? words.scanStop : words.scan}
      </button>
      {open.value && Scanner !== null && <Scanner onCode={onCode} />}
    </div>
  );
}
