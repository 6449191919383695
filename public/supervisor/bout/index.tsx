import { useEffect, useMemo } from 'preact/hooks';
import type { Credential } from '../../shared/device/credential.ts';
import { reportTelemetry } from '../../shared/device/telemetry.ts';
import type { Live } from '../../shared/live/live.ts';
import type { Outbox } from '../../shared/outbox/outbox.ts';
import { words as common } from '../../shared/strings/common.ts';
import { words } from '../../shared/strings/supervisor-bout.ts';
import './bout.css';
import { ClockPanel } from './clock/panel.tsx';
import { type Desk, openDesk, type Part } from './desk.ts';
import { FindingsPanel } from './judging/findings.tsx';
import { ScorecardsPanel } from './judging/scorecards.tsx';
import { roundOptions } from './fields.tsx';
import { LogPanel } from './result/log.tsx';
import { ResultPanel } from './result/panel.tsx';
import { SealPanel } from './result/seal.tsx';
import { WaitingResult } from './result/waiting.tsx';
import { RecommendationPanel } from './result/recommendation.tsx';
import { RulingsPanel } from './rulings/panel.tsx';

export type BoutDeskProps = {
  readonly live: Live;
  readonly credential: Credential;
  readonly outbox: Outbox;
  /** `clock` and `rulings`: that alone, for who does nothing else. */
  readonly part: Part;
};

/** The running bout, for whoever runs it. */
export function BoutDesk(props: BoutDeskProps) {
  const boutId = props.live.boutId.value;
  // Whether there is a bout, and why not, is the page's own to say.
  return boutId === null ? null : <OneBout key={boutId} {...props} boutId={boutId} />;
}

function OneBout({ live, credential, outbox, part, boutId }: BoutDeskProps & { readonly boutId: string }) {
  const desk = useMemo(
    () => openDesk({ live, credential, outbox, part }, boutId),
    [live, credential, outbox, part, boutId],
  );
  useEffect(() => () => desk.stop(), [desk]);
  // A paired device's presses are placed in time by the offset that it reports.
  useEffect(() => reportTelemetry(credential, live, outbox), [credential, live, outbox]);
  switch (part) {
    case 'clock':
      return (
        <div class="desk one">
          <ClockPanel desk={desk} large />
        </div>
      );
    case 'rulings':
      return (
        <div class="desk one">
          <RulingsPanel desk={desk} />
        </div>
      );
    case 'all':
      return (
        <div class="desk all">
          <div class="desk-column first">
            <ClockPanel desk={desk} large={false} />
            <RulingsPanel desk={desk} />
          </div>
          <div class="desk-column second">
            <WaitingResult desk={desk} />
            <RoundPicker desk={desk} />
            <ScorecardsPanel desk={desk} />
            <ResultPanel desk={desk} />
            {desk.result.value?.status === 'official' && <SealPanel key={boutId} desk={desk} />}
            <FindingsPanel desk={desk} />
          </div>
          <div class="desk-column third">
            <RecommendationPanel desk={desk} />
            <LogPanel desk={desk} />
          </div>
        </div>
      );
  }
}

/** Which round the findings, the recommendation and the check of the chain are about. */
function RoundPicker({ desk }: { readonly desk: Desk }) {
  const view = desk.view.value;
  const chosen = desk.round.value;
  return (
    <nav class="round-picker" aria-label={words.roundPicker}>
      {view === null ? (
        <span class="hint">{common.loading}</span>
      ) : (
        roundOptions(view).map(({ value, label }) => (
          <button
            key={value}
            type="button"
            class="pick"
            aria-pressed={String(chosen) === value}
            onClick={() => {
              desk.chosenRound.value = Number(value) === view.round_id ? null : Number(value);
            }}
          >
            {label}
          </button>
        ))
      )}
    </nav>
  );
}
