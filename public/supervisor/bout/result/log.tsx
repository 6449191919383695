import { useSignal } from '@preact/signals';
import { CornerMark, cornerOf } from '../../../shared/look/corner.tsx';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import { failureWords, getJson } from '../../../shared/wire/api.ts';
import type { View, WireEntry } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { timeWords } from '../model/times.ts';
import { decodeVerdict } from '../wire.ts';
import { groupOf, LOG_GROUPS, type LogGroup, logWords } from '../words.ts';

const SHOWN = 60;

/** The bout's ledger in words, newest first; what was taken back stays, struck out. */
export function LogPanel({ desk }: { readonly desk: Desk }) {
  const only = useSignal<LogGroup | null>(null);
  const view = desk.view.value;
  const lines = desk.log.value
    .filter((entry) => only.value === null || groupOf(entry) === only.value)
    .slice(-SHOWN)
    .toReversed();
  return (
    <section class="panel log-panel" aria-labelledby="log-title">
      <h2 id="log-title">{words.log}</h2>
      <div class="log-filter" role="group" aria-label={words.logFilter}>
        <Filter only={only.value} group={null} onChoose={(group) => (only.value = group)} />
        {LOG_GROUPS.map((group) => (
          <Filter key={group} only={only.value} group={group} onChoose={(next) => (only.value = next)} />
        ))}
      </div>
      {view === null || lines.length === 0 ? (
        <p class="log-lines hint">{view === null ? common.loading : words.logEmpty}</p>
      ) : (
        <ol class="log-lines" tabIndex={0} aria-label={words.log}>
          {lines.map((entry) => (
            <Line key={entry.sequence_index} entry={entry} view={view} desk={desk} />
          ))}
        </ol>
      )}
      <ChainCheck desk={desk} />
    </section>
  );
}

type FilterProps = {
  readonly only: LogGroup | null;
  readonly group: LogGroup | null;
  readonly onChoose: (group: LogGroup | null) => void;
};

function Filter({ only, group, onChoose }: FilterProps) {
  return (
    <button type="button" class="pick" aria-pressed={only === group} onClick={() => onChoose(group)}>
      {group === null ? words.everything : words.logGroup[group]}
    </button>
  );
}

type LineProps = { readonly entry: WireEntry; readonly view: View; readonly desk: Desk };

function Line({ entry, view, desk }: LineProps) {
  const said = logWords(entry, desk.fouls.value);
  const fighter = entry.fighter_id ?? (typeof entry.payload.fighter_id === 'string' ? entry.payload.fighter_id : null);
  const corner = cornerOf(view.bout, fighter);
  return (
    <li class={`log-line ${entry.voided ? 'voided' : ''}`}>
      <span class="log-when">
        {entry.round_id === null ? '' : words.shortRound(entry.round_id)}{' '}
        {entry.clock_ms === null ? '' : timeWords(entry.clock_ms)}
      </span>
      <span class="log-what">
        {corner !== null && <CornerMark corner={corner} />}
        {entry.voided ? <s>{said.title}</s> : <b>{said.title}</b>}
        {entry.voided && <span class="tag">{words.takenBack}</span>}
        {entry.flags.includes('late') && <span class="tag">{common.late}</span>}
        {entry.kind === 'replace' && <span class="tag">{common.corrected}</span>}
        {said.details.length > 0 && <span class="log-details">{said.details.join(', ')}</span>}
      </span>
      <span class="log-by">{words.person(entry.actor.subject, entry.actor.role, null)}</span>
    </li>
  );
}

/** Whether every stored byte up to the end of the round still fits its hash. Read anew each time that it is asked. */
function ChainCheck({ desk }: { readonly desk: Desk }) {
  const said = useSignal<{ readonly good: boolean | null; readonly words: string } | null>(null);
  const asking = useSignal(false);
  const check = async (): Promise<void> => {
    asking.value = true;
    const path = `/api/events/v2/verify/${encodeURIComponent(desk.boutId)}/${desk.round.peek()}`;
    const answer = await getJson(path, decodeVerdict, desk.credential);
    asking.value = false;
    said.value = answer.ok
      ? {
          good: answer.value.chain_valid,
          words: words.verdict(answer.value.message, answer.value.verified_entries, answer.value.round_id),
        }
      : { good: null, words: failureWords(answer.failure) };
  };
  const verdict = said.value;
  return (
    <div class="chain">
      <button type="button" disabled={asking.value} onClick={() => void check()}>
        {words.verify(desk.round.value)}
      </button>
      <p role="status" class={verdict === null ? 'hint' : verdict.good === true ? 'good-text' : 'bad-text'}>
        {verdict === null ? words.verifyHint : verdict.words}
      </p>
    </div>
  );
}
