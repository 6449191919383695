import { signal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import type { Connection } from '../shared/live/link.ts';
import { addressOf, PAGES, waysOf } from '../shared/look/pages.ts';
import { Notice } from '../shared/look/notice.tsx';
import { Top } from '../shared/look/top.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';

/** Nobody here is connected to a bout. */
const NO_CONNECTION = signal<Connection>({ state: 'refused' });

/** What somebody without a seat is told. */
export function Stranger({ credential }: { readonly credential: Credential }) {
  return (
    <>
      <Top title={words.title} connection={NO_CONNECTION} />
      <main id="main" class="judge" tabIndex={-1}>
        <Content credential={credential} />
      </main>
    </>
  );
}

function Content({ credential }: { readonly credential: Credential }) {
  const claims = credential.claims.value;
  if (claims === null) {
    return credential.state.value === 'anonymous' ? (
      <ToPair title={words.anonymous} hint={words.anonymousHint} />
    ) : (
      <ToPair title={words.badLink} hint={words.badLinkHint} />
    );
  }
  const own = waysOf(claims.role).own[0];
  return (
    <Notice title={words.notJudge} hint={words.notJudgeHint(claims.role)}>
      <a class="button" href={own === undefined ? '/' : addressOf(own, { named: null, shown: null })}>
        {words.toOwnPage}
      </a>
    </Notice>
  );
}

type ToPairProps = { readonly title: string; readonly hint: string };

/** A notice whose way on is a pairing. */
export function ToPair({ title, hint }: ToPairProps) {
  return (
    <Notice title={title} hint={hint}>
      <a class="button primary" href={PAGES.pair.path}>
        {words.toPair}
      </a>
    </Notice>
  );
}
