const KEY = 'fightjudge.token';
/** What a token may consist of; anything else could not even be offered as a WebSocket protocol. */
const TOKEN = /^[A-Za-z0-9_.-]{1,8192}$/;

/**
 * The token of this tab. A link may bring it in its fragment (`#token=…`), which no server ever sees;
 * it is moved to the tab's own storage and taken out of the address, so that it is neither shared with
 * the link nor left in the history.
 */
export function takeToken(): string | null {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const brought = fragment.get('token');
  if (brought !== null) {
    fragment.delete('token');
    const rest = fragment.toString();
    history.replaceState(history.state, '', location.pathname + location.search + (rest === '' ? '' : `#${rest}`));
    if (!TOKEN.test(brought)) {
      dropToken();
      return null;
    }
    store(brought);
    return brought;
  }
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/**
 * A new link that is opened in a tab with the same page changes nothing but the fragment: the page starts anew with it.
 * What is unsent lies on the device, and the browser asks first where it does not.
 */
export function followLinks(): void {
  addEventListener('hashchange', () => {
    if (new URLSearchParams(location.hash.slice(1)).has('token')) location.reload();
  });
}

export function dropToken(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was stored where storage is forbidden.
  }
}

function store(token: string): void {
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // Without storage the token lives as long as the page.
  }
}
