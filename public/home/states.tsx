import type { ComponentChildren } from 'preact';
import { dropToken } from '../shared/device/token.ts';
import { words } from '../shared/strings/common.ts';
import type { HomeState } from './model.ts';

/** Everything the page has to say when there is no bout to show. */
export function Notice({ state }: { readonly state: Exclude<HomeState, { readonly kind: 'bout' }> }) {
  switch (state.kind) {
    case 'loading':
      return <Message title={words.loading} />;
    case 'empty':
      return (
        <Message title={words.empty} hint={words.emptyHint}>
          <p>{words.emptyDemo}</p>
          <pre tabIndex={0}>
            <code>{words.emptyCommand(location.origin)}</code>
          </pre>
          <a href="/api/docs#bouts">{words.emptyApi}</a>
        </Message>
      );
    case 'unreachable':
      return <Message title={words.unreachable} hint={words.unreachableHint} />;
    case 'unknown':
      return (
        <Message title={words.unknown} hint={words.unknownHint(state.boutId)}>
          <a href="/">{words.toNewest}</a>
        </Message>
      );
    case 'forbidden':
      return (
        <Message title={words.forbidden} hint={words.forbiddenHint}>
          <a href="/">{words.toNewest}</a>
        </Message>
      );
    case 'token_refused':
      return (
        <Message title={words.tokenRefused} hint={words.tokenRefusedHint}>
          <button type="button" onClick={continueWithoutToken}>
            {words.withoutToken}
          </button>
        </Message>
      );
  }
}

function continueWithoutToken(): void {
  dropToken();
  location.reload();
}

type MessageProps = { readonly title: string; readonly hint?: string; readonly children?: ComponentChildren };

function Message({ title, hint, children }: MessageProps) {
  return (
    <section class="panel notice" role="status">
      <h1>{title}</h1>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}
