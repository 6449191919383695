import { render } from 'preact';
import { openCredential } from '../shared/device/credential.ts';
import { runNow } from '../shared/live/clock.ts';
import { openArchive } from './archive.ts';
import { ArchivePage } from './page.tsx';

const archive = openArchive(await openCredential());
runNow();

const root = document.getElementById('page');
if (root !== null) render(<ArchivePage archive={archive} />, root);
