import { isDeepStrictEqual } from 'node:util';
import type { Evidence, Story } from '../run/chapter.ts';
import type { Json } from '../run/reply.ts';
import { digestOf, type Viewer } from '../run/viewer.ts';
import type { Findings } from './checks.ts';
import { factsOf, maySee } from './sight.ts';

/** Nobody was sent what they may not see, a gap, or anything twice. */
export function shown({ stories }: Evidence): Findings {
  return stories.flatMap(({ viewers }) =>
    viewers.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`)),
  );
}

/** What each viewer has put together is what somebody gets who comes only now, and all that they may see. */
export function assembled({ stories }: Evidence): Findings {
  return stories.flatMap((story) => [
    ...story.behind,
    ...story.viewers.flatMap((viewer) => [...viewOf(story, viewer), ...entriesOf(story, viewer)]),
  ]);
}

function viewOf({ fresh }: Story, { name, view }: Viewer): Findings {
  const now = fresh.get(name);
  const own = timeless(view() ?? {});
  return [
    ...(isDeepStrictEqual(own, withoutRecord(timeless(now?.view ?? {})))
      ? []
      : [`${name} has another view than GET gives`]),
    ...(isDeepStrictEqual(own, timeless(now?.snapshot ?? {})) ? [] : [`${name} has another view than a fresh socket`]),
  ];
}

/** How far the archive is, a supervisor is told when asking, and by no socket. */
function withoutRecord({ record: _record, ...view }: Json): Json {
  return view;
}

/** Whenever it is asked for, the server says its time. */
function timeless(view: Json): Json {
  return { ...view, server_ms: null };
}

function entriesOf({ ledger, fresh }: Story, { name, looker, entries }: Viewer): Findings {
  const due = ledger.filter((entry) => maySee(looker, factsOf(entry)));
  const now = fresh.get(name);
  const from = now?.from ?? 0;
  const dueNow = due.filter((entry) => Number(entry['sequence_index']) >= from);
  const wrong = due.flatMap((entry) => {
    const index = Number(entry['sequence_index']);
    const digest = entries.get(index)?.digest;
    if (digest === undefined) return [`${name} lacks entry ${index}`];
    return digest === digestOf(entry) ? [] : [`${name} has another entry ${index} than ${JSON.stringify(entry)}`];
  });
  return [
    ...wrong,
    ...(entries.size === due.length ? [] : [`${name} has ${entries.size} entries, and may see ${due.length}`]),
    ...(isDeepStrictEqual(now?.entries, dueNow) ? [] : [`a fresh socket gives ${name} other entries`]),
  ];
}
