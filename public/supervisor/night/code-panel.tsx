import { useSignal } from '@preact/signals';
import { nowMs } from '../../shared/live/clock.ts';
import { Qr } from '../../shared/look/qr.tsx';
import { deskWords, pairingWords as words } from '../../shared/strings/supervisor-night.ts';
import { codeState, pairingOfCode, type ShownCode } from './codes.ts';
import { timeLeft } from './dates.ts';
import type { Desk } from './desk.ts';
import type { Night } from './model.ts';
import { StatusMark } from './status-mark.tsx';

type Props = {
  readonly desk: Desk;
  readonly night: Night;
  readonly codes: readonly ShownCode[];
  readonly onPutAway: (code: ShownCode) => void;
  readonly onAgain: (code: ShownCode) => void;
};

/** The codes that were made here, newest first, each until it is put away. */
export function CodePanel({ desk, night, codes, onPutAway, onAgain }: Props) {
  return (
    <section class="panel codes-panel" aria-labelledby="codes-title">
      <h2 id="codes-title">{words.codes}</h2>
      {codes.length === 0 && <p class="hint">{words.noCodes}</p>}
      <ul class="codes">
        {codes.map((code) => (
          <Code key={code.url} desk={desk} night={night} code={code} onPutAway={onPutAway} onAgain={onAgain} />
        ))}
      </ul>
    </section>
  );
}

/** Somebody stands there with a device to scan it. */
function bringIntoView(item: HTMLElement | null): void {
  item?.scrollIntoView({ block: 'nearest' });
}

type CodeProps = Omit<Props, 'codes'> & { readonly code: ShownCode };

const MARKS = { open: 'warning', claimed: 'ok', expired: 'offline' } as const;

function Code({ desk, night, code, onPutAway, onAgain }: CodeProps) {
  const said = useSignal<'copied' | 'failed' | null>(null);
  const serverMs = nowMs.value + (desk.live.value.offsetMs.value ?? 0);
  const state = codeState(code, night.pairings.value, serverMs);
  const device = pairingOfCode(code, night.pairings.value)?.device_id ?? null;
  const who = words.who(deskWords.role[code.role], code.subject, code.seat);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(code.url);
      said.value = 'copied';
    } catch {
      said.value = 'failed';
    }
  }

  return (
    <li class="code" data-state={state} ref={bringIntoView}>
      <p class="code-who">{who}</p>
      <p class="code-state">
        <span role="status">
          <StatusMark status={MARKS[state]} word={words.state[state]} />
        </span>{' '}
        <span class="hint">
          {state === 'open' && words.expiresIn(timeLeft(Date.parse(code.expiresAt) - serverMs))}
          {state === 'claimed' && device !== null && words.claimedBy(device)}
        </span>
      </p>
      {state === 'open' && (
        <>
          <Qr text={code.url} label={words.qrLabel(who)} />
          <div class="row">
            <button type="button" onClick={() => void copy()}>
              {said.value === 'copied' ? words.copied : words.copy}
            </button>
            {said.value === 'failed' && <p class="bad-text">{words.copyFailed}</p>}
          </div>
          <a class="code-link" href={code.url} target="_blank" rel="noreferrer">
            {code.url}
          </a>
        </>
      )}
      <div class="row">
        {state === 'expired' && (
          <button type="button" onClick={() => onAgain(code)}>
            {words.again}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => onPutAway(code)}>
          {words.putAway}
        </button>
      </div>
    </li>
  );
}
