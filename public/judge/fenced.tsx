import { judgeWords as words } from '../shared/strings/judge.ts';
import type { Judge } from './model.ts';

/** The seat has moved. Nothing can be tapped here any more except to take it back; what was tapped goes on. */
export function Fenced({ judge }: { readonly judge: Judge }) {
  const { outbox, session, live } = judge;
  const unsent = outbox.unsent.value;
  const taking = session.hold.value === 'taking';
  return (
    <section class="panel fenced" aria-labelledby="fenced-title">
      <h1 id="fenced-title">{words.fenced}</h1>
      <p>{words.fencedHint}</p>
      <p class={unsent === 0 ? 'good-text' : 'warn-text'} role="status">
        {unsent === 0 ? words.fencedSent : words.fencedUnsent(unsent)}
      </p>
      <button type="button" class="large" disabled={taking || live.stale.value} onClick={() => session.takeBack()}>
        {taking ? words.takingBack : words.takeBack}
      </button>
    </section>
  );
}
