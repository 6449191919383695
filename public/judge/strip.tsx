import { judgeWords as words } from '../shared/strings/judge.ts';
import type { View } from '../shared/wire/frames.ts';
import { LocalRound } from './local-round.tsx';
import type { Judge } from './model.ts';
import type { Place, Tab } from './place.ts';
import { isSignable } from './signature.ts';
import { Told } from './told-notice.tsx';

type Props = {
  readonly judge: Judge;
  readonly view: View;
  readonly tab: Tab;
  /** Whether the scorecard that is due is on screen: then nothing leads there. */
  readonly scoring: boolean;
  readonly go: (place: Place) => void;
};

/**
 * The one place for what a judge is told, with room of its own: nothing of it ever lies over a button that logs or takes
 * back. Where a judge logs, what else comes up from below comes here.
 */
export function Strip({ judge, view, tab, scoring, go }: Props) {
  // What is under review is what is due.
  if (judge.steps.submitting.value.step !== 'choosing' && scoring) return null;
  if (tab === 'log' && judge.told.value.length > 0) {
    return (
      <div class="remind">
        <Told judge={judge} />
      </div>
    );
  }
  const said = saidOf(judge, view, tab, scoring);
  const local = tab === 'log' && judge.live.stale.value;
  return (
    <div class={`remind ${scoring ? 'scoring' : ''} ${local && said.go !== null ? 'both' : ''}`}>
      {(!local || said.words !== '') && (
        <div role="status" class={said.urgent ? 'warn-text' : 'remind-said'}>
          {said.words}
        </div>
      )}
      {said.go !== null && <GoButton label={said.go.label} onGo={go} place={said.go.place} />}
      {local && <LocalRound judge={judge} view={view} />}
    </div>
  );
}

type GoProps = { readonly label: string; readonly place: Place; readonly onGo: (place: Place) => void };

function GoButton({ label, place, onGo }: GoProps) {
  return (
    <button type="button" onClick={() => onGo(place)}>
      {label}
    </button>
  );
}

type Said = {
  readonly words: string;
  readonly urgent: boolean;
  readonly go: { readonly label: string; readonly place: Place } | null;
};

const NOTHING: Said = { words: '', urgent: false, go: null };

/** The most pressing thing. */
function saidOf(judge: Judge, view: View, tab: Tab, scoring: boolean): Said {
  const refused = judge.session.refusal.value;
  if (refused !== null) return { words: words.sessionRefused(refused), urgent: true, go: null };
  const due = judge.toScore.value;
  const [first] = due;
  if (first !== undefined) {
    const go = { label: words.scoreNow(first), place: { tab: 'score', picked: first } } as const;
    return { words: dueWords(judge, due), urgent: true, go: scoring ? null : go };
  }
  const signature = judge.signature.value;
  if (isSignable(signature)) {
    if (tab === 'card') return NOTHING;
    const go = { label: words.signReview, place: { tab: 'card', picked: null } } as const;
    return { words: words.signCall[signature.state], urgent: signature.state !== 'due', go };
  }
  const round = judge.round.value;
  const running = judge.status.value === 'IN_PROGRESS' || judge.status.value === 'PAUSED';
  if (!running || !view.bout.judges_log || tab === 'log') return NOTHING;
  return {
    words: words.roundIsOn(round),
    urgent: false,
    go: { label: words.logNow(round), place: { tab: 'log', picked: null } },
  };
}

function dueWords(judge: Judge, due: readonly number[]): string {
  const [only] = due;
  const reopened = judge.cards.value.find(({ round, state }) => round === only && state === 'reopened');
  return due.length === 1 && reopened !== undefined ? words.reopenedNow(reopened.round) : words.bellMissing(due);
}
