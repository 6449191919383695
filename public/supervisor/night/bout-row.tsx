import { CornerShape } from '../../shared/look/corner.tsx';
import { words as common } from '../../shared/strings/common.ts';
import { boutWords, nightWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Card } from '../../shared/wire/cards.ts';
import { Ask } from './ask.tsx';
import { minutesWords } from './bout-form.ts';
import type { Desk } from './desk.ts';
import { Fighters } from './fighters.tsx';
import type { Night } from './model.ts';
import { fightersOf, namesOf } from './names.ts';
import { officialWords } from './result.ts';
import { ReleaseForm } from './release-form.tsx';
import type { BoutFacts } from './wire.ts';

export type Opened = { readonly boutId: string; readonly part: 'fighters' | 'release' };

type Props = {
  readonly desk: Desk;
  readonly night: Night;
  readonly card: Card;
  readonly boutId: string;
  /** From 1. */
  readonly place: number;
  readonly opened: Opened | null;
  readonly onOpen: (next: Opened | null) => void;
  readonly onMove: (to: number) => void;
  readonly onMakeCurrent: () => Promise<boolean>;
};

export function BoutRow({ desk, night, card, boutId, place, opened, onOpen, onMove, onMakeCurrent }: Props) {
  const facts = night.facts.value.get(boutId) ?? null;
  const fighters = fightersOf(night, boutId);
  const names = namesOf(night, boutId);
  const isCurrent = card.current_bout_id === boutId;
  // Every device at the table would go along, in the middle of a round.
  const isLeaving = card.current_bout_id !== null && isInRound(night, card.current_bout_id);
  const won = facts === null ? null : officialWords(facts);
  const status = night.lines.value.get(boutId)?.status ?? facts?.round_status ?? null;
  return (
    <li class={isCurrent ? 'bout-row is-current' : 'bout-row'} data-bout={boutId}>
      <div class="bout-row-head">
        <span class="bout-place">{words.position(place)}</span>
        <div class="bout-row-names">
          {fighters === null ? (
            <span class="hint">{names}</span>
          ) : (
            <>
              <span>
                <CornerShape corner="red" /> {fighters.red}
              </span>
              <span>
                <CornerShape corner="blue" /> {fighters.blue}
              </span>
            </>
          )}
        </div>
        <p class="bout-row-facts">
          {isCurrent && (
            <span class="tag current" title={words.currentHint}>
              {words.current}
            </span>
          )}
          <span class="hint">
            {[facts === null ? null : factsLine(facts), status === null ? null : common.boutStatus[status]]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
          {won !== null && <b class="bout-row-result">{won}</b>}
          {facts !== null && won !== null && <SealMark isSealed={facts.sealed} />}
          {facts?.bout.simulated === true && <span class="tag simulated">{words.simulated}</span>}
        </p>
      </div>
      <div class="bout-row-do">
        <button
          type="button"
          class="move"
          aria-label={words.up(names)}
          disabled={place === 1}
          onClick={() => onMove(place - 1)}
        >
          <Arrow up />
        </button>
        <button
          type="button"
          class="move"
          aria-label={words.down(names)}
          disabled={place === card.bouts.length}
          onClick={() => onMove(place + 1)}
        >
          <Arrow />
        </button>
        {isLeaving && !isCurrent && facts !== null ? (
          <Ask
            word={words.makeCurrent}
            label={words.makeCurrentOf(names)}
            question={words.leaveAsk(namesOf(night, card.current_bout_id ?? ''))}
            yes={words.leaveYes}
            no={words.leaveNo}
            isBusy={false}
            onYes={onMakeCurrent}
          />
        ) : (
          <button
            type="button"
            disabled={isCurrent || facts === null}
            aria-label={words.makeCurrentOf(names)}
            onClick={() => void onMakeCurrent()}
          >
            {words.makeCurrent}
          </button>
        )}
        <button
          type="button"
          disabled={facts === null}
          aria-label={words.openOf(names)}
          onClick={() => desk.go({ bout: isCurrent ? null : boutId, card: card.card_id, view: 'bout' })}
        >
          {words.openBout}
        </button>
        {(['fighters', 'release'] as const).map((part) => (
          <button
            key={part}
            type="button"
            class="quiet"
            disabled={facts === null}
            aria-expanded={opened?.part === part}
            aria-label={part === 'fighters' ? words.fightersOf(names) : words.releaseOf(names)}
            onClick={() => onOpen(opened?.part === part ? null : { boutId, part })}
          >
            {words[part]}
          </button>
        ))}
      </div>
      {opened !== null && facts !== null && (
        <div class="bout-row-part">
          {opened.part === 'fighters' ? (
            <Fighters credential={desk.credential} facts={facts} />
          ) : (
            <ReleaseForm desk={desk} night={night} facts={facts} />
          )}
        </div>
      )}
    </li>
  );
}

function isInRound(night: Night, boutId: string): boolean {
  const status = night.lines.value.get(boutId)?.status;
  return status === 'IN_PROGRESS' || status === 'PAUSED';
}

function factsLine({ bout }: BoutFacts): string {
  return `${boutWords.sports[bout.sport]} · ${words.rounds(bout.scheduled_rounds, minutesWords(bout.round_length_s))}`;
}

/** A closed ring with a tick, an open ring: told apart without colour. */
function SealMark({ isSealed }: { readonly isSealed: boolean }) {
  return (
    <span
      class={isSealed ? 'seal-mark sealed' : 'seal-mark'}
      title={isSealed ? words.sealedHint : words.toBeSealedHint}
    >
      <svg class="arrow" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <circle cx="6" cy="6" r="5" {...(isSealed ? {} : { 'stroke-dasharray': '2.4 2.4' })} />
        {isSealed && <path d="M3.7 6.2 5.3 7.8 8.3 4.5" />}
      </svg>
      {isSealed ? words.sealed : words.toBeSealed}
    </span>
  );
}

function Arrow({ up = false }: { readonly up?: boolean }) {
  return (
    <svg class="arrow" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={up ? 'M6 10V2M2.5 5.5 6 2l3.5 3.5' : 'M6 2v8M2.5 6.5 6 10l3.5-3.5'} />
    </svg>
  );
}
