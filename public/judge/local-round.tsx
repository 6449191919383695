import { judgeWords as words } from '../shared/strings/judge.ts';
import type { View } from '../shared/wire/frames.ts';
import type { Judge } from './model.ts';
import { roundCount } from './rounds.ts';

/** Without a connection nobody tells this page that a round has begun: the judge does. */
export function LocalRound({ judge, view }: { readonly judge: Judge; readonly view: View }) {
  const next = judge.round.value + 1;
  return (
    <div class="local-round">
      <span class="hint">{words.localRound(judge.round.value)}</span>
      {next <= roundCount(view) && (
        <button type="button" onClick={() => judge.beginRound(next)}>
          {words.nextRound(next)}
        </button>
      )}
    </div>
  );
}
