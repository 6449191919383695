import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { Judge } from './model.ts';
import { pointsText } from './score.ts';
import { isSignable, type Signature } from './signature.ts';
import { ARM_MS } from './submit.ts';

/** The signature, in two steps as well: first what is signed, then the signing. */
export function Sign({ judge }: { readonly judge: Judge }) {
  const signature = judge.signature.value;
  const reviewing = useSignal(false);
  const armed = useSignal(false);
  const { state } = signature;
  const open = isSignable(signature);
  const { total } = judge.sum.value;
  const totals = words.signTotals(pointsText(total.red), pointsText(total.blue));

  // What is under the finger is not what was read, if the total changes meanwhile: it is read again.
  useEffect(() => {
    reviewing.value = false;
  }, [totals]);
  useEffect(() => {
    armed.value = false;
    if (!reviewing.value) return undefined;
    const timer = setTimeout(() => {
      armed.value = true;
    }, ARM_MS);
    return () => clearTimeout(timer);
  }, [reviewing.value]);

  return (
    <div class="sign">
      <h3>{words.signTitle}</h3>
      <p role="status" class={TONE[state]}>
        {signatureWords(signature)}
      </p>
      {open && !reviewing.value && (
        <button
          type="button"
          class="large"
          onClick={() => {
            reviewing.value = true;
          }}
        >
          {words.signReview}
        </button>
      )}
      {open && reviewing.value && (
        <div class="sign-review">
          <button
            type="button"
            class="large"
            disabled={!armed.value}
            onClick={() => {
              reviewing.value = false;
            }}
          >
            {words.signBack}
          </button>
          <p class="sign-totals">{totals}</p>
          <p>{words.signStatement}</p>
          <button
            type="button"
            class="large primary confirm"
            disabled={!armed.value}
            onClick={() => {
              reviewing.value = false;
              void judge.sign();
            }}
          >
            {words.sign}
          </button>
        </div>
      )}
    </div>
  );
}

const TONE: Readonly<Record<Signature['state'], string>> = {
  early: 'hint',
  missing: 'hint',
  due: 'hint',
  waiting: 'warn-text',
  signed: 'good-text',
  again: 'warn-text',
  refused: 'bad-text',
};

function signatureWords(signature: Signature): string {
  switch (signature.state) {
    case 'early':
      return words.signEarly;
    case 'missing':
      return words.signMissing;
    case 'due':
      return words.signDue;
    case 'waiting':
      return words.signedWaiting;
    case 'signed':
      return words.signed;
    case 'again':
      return words.signAgain;
    case 'refused':
      return words.signRefused(signature.detail);
  }
}
