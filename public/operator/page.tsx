import { signal, useSignal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import type { Connection } from '../shared/live/link.ts';
import type { Live } from '../shared/live/live.ts';
import { Notice } from '../shared/look/notice.tsx';
import { Top } from '../shared/look/top.tsx';
import { UnsentBadge } from '../shared/outbox/unsent.tsx';
import { words } from '../shared/strings/common.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import type { View } from '../shared/wire/frames.ts';
import { Bar, Lost } from './bar.tsx';
import { ControlPanel } from './control-panel.tsx';
import { Corners } from './corners.tsx';
import { Devices } from './devices.tsx';
import { LineList } from './list.tsx';
import type { Operator } from './model.ts';
import { ModesBar } from './modes-bar.tsx';
import { ActionGroups } from './action-groups.tsx';
import { aspectWords, cornerWords } from './perform.ts';
import { KeysDialog } from './remap.tsx';
import { Situation, Standing } from './situation.tsx';

export function OperatorPage({ operator }: { readonly operator: Operator }) {
  const view = operator.state.view.value;
  return (
    <>
      <Top title={operatorWords.title} connection={operator.live.connection}>
        <UnsentBadge outbox={operator.outbox} />
      </Top>
      <main id="main" class="op" tabIndex={-1}>
        {view === null ? <NothingYet live={operator.live} /> : <Desk operator={operator} view={view} />}
      </main>
    </>
  );
}

function Desk({ operator, view }: { readonly operator: Operator; readonly view: View }) {
  const keysOpen = useSignal(false);
  const { corner } = operator.state.modes.value;
  return (
    <>
      <Situation operator={operator} view={view} />
      <div class="op-strip">
        <Standing operator={operator} view={view} />
        <Scope operator={operator} />
        <Devices operator={operator} />
        <button
          type="button"
          class="quiet"
          aria-haspopup="dialog"
          onClick={() => {
            keysOpen.value = true;
          }}
        >
          {operatorWords.keysOpen}
        </button>
      </div>
      <Lost operator={operator} />
      <Corners operator={operator} view={view} />
      <div class={`palette panel ${corner}`}>
        <ActionGroups operator={operator} />
        <ControlPanel operator={operator} />
      </div>
      <ModesBar operator={operator} />
      <LineList operator={operator} view={view} />
      <Bar operator={operator} />
      {keysOpen.value && (
        <KeysDialog
          operator={operator}
          onClose={() => {
            keysOpen.value = false;
          }}
        />
      )}
    </>
  );
}

/** What the link does not allow, in words; nothing where it allows all. */
function Scope({ operator }: { readonly operator: Operator }) {
  const permits = operator.state.permits.value;
  const parts = [
    ...(permits.corners.length < 2 ? [operatorWords.onlyCorners(cornerWords(permits))] : []),
    ...(permits.aspects === null ? [] : [operatorWords.onlyAspects(aspectWords(permits))]),
  ];
  return parts.length === 0 ? null : <p class="scope hint">{parts.join(' ')}</p>;
}

function NothingYet({ live }: { readonly live: Live }) {
  switch (live.state.value) {
    case 'waiting':
      return <Notice title={operatorWords.waiting} hint={operatorWords.waitingHint} />;
    case 'unreachable':
      return <Notice title={words.unreachable} hint={words.unreachableHint} />;
    case 'refused':
      return <Refused live={live} />;
    default:
      return <Notice title={operatorWords.opening} />;
  }
}

function Refused({ live }: { readonly live: Live }) {
  switch (live.refusal.value) {
    case 'token_refused':
      return <Notice title={words.tokenRefused} hint={words.tokenRefusedHint} />;
    case 'unknown':
      return <Notice title={words.unknown} hint={words.unknownHint(live.boutId.value ?? '')} />;
    default:
      return <Notice title={words.forbidden} hint={words.forbiddenHint} />;
  }
}

/** Nobody here is connected to a bout. */
const NO_CONNECTION = signal<Connection>({ state: 'refused' });

/** For everybody whose link is not an operator's. */
export function StrangerPage({ credential }: { readonly credential: Credential }) {
  const isAnonymous = credential.state.value === 'anonymous';
  return (
    <>
      <Top title={operatorWords.title} connection={NO_CONNECTION} />
      <main id="main" class="op" tabIndex={-1}>
        <Notice
          title={isAnonymous ? operatorWords.noLink : operatorWords.notOperator}
          hint={operatorWords.notOperatorHint}
        >
          <a href="/pair">{operatorWords.pair}</a>
        </Notice>
      </main>
    </>
  );
}
