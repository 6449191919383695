import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { minutesSeconds, remainingMs, shownStatus } from '../../../shared/live/clock.ts';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import { type Desk, shownNow } from '../desk.ts';
import { type Presses, wordsOf } from '../sending.ts';
import type { ClockHands } from './hands.ts';

type Props = {
  readonly desk: Desk;
  readonly presses: Presses;
  readonly hands: ClockHands;
  /** Where the same stands in full; while that is in sight there is no strip. */
  readonly full: RefObject<HTMLElement | null>;
};

/**
 * The keys work wherever the page has been scrolled to: what they ask and what became of the last press is seen there
 * too. Laid over the page, so that nothing moves; heard it is where it stands in full.
 */
export function ClockStrip({ desk, presses, hands, full }: Props) {
  const inSight = useSignal(true);
  useEffect(() => {
    if (full.current === null) return undefined;
    const watcher = new IntersectionObserver(
      (seen) => {
        inSight.value = seen.at(-1)?.isIntersecting ?? true;
      },
      // Under the bar at the top it is as good as gone.
      { rootMargin: '-56px 0px 0px 0px' },
    );
    watcher.observe(full.current);
    return () => watcher.disconnect();
  }, [full, inSight]);
  if (inSight.value) return null;
  const armed = hands.armed.value;
  const last = presses.items.value.at(-1);
  const isQuiet = armed === null && last === undefined;
  return (
    <div class={`clock-strip ${isQuiet ? 'quiet' : ''}`} aria-hidden="true">
      <div class="clock-strip-inner">
        <Now desk={desk} />
        {armed !== null ? (
          <b class="armed">{words.armed(words.hand[armed.kind](armed.round))}</b>
        ) : (
          last !== undefined && (
            <span class={`press-line ${last.state}`}>
              <span>
                <b>{words.pressState[last.state]}</b> {wordsOf(last)} {last.refusal?.detail ?? ''}
              </span>
            </span>
          )
        )}
      </div>
    </div>
  );
}

/** Apart, as it changes with every tick. */
function Now({ desk }: { readonly desk: Desk }) {
  const shown = desk.clock.value;
  if (shown === null) return null;
  const left = remainingMs(shown.clock, shownNow(desk));
  const status = common.roundStatus[shownStatus(shown.status, left)];
  return <span class="clock-strip-now">{words.strip(shown.round, minutesSeconds(left), status)}</span>;
}
