import { Notice } from '../shared/look/notice.tsx';
import { Top } from '../shared/look/top.tsx';
import { UnsentBadge } from '../shared/outbox/unsent.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';
import { Fenced } from './fenced.tsx';
import type { Judge } from './model.ts';
import { Table } from './table.tsx';

export function JudgePage({ judge }: { readonly judge: Judge }) {
  const { live, outbox } = judge;
  return (
    <>
      <Top title={words.title} connection={live.connection}>
        <UnsentBadge outbox={outbox} />
      </Top>
      <main id="main" class="judge" tabIndex={-1}>
        <Content judge={judge} />
      </main>
    </>
  );
}

/** What is on this device is shown whatever the connection says; only without anything there is a notice instead. */
function Content({ judge }: { readonly judge: Judge }) {
  const { live, credential, session, seat } = judge;
  if (credential.state.value === 'refused') {
    return (
      <Notice title={words.refused} hint={words.refusedHint}>
        <a class="button primary" href="/pair">
          {words.toPair}
        </a>
      </Notice>
    );
  }
  const view = judge.view.value;
  if (view === null) {
    switch (live.state.value) {
      case 'waiting':
        return <Notice title={words.waiting} hint={words.waitingHint} />;
      case 'unreachable':
        return <Notice title={words.unreachable} hint={words.unreachableHint} />;
      case 'refused':
        return <Notice title={words.unknownBout} hint={words.unknownBoutHint} />;
      default:
        return <Notice title={words.loading} />;
    }
  }
  if (session.hold.value !== 'held') return <Fenced judge={judge} />;
  const panel = view.bout.judges;
  if (panel.length > 0 && !panel.some(({ judge_id }) => judge_id === seat)) {
    return <Notice title={words.noSuchSeat(seat)} hint={words.noSuchSeatHint} />;
  }
  if (panel.some(({ judge_id, absent }) => judge_id === seat && absent)) {
    return <Notice title={words.absent} hint={words.absentHint} />;
  }
  return <Table judge={judge} view={view} />;
}
