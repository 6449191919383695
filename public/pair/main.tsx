import { render } from 'preact';
import { codeOf } from './code.ts';
import { openPair } from './model.ts';
import { PairPage } from './page.tsx';

const code = codeOf(location.hash);
// At once: neither a look over the shoulder, nor the history, nor a shared link may have it.
if (location.hash !== '') history.replaceState(history.state, '', location.pathname);

const root = document.getElementById('page');
if (root !== null) render(<PairPage pair={openPair(code)} />, root);
// The same page opened again by another code: the browser only changes the fragment.
addEventListener('hashchange', () => location.reload());
