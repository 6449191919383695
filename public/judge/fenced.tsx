import { judgeWords as words } from '../shared/strings/judge.ts';
import type { Judge } from './model.ts';

/** The seat has moved. Nothing can be tapped here any more except to take it back; what was tapped goes on. */
export function Fenced({ judge }: { readonly judge: Judge }) {
  const { outbox, session, live } = judge;
  const unsent = outbox.unsent.value;
  const refused = outbox.refused.value.length;
  const taking = session.hold.value === 'taking';
  return (
    <section class="panel fenced" aria-labelledby="fenced-title">
      <h1 id="fenced-title">{words.fenced}</h1>
      <p>{words.fencedHint}</p>
      <div role="status">
        {refused > 0 && <p class="bad-text">{words.fencedRefused(refused)}</p>}
        {unsent > 0 && <p class="warn-text">{words.fencedUnsent(unsent)}</p>}
        {unsent === 0 && refused === 0 && <p class="good-text">{words.fencedSent}</p>}
      </div>
      <button type="button" class="large" disabled={taking || live.stale.value} onClick={() => session.takeBack()}>
        {taking ? words.takingBack : words.takeBack}
      </button>
    </section>
  );
}
