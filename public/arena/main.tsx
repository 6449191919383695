import { signal } from '@preact/signals';
import { render } from 'preact';
import { openBoard } from '../shared/board/board.ts';
import { type BoardName, readBoard } from '../shared/board/phase.ts';
import { readTheme, themeProperties } from '../shared/board/theme.ts';
import { openCredential } from '../shared/device/credential.ts';
import { keepPage } from '../shared/device/worker.ts';
import { keepAwake } from '../shared/device/wake-lock.ts';
import { runNow } from '../shared/live/clock.ts';
import { openLive } from '../shared/live/live.ts';
import { listenToKeys } from './keys.ts';
import { openNextBout } from './next.ts';
import { ArenaPage } from './page.tsx';
import { protectScreen } from './screen.ts';

const query = new URLSearchParams(location.search);
const { style } = document.documentElement;
for (const [name, value] of Object.entries(themeProperties(readTheme(query).theme))) style.setProperty(name, value);

const credential = await openCredential();
const bout = query.get('bout');
const live = openLive(credential, { bout: bout === '' ? null : bout, keep: true });
const board = openBoard(credential, live, { delayMs: 0, cards: 'released', advice: true, fighters: true });
const wanted = signal<BoardName | 'auto'>(readBoard(query.get('board')));
const next = openNextBout(credential, board.view);

runNow();
keepAwake();
listenToKeys(wanted);
protectScreen();
keepPage({ path: '/arena', live });

const root = document.getElementById('page');
if (root !== null) render(<ArenaPage board={board} live={live} wanted={wanted} next={next} />, root);
