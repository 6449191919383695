import { addressOf, type PageId, PAGES, waysOf } from '../shared/look/pages.ts';
import { homeWords as words } from '../shared/strings/home.ts';
import type { Home } from './model.ts';

/** A way into every page that the role of the token has. */
export function Ways({ home }: { readonly home: Home }) {
  const claims = home.credential.claims.value;
  const role = home.credential.state.value === 'refused' ? null : (claims?.role ?? null);
  const { own, others } = waysOf(role);
  return (
    <nav class="ways" aria-labelledby="ways-title">
      <h2 id="ways-title">{role === null ? words.waysOfAll : words.ways}</h2>
      {claims !== null && role !== null && <p class="who">{words.who(role, claims.subject, claims.seat)}</p>}
      <ul>
        {own.map((id) => (
          <Way key={id} id={id} home={home} isOwn />
        ))}
        {others.map((id) => (
          <Way key={id} id={id} home={home} isOwn={false} />
        ))}
      </ul>
    </nav>
  );
}

type WayProps = { readonly id: PageId; readonly home: Home; readonly isOwn: boolean };

function Way({ id, home, isOwn }: WayProps) {
  const { name, hint } = words.page(id, home.credential.claims.value?.role ?? null);
  const href = addressOf(id, { named: home.named, shown: home.live.boutId.value });
  const { ownTab } = PAGES[id];
  const open = (event: MouseEvent, inNewTab: boolean): void => {
    const token = home.tokenForTab();
    if (!inNewTab || token === null || id === 'docs') return;
    event.preventDefault();
    // A new tab has no storage of this one. The token goes into the address only now, where no page shows it.
    window.open(`${href}#token=${token}`, '_blank', 'noopener');
  };
  return (
    <li>
      <a
        class={isOwn ? 'way own' : 'way'}
        href={href}
        {...(ownTab ? { target: '_blank', rel: 'noopener' } : {})}
        onClick={(event) => open(event, ownTab || event.ctrlKey || event.metaKey || event.shiftKey)}
        onAuxClick={(event) => {
          if (event.button === 1) open(event, true);
        }}
      >
        <b>{name}</b>
        <small>{hint}</small>
      </a>
    </li>
  );
}
