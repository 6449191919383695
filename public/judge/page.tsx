import { Notice } from '../shared/look/notice.tsx';
import { Top } from '../shared/look/top.tsx';
import { UnsentBadge } from '../shared/outbox/unsent.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';
import { Fenced } from './fenced.tsx';
import type { Judge } from './model.ts';
import { ToPair } from './stranger.tsx';
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

/** What is on this device is shown without a connection too; only a server that says no takes it away. */
function Content({ judge }: { readonly judge: Judge }) {
  const { live, credential, session, seat } = judge;
  const { value: refusal } = live.refusal;
  if (credential.state.value === 'refused' || refusal === 'token_refused') {
    // Only a paired device counts the devices of its place; whoever came by a link has no pairing that could end.
    return credential.deviceEpoch === null ? (
      <ToPair title={words.badLink} hint={words.endedLinkHint} />
    ) : (
      <ToPair title={words.refused} hint={words.refusedHint} />
    );
  }
  if (refusal === 'forbidden') return <Notice title={words.forbidden} hint={words.forbiddenHint} />;
  if (refusal === 'unknown') return <Notice title={words.unknownBout} hint={words.unknownBoutHint} />;
  const view = judge.view.value;
  if (view === null) {
    switch (live.state.value) {
      case 'waiting':
        return <Notice title={words.waiting} hint={words.waitingHint} />;
      case 'unreachable':
        return <Notice title={words.unreachable} hint={words.unreachableHint} />;
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
  return <Table key={view.bout.bout_id} judge={judge} view={view} />;
}
