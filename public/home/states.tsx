import { dropToken } from '../shared/device/token.ts';
import { Notice } from '../shared/look/notice.tsx';
import { words } from '../shared/strings/common.ts';
import { homeWords } from '../shared/strings/home.ts';
import type { Home } from './model.ts';

/** Everything the page has to say when there is no bout to show. */
export function HomeNotice({ home }: { readonly home: Home }) {
  const { live, credential, named } = home;
  switch (live.refusal.value) {
    case 'unknown':
      return (
        <Notice title={words.unknown} hint={words.unknownHint(live.boutId.value ?? named ?? '')}>
          <a href="/">{homeWords.toNewest}</a>
        </Notice>
      );
    case 'forbidden':
      return (
        <Notice title={words.forbidden} hint={words.forbiddenHint}>
          <a href="/">{homeWords.toNewest}</a>
        </Notice>
      );
    case 'token_refused':
      return (
        <Notice title={words.tokenRefused} hint={words.tokenRefusedHint}>
          {credential.deviceEpoch === null ? (
            <button type="button" onClick={continueWithoutToken}>
              {homeWords.withoutToken}
            </button>
          ) : (
            <a href="/pair">{homeWords.pairAgain}</a>
          )}
        </Notice>
      );
    case null:
      break;
  }
  switch (live.state.value) {
    case 'unreachable':
      return <Notice title={words.unreachable} hint={words.unreachableHint} />;
    case 'waiting':
      return (
        <Notice title={homeWords.empty} hint={homeWords.emptyHint}>
          <p>{homeWords.emptyDemo}</p>
          <pre tabIndex={0}>
            <code>{homeWords.emptyCommand(location.origin)}</code>
          </pre>
          <a href="/api/docs#bouts">{homeWords.emptyApi}</a>
        </Notice>
      );
    default:
      return <Notice title={words.loading} />;
  }
}

function continueWithoutToken(): void {
  dropToken();
  location.reload();
}
