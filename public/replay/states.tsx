import type { Claims } from '../shared/device/claims.ts';
import type { Live } from '../shared/live/live.ts';
import { Notice } from '../shared/look/notice.tsx';
import { replayWords as words } from '../shared/strings/replay.ts';
import { type ApiFailure, failureWords } from '../shared/wire/api.ts';

type WithoutProps = {
  readonly state: Live['state']['value'];
  readonly refusal: Live['refusal']['value'];
};

/** What is said where there is no bout to show. */
export function Without({ state, refusal }: WithoutProps) {
  const home = <a href="/">{words.home}</a>;
  if (refusal === 'token_refused') {
    return (
      <Notice title={words.tokenRefused} hint={words.tokenRefusedHint}>
        {home}
      </Notice>
    );
  }
  if (refusal === 'forbidden') {
    return (
      <Notice title={words.forbidden} hint={words.closedHint}>
        {home}
      </Notice>
    );
  }
  if (refusal === 'unknown') {
    return (
      <Notice title={words.unknown} hint={words.unknownHint}>
        {home}
      </Notice>
    );
  }
  if (state === 'waiting') return <Notice title={words.waiting} hint={words.waitingHint} />;
  if (state === 'unreachable') return <Notice title={words.unreachable} hint={words.unreachableHint} />;
  return <Notice title={words.loading} />;
}

type RefusedProps = {
  readonly failure: ApiFailure;
  readonly claims: Claims | null;
  readonly boutId: string;
};

/** What is said where the bout is open to the caller and this round of it is not. */
export function Refused({ failure, claims, boutId }: RefusedProps) {
  const status = failure.kind === 'problem' ? failure.status : 0;
  if (status === 403 && claims?.role === 'judge') {
    return (
      <Notice title={words.judgeFirst} hint={words.judgeFirstHint}>
        <a href={`/judge?bout=${encodeURIComponent(boutId)}`}>{words.toJudge}</a>
      </Notice>
    );
  }
  if (status === 401 || status === 403) return <Notice title={words.closed} hint={words.closedHint} />;
  if (status === 404) return <Notice title={words.noRound} hint={failureWords(failure)} />;
  return <Notice title={words.failed} hint={failureWords(failure)} />;
}
