import { render } from 'preact';
import { openBoard } from '../shared/board/board.ts';
import { themeProperties } from '../shared/board/theme.ts';
import { openCredential } from '../shared/device/credential.ts';
import { keepPage } from '../shared/device/worker.ts';
import { openLive } from '../shared/live/live.ts';
import { overlay } from '../shared/strings/overlay.ts';
import { readParameters, withTokenMoved } from './parameters.ts';
import { settledSignal, titleEffect } from './settle.ts';
import { Stage } from './stage.tsx';

const moved = withTokenMoved(new URL(location.href));
if (moved !== null) history.replaceState(history.state, '', moved);

const parameters = readParameters(new URLSearchParams(location.search));
if (parameters.ignored.length > 0) console.warn(overlay.ignored(parameters.ignored));

const { style } = document.documentElement;
for (const [name, value] of Object.entries(themeProperties(parameters.theme))) style.setProperty(name, value);
if (parameters.background !== null) style.setProperty('--overlay-background', `#${parameters.background}`);

const credential = await openCredential();
const live = openLive(credential, { bout: parameters.bout, keep: true });
const shows = (...names: readonly string[]): boolean => parameters.layers.some((layer) => names.includes(layer));
const board = openBoard(credential, live, {
  delayMs: parameters.delayMs,
  cards: shows('winner', 'result') ? 'released' : 'none',
  advice: shows('winner'),
  fighters: shows('tale'),
});
titleEffect(live);
keepPage({ path: '/overlay', live });

const root = document.getElementById('page');
if (root !== null) render(<Stage board={board} layers={parameters.layers} settled={settledSignal(live)} />, root);
