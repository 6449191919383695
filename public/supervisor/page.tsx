import { useComputed } from '@preact/signals';
import { deskWords as words } from '../shared/strings/supervisor-night.ts';
import type { Claims } from '../shared/device/claims.ts';
import { nowMs } from '../shared/live/clock.ts';
import { failureWords } from '../shared/wire/api.ts';
import { Notice } from '../shared/look/notice.tsx';
import { Top } from '../shared/look/top.tsx';
import { UnsentBadge } from '../shared/outbox/unsent.tsx';
import { awaitsConfirmation } from './bout/model/waiting.ts';
import type { Desk } from './night/desk.ts';
import { DevicesView } from './night/devices-view.tsx';
import { NightView } from './night/night-view.tsx';
import { reportingSeats } from './night/health.ts';
import type { Night } from './night/model.ts';
import { nextBout, warningsOf } from './night/next-bout.ts';
import { useReports } from './night/reports.ts';
import { RunningBout } from './night/running-bout.tsx';
import { ShownBout } from './night/shown-bout.tsx';
import { PANEL_ID, Tabs, tabId } from './night/tabs.tsx';
import { minutesLeft, type Part, type ViewName } from './roles.ts';

export function SupervisorPage({ desk }: { readonly desk: Desk }) {
  const claims = desk.credential.claims.value;
  return (
    <>
      <Top title={words.title} connection={desk.live.value.connection}>
        {claims !== null && (
          <span class="who" title={words.whoAmI(words.role[claims.role], claims.subject)}>
            {words.whoAmI(words.role[claims.role], claims.subject)}
          </span>
        )}
        {desk.part !== null && <UnsentBadge outbox={desk.outbox} />}
      </Top>
      <main id="main" class="page supervisor" tabIndex={-1}>
        <Content desk={desk} />
      </main>
    </>
  );
}

function Content({ desk }: { readonly desk: Desk }) {
  const { credential, part, night } = desk;
  const claims = credential.claims.value;
  if (credential.state.value === 'refused') return <Refused title={words.expired} hint={words.expiredHint} />;
  if (claims === null) return <Refused title={words.noToken} hint={words.noTokenHint} />;
  if (part === null) {
    return <Refused title={words.wrongRole(words.role[claims.role])} hint={words.wrongRoleHint} />;
  }
  if (night === null) {
    return (
      <>
        <h1 class="visually-hidden">{words.title}</h1>
        <ShownBout desk={desk} />
        <Who claims={claims} />
        <EndsSoon desk={desk} />
        <RunningBout desk={desk} part={part} />
      </>
    );
  }
  return <NightDesk desk={desk} night={night} claims={claims} part={part} />;
}

type NightDeskProps = {
  readonly desk: Desk;
  readonly night: Night;
  readonly claims: Claims;
  readonly part: Part;
};

function NightDesk({ desk, night, claims, part }: NightDeskProps) {
  const view = shownView(desk);
  const failure = night.failure.value;
  const card = night.card.value;
  const live = desk.live.value;
  const boutId = card === null ? null : (nextBout(card) ?? live.boutId.value);
  const reports = useReports(desk, boutId);
  // A word, so that the page is drawn when it changes and not at every tick.
  const reporting = useComputed(() =>
    reportingSeats(
      reports.devices.value,
      night.card.value?.devices.map((one) => one.device_id) ?? [],
      nowMs.value + (desk.live.value.offsetMs.value ?? 0),
    ).join('\n'),
  );
  const seats = reporting.value.split('\n');
  const isWaiting = useComputed(() => awaitsConfirmation(desk.live.value.feed.value?.view ?? null, claims.subject));
  return (
    <>
      <h1 class="visually-hidden">{words.title}</h1>
      <div class="desk-head">
        <Tabs
          chosen={view}
          warnings={card === null ? 0 : warningsOf(night, card, seats).length}
          isWaiting={isWaiting.value}
          onChoose={(next) => desk.go({ view: next })}
        />
        <ShownBout desk={desk} />
        <Who claims={claims} />
      </div>
      <EndsSoon desk={desk} />
      <p class="stale-note" role="status">
        {failure !== null && view !== 'bout' ? words.old(failureWords(failure)) : ''}
      </p>
      <div id={PANEL_ID} role="tabpanel" aria-labelledby={tabId(view)}>
        {view === 'night' && <NightView desk={desk} night={night} />}
        {view === 'bout' && <RunningBout desk={desk} part={part} />}
        {view === 'devices' && (
          <DevicesView desk={desk} night={night} boutId={boutId} reports={reports} reporting={seats} />
        )}
      </div>
    </>
  );
}

/** Where the bar at the top has no room for it. */
function Who({ claims }: { readonly claims: Claims }) {
  return <p class="who-line hint">{words.whoAmI(words.role[claims.role], claims.subject)}</p>;
}

/** A link that ends in the middle of a round takes the clock off the screen: whoever has one gets time for another. */
function EndsSoon({ desk }: { readonly desk: Desk }) {
  const { claims, deviceEpoch } = desk.credential;
  const minutes = minutesLeft(
    claims.value?.expiresMs ?? null,
    deviceEpoch,
    nowMs.value + (desk.live.value.offsetMs.value ?? 0),
  );
  return (
    <p class={minutes === null ? 'ends-soon' : 'ends-soon shown'} role="status">
      {minutes === null ? '' : words.endsSoon(minutes)}
    </p>
  );
}

/** The address's own; else the night, which is where one begins. */
function shownView(desk: Desk): ViewName {
  const { view, bout } = desk.place.value;
  return view ?? (bout === null ? 'night' : 'bout');
}

function Refused({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <Notice title={title} hint={hint}>
      <a href="/">{words.toStart}</a>
    </Notice>
  );
}
