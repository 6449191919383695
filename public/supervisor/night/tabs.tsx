import { useRef } from 'preact/hooks';
import { deskWords as words } from '../../shared/strings/supervisor-night.ts';
import { type ViewName, VIEWS } from '../roles.ts';

export const PANEL_ID = 'view';

export function tabId(view: ViewName): string {
  return `tab-${view}`;
}

type Props = {
  readonly chosen: ViewName;
  readonly onChoose: (view: ViewName) => void;
  /** How much there is to look at among the devices. */
  readonly warnings: number;
  /** A result waits for the confirmation of whoever looks at this. */
  readonly isWaiting: boolean;
};

/** Left and right, Home and End go from one to the next, as people who use tabs by keyboard expect. */
export function Tabs({ chosen, onChoose, warnings, isWaiting }: Props) {
  const list = useRef<HTMLDivElement>(null);

  function step(key: string): void {
    const at = VIEWS.indexOf(chosen);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: VIEWS.length - 1 }[key];
    const view = next === undefined ? undefined : VIEWS[(next + VIEWS.length) % VIEWS.length];
    if (view === undefined) return;
    onChoose(view);
    list.current?.querySelector<HTMLElement>(`#${tabId(view)}`)?.focus();
  }

  return (
    <div class="tabs" role="tablist" aria-label={words.views} ref={list}>
      {VIEWS.map((view) => (
        <button
          key={view}
          type="button"
          role="tab"
          id={tabId(view)}
          class="tab"
          aria-selected={view === chosen}
          aria-controls={PANEL_ID}
          tabIndex={view === chosen ? 0 : -1}
          onClick={() => onChoose(view)}
          onKeyDown={(event) => {
            if (['ArrowRight', 'ArrowLeft', 'Home', 'End'].includes(event.key)) {
              event.preventDefault();
              step(event.key);
            }
          }}
        >
          {words.view[view]}
          {view === 'bout' && isWaiting && <span class="tab-waits"> {words.toConfirm}</span>}
          {view === 'devices' && (
            <span class="tab-count" title={warnings === 0 ? undefined : words.toLookAt(warnings)}>
              {warnings === 0 ? '' : warnings}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
