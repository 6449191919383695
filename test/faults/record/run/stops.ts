import { each } from './archive.ts';
import { type Bout, eventually } from './bout.ts';
import { type Gate, type Moment, never, type Rule } from './gate.ts';
import type { Stage } from './stage.ts';

/** The bout that a moment belongs to: its object's own calls, and the consumer's for it. */
export function boutOf({ who }: Moment): string | null {
  const [kind, boutId = null] = who.split(':');
  return kind === 'bout' || kind === 'queue' ? boutId : null;
}

/** Lets nothing be indexed: for bouts of which only the record is wanted, quickly. */
export const UNINDEXED: Rule = ({ who, name }) =>
  who === 'queue' || (who === 'worker' && name.startsWith('INDEX.')) ? 'fail' : 'go';

/**
 * Stops each bout at a place of its own, as `placeOf` names it: that and everything after it is never answered.
 * @returns the bouts that have come to their place
 */
export function stopAt(gate: Gate, places: ReadonlyMap<string, string>): ReadonlySet<string> {
  const stopped = new Set<string>();
  gate.rule((moment) => {
    const boutId = boutOf(moment);
    if (boutId === null || !places.has(boutId)) return 'go';
    if (places.get(boutId) === placeOf(moment)) stopped.add(boutId);
    return stopped.has(boutId) ? never() : 'go';
  });
  return stopped;
}

/** An end of a call, and for a call to R2 what it is about. */
export function placeOf({ name, key, at }: Moment): string {
  const file = key.startsWith('archive/') ? key.split('/').slice(6).join('/') : '';
  const what = key.startsWith('anchors/') ? 'anchor' : fileOf(file);
  return `${at} ${name} ${what}`.trim();
}

/** The name of a file without the number of entries in it. */
export function fileOf(path: string): string {
  return path.replace(/\/\d{3}\.p\/\d+$/, '');
}

const RECORD = ['register', 'checkpoint', 'publish', 'archive'];

/** Whether a bout owes nothing any more; `indexed` where that the index has it counts, too. */
export async function owesNothing({ url }: Stage, boutId: string, indexed: boolean): Promise<boolean> {
  const owed: unknown = await (await fetch(`${url}/faults/owed/${boutId}`)).json();
  return Array.isArray(owed) && !owed.some((job) => indexed || RECORD.includes(String(job)));
}

/** Until nothing is owed for these bouts: what comes then comes of what is done then. */
export async function settled(stage: Stage, bouts: readonly Bout[], indexed = false): Promise<void> {
  await each(bouts, async ({ id }) => {
    const look = async (): Promise<true | null> => ((await owesNothing(stage, id, indexed)) ? true : null);
    await eventually(`nothing owed for ${id}`, look);
  });
}

/** Keys under which more than one content was put, or tried to be. */
export function putTwice(moments: readonly Moment[]): readonly string[] {
  const contents = new Map<string, Set<string | null>>();
  for (const { name, key, sha256, at } of moments) {
    if (name !== 'ARCHIVE.put' || at !== 'before' || !key.startsWith('archive/')) continue;
    contents.set(key, (contents.get(key) ?? new Set()).add(sha256));
  }
  return [...contents].filter(([, hashes]) => hashes.size > 1).map(([key]) => key);
}
