import type { Credential } from '../shared/device/credential.ts';
import { addressOf, PAGES, waysOf } from '../shared/look/pages.ts';
import { Notice } from '../shared/look/notice.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';

/** What somebody without a seat is told. */
export function Stranger({ credential }: { readonly credential: Credential }) {
  const claims = credential.claims.value;
  const own = claims === null ? undefined : waysOf(claims.role).own[0];
  return (
    <main id="main" class="judge" tabIndex={-1}>
      {claims === null ? (
        <Notice title={words.anonymous} hint={words.anonymousHint}>
          <a class="button primary" href={PAGES.pair.path}>
            {words.toPair}
          </a>
        </Notice>
      ) : (
        <Notice title={words.notJudge} hint={words.notJudgeHint(claims.role)}>
          <a class="button" href={own === undefined ? '/' : addressOf(own, { named: null, shown: null })}>
            {words.toOwnPage}
          </a>
        </Notice>
      )}
    </main>
  );
}
