import { createDefectLog } from '../defects.ts';
import { ask } from '../monitor/ask.ts';
import { indexBout, type IndexEnv } from './index-bout.ts';
import { writePositions } from './positions.ts';

const log = createDefectLog((line) => console.error(line), 'search.indexNow');

/**
 * Indexes a bout that was just made before its maker is answered, so that who makes one finds it. Where that fails or takes
 * too long, nobody minds: the bout still owes it to the queue.
 */
export async function indexNow(env: IndexEnv, boutId: string): Promise<void> {
  const done = await ask(async () => await indexBout(env, boutId));
  if (!done.ok) log(new Error(done.why), boutId, Date.now());
}

/** The same for the order of a card, which its bouts bring along whenever they are indexed. */
export async function positionsNow(env: IndexEnv, cardId: string): Promise<void> {
  const done = await ask(async () => await writePositions(env, cardId));
  if (!done.ok) log(new Error(done.why), cardId, Date.now());
}
