import { Notice } from '../shared/look/notice.tsx';
import { Top } from '../shared/look/top.tsx';
import { replayWords as words } from '../shared/strings/replay.ts';
import type { ApiFailure } from '../shared/wire/api.ts';
import type { Claims } from '../shared/device/claims.ts';
import type { View } from '../shared/wire/frames.ts';
import { Actions } from './actions.tsx';
import { Head } from './head.tsx';
import { Judging } from './judging.tsx';
import type { ReplayModel } from './model.ts';
import { Moments } from './moments.tsx';
import { Refused, Without } from './states.tsx';
import { Timeline } from './timeline.tsx';
import { Summary, TotalsAtSecond } from './totals.tsx';

type Props = { readonly model: ReplayModel; readonly claims: Claims | null };

export function ReplayPage({ model, claims }: Props) {
  const view = model.view.value;
  const { state, refusal, connection } = model.live;
  return (
    <>
      <Top title={words.title} connection={connection} />
      <main id="main" class="page replay" tabIndex={-1}>
        {state.value === 'refused' || (view === null && state.value !== 'bout') ? (
          <Without state={state.value} refusal={refusal.value} />
        ) : view === null ? (
          <Notice title={words.loading} />
        ) : (
          <Shown model={model} view={view} claims={claims} />
        )}
      </main>
    </>
  );
}

type ShownProps = Props & { readonly view: View };

function Shown({ model, view, claims }: ShownProps) {
  const fetched = model.fetched.value;
  const refused: ApiFailure | null = fetched?.kind === 'refused' ? fetched.failure : null;
  const round = fetched?.kind === 'round' ? fetched.round : null;
  return (
    <>
      <Head model={model} view={view} />
      {refused !== null ? (
        <Refused failure={refused} claims={claims} boutId={view.bout.bout_id} />
      ) : model.reached.value === 0 && !model.growing.value ? (
        <Notice title={words.notBegun} hint={words.notBegunHint} />
      ) : (
        <div class="replay-grid" aria-busy={round === null}>
          <Timeline model={model} round={round} bout={view.bout} />
          <div class="replay-column">
            <TotalsAtSecond model={model} round={round} />
            <Moments model={model} round={round} bout={view.bout} />
            <Summary round={round} growing={model.growing.value} />
          </div>
          <Actions model={model} round={round} bout={view.bout} />
          <div class="replay-column judging">
            <Judging round={round} />
          </div>
        </div>
      )}
    </>
  );
}
