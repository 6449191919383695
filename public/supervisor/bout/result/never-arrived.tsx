import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { missingIn, type Missing } from '../../../shared/seal/missing.ts';
import { readSeal } from '../../../shared/seal/read-seal.ts';
import type { Seal } from '../../../shared/wire/seal.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Desk } from '../desk.ts';

type Props = { readonly desk: Desk; readonly entries: number };

/** What the seal declares missing, read from the archived record. */
export function NeverArrived({ desk, entries }: Props) {
  const seal = useSignal<Seal | null>(null);
  useEffect(() => {
    const ended = new AbortController();
    void readSeal(desk.credential, desk.boutId, entries, ended.signal).then((read) => {
      if (!ended.signal.aborted) seal.value = read;
    });
    return () => ended.abort();
  }, [desk, entries]);
  const said = seal.value;
  if (said === null) return <p class="hint">{words.sealInRecord}</p>;
  const missing = missingIn(said);
  const { more_devices: more } = said.payload;
  if (missing.length === 0 && more === 0) return <p class="hint">{words.sealAllArrived}</p>;
  return (
    <div class="seal-missing">
      <b>{words.sealNeverArrived}</b>
      <ul>
        {missing.map((one) => (
          <li key={one.device}>{words.sealNeverArrivedOf(one.device, numbersOf(one))}</li>
        ))}
        {more > 0 && <li>{words.sealMoreDevices(more)}</li>}
      </ul>
    </div>
  );
}

function numbersOf({ runs, more }: Missing): string {
  return [
    ...runs.map(([from, to]) => words.sealNumbers(from, to)),
    ...(more > 0 ? [words.sealMoreGaps(more)] : []),
  ].join(', ');
}
