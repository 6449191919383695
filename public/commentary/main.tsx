import { render } from 'preact';
import { openBoard } from '../shared/board/board.ts';
import { openCredential } from '../shared/device/credential.ts';
import { keepPage } from '../shared/device/worker.ts';
import { runNow } from '../shared/live/clock.ts';
import { openLive } from '../shared/live/live.ts';
import { openEntries } from './open-entries.ts';
import { CommentaryPage } from './page.tsx';
import { openRules } from './rules.ts';

const credential = await openCredential();
const bout = new URLSearchParams(location.search).get('bout');
const live = openLive(credential, { bout: bout === '' ? null : bout, keep: true });
const board = openBoard(credential, live, { delayMs: 0, cards: 'all', advice: true, fighters: true });
const entries = openEntries(credential, live);
const rules = openRules(credential, live, board.view, board.cards);
runNow();
keepPage({ path: '/commentary', live });

const root = document.getElementById('page');
if (root !== null) render(<CommentaryPage board={board} live={live} entries={entries} rules={rules} />, root);
