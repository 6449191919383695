import { useSignal, useSignalEffect } from '@preact/signals';
import type { Corner } from '../../../domain/corner.ts';
import type { Credential } from '../../shared/device/credential.ts';
import { failureWords, getJson } from '../../shared/wire/api.ts';
import { CornerMark } from '../../shared/look/corner.tsx';
import { boutWords, fighterWords as words } from '../../shared/strings/supervisor-night.ts';
import { decodeFighters, type Fighters as Known } from '../../shared/wire/fighters.ts';
import { FighterDetails } from './fighter-details.tsx';
import { PhotoField } from './photo-field.tsx';
import type { BoutFacts } from './wire.ts';

type Props = { readonly credential: Credential; readonly facts: BoutFacts };

/** What graphics show of both fighters. */
export function Fighters({ credential, facts }: Props) {
  const boutId = facts.bout.bout_id;
  const known = useSignal<Known | null>(null);
  const failed = useSignal<string | null>(null);
  const round = useSignal(0);
  const path = `/api/bouts/${encodeURIComponent(boutId)}/fighters`;

  useSignalEffect(() => {
    // Read again after every change: the photo's address changes with it.
    const reading = round.value;
    const stopped = new AbortController();
    void getJson(path, decodeFighters, credential, stopped.signal).then((answer) => {
      if (stopped.signal.aborted || round.peek() !== reading) return;
      if (answer.ok) known.value = answer.value;
      failed.value = answer.ok ? null : failureWords(answer.failure);
    });
    return () => stopped.abort();
  });

  if (failed.value !== null) return <p class="bad-text">{failed.value}</p>;
  if (known.value === null) return <p class="hint">{words.loading}</p>;
  return (
    <>
      <p class="hint">{words.hint}</p>
      <div class="corners">
        {(['red', 'blue'] as const).map((corner: Corner) => {
          const fighter = known.value?.[corner];
          return (
            fighter !== undefined && (
              <section key={corner} class={`corner ${corner}`} aria-label={`${boutWords[corner]}: ${fighter.name}`}>
                <h3 class="corner-title">
                  <CornerMark corner={corner} label={boutWords[corner]} /> {fighter.name}
                </h3>
                <PhotoField
                  credential={credential}
                  path={`${path}/${corner}/photo`}
                  fighter={fighter}
                  onChange={() => {
                    round.value += 1;
                  }}
                />
                <FighterDetails credential={credential} path={`${path}/${corner}`} corner={corner} fighter={fighter} />
              </section>
            )
          );
        })}
      </div>
    </>
  );
}
