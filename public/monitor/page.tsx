import { Notice } from '../shared/look/notice.tsx';
import { Top } from '../shared/look/top.tsx';
import { monitorWords as words } from '../shared/strings/monitor.ts';
import { Bouts } from './bouts.tsx';
import { Charts } from './charts.tsx';
import { Devices } from './devices.tsx';
import { History } from './history.tsx';
import type { Monitor } from './model.ts';
import { Speed } from './speed.tsx';
import { Summary } from './summary.tsx';
import { Tiles } from './tiles.tsx';

export function MonitorPage({ monitor }: { readonly monitor: Monitor }) {
  return (
    <>
      <Top title={words.title} connection={monitor.connection} />
      <main id="main" class="page" tabIndex={-1}>
        <Content monitor={monitor} />
      </main>
    </>
  );
}

function Content({ monitor }: { readonly monitor: Monitor }) {
  const seen = monitor.seen.value;
  const lostMs = monitor.lostMs.value;
  switch (monitor.state.value) {
    case 'token':
      return <Refusal title={words.needsToken} hint={words.needsTokenHint} />;
    case 'forbidden':
      return (
        <Refusal title={words.forbidden} hint={words.forbiddenHint(monitor.credential.claims.value?.role ?? '')} />
      );
    case 'refused':
      return <Refusal title={words.refused} hint={words.refusedHint} />;
    case 'loading':
      return lostMs === null ? <Notice title={words.loading} /> : <Notice title={words.lost} hint={words.lostAtOnce} />;
    case 'shown':
      break;
  }
  return (
    <>
      <h1 class="visually-hidden">{words.title}</h1>
      <Summary monitor={monitor} seen={seen} />
      {seen !== null && (
        <div class={lostMs === null ? 'monitor' : 'monitor lost'}>
          <Tiles seen={seen} lostMs={lostMs} />
          <Charts traffic={seen.look.traffic} />
          <Bouts look={seen.look} isLost={lostMs !== null} />
          <Devices look={seen.look} isLost={lostMs !== null} />
          <Speed traffic={seen.look.traffic} />
          <History history={seen.look.history} />
        </div>
      )}
    </>
  );
}

function Refusal({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <Notice title={title} hint={hint}>
      <a href="/">{words.home}</a>
    </Notice>
  );
}
