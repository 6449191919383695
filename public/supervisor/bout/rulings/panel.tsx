import { useEffect, useMemo } from 'preact/hooks';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Desk } from '../desk.ts';
import { isOfficial } from '../model/waiting.ts';
import { openRoundEvents } from '../round-events.ts';
import { FoulFlow } from './foul.tsx';
import { Knockdowns } from './knockdowns.tsx';
import { RulingList } from './list.tsx';
import { Review } from './review.tsx';
import { Stoppage } from './stoppage.tsx';

/** What the referee has ruled, and what waits for a ruling. */
export function RulingsPanel({ desk }: { readonly desk: Desk }) {
  const events = useMemo(() => openRoundEvents(desk), [desk]);
  useEffect(() => () => events.stop(), [events]);
  return (
    <section class="panel rulings-panel" aria-labelledby="rulings-title">
      <h2 id="rulings-title">{words.rulings}</h2>
      {isOfficial(desk.view.value) ? (
        <p class="hint">{words.boutClosed}</p>
      ) : (
        <>
          <Knockdowns desk={desk} rounds={events.rounds} />
          <FoulFlow desk={desk} />
          <Stoppage desk={desk} />
          <Review desk={desk} rounds={events.rounds} />
        </>
      )}
      <RulingList desk={desk} />
    </section>
  );
}
