import type { Evidence, Story } from '../run/chapter.ts';
import type { Journal, Parcel } from '../run/journal.ts';
import type { Json } from '../run/reply.ts';
import { chainHashOf, eventHashOf, NOTHING_BEFORE } from './leaf.ts';

/** What is wrong, in words; empty where nothing is. */
export type Findings = readonly string[];

function parcelsOf({ sent }: Journal, boutId: string, kind: Parcel['kind']): readonly Parcel[] {
  return [...sent.values()].filter((parcel) => parcel.boutId === boutId && parcel.kind === kind);
}

function idOf(entry: Json): string {
  return String(entry['event_id']);
}

/** Everything was answered, and with nothing but receipts and planned refusals. */
export function answers({ journal }: Evidence): Findings {
  const { sent, receipts, refused, oddities } = journal;
  const unanswered = [...sent.keys()].filter((id) => !receipts.has(id) && !refused.has(id));
  return [...oddities, ...unanswered.map((id) => `${id} was never answered`)];
}

/** The set of stored actions is the set of those that were sent and not refused, each once. */
export function stored({ journal, stories }: Evidence): Findings {
  return stories.flatMap(({ boutId, events }) => {
    const ids = events.map(idOf);
    const there = new Set(ids);
    const wanted = parcelsOf(journal, boutId, 'action').filter(({ id }) => !journal.refused.has(id));
    const wantedIds = new Set(wanted.map(({ id }) => id));
    return [
      ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} is stored twice`),
      ...[...wantedIds].filter((id) => !there.has(id)).map((id) => `${id} is not stored`),
      ...[...there].filter((id) => !wantedIds.has(id)).map((id) => `${id} is stored and should not be`),
      ...repeated(events.map((event) => String(event['event_hash']))).map(
        (hash) => `two actions have the hash ${hash}`,
      ),
    ];
  });
}

/** Every receipt stands, and indices follow the order in which they were acknowledged. */
export function receipts({ journal, stories }: Evidence): Findings {
  return stories.flatMap(({ boutId, ledger }) => {
    const byId = new Map(ledger.map((entry) => [idOf(entry), entry]));
    return [...journal.receipts].flatMap(([id, receipt]) => {
      const parcel = journal.sent.get(id);
      if (parcel === undefined || parcel.boutId !== boutId) return [];
      const entry = byId.get(parcel.kind === 'twin' ? (parcel.of ?? '') : id);
      if (entry === undefined) return [`${id} was acknowledged as ${receipt.index} and is not in the ledger`];
      const { sequence_index: index, event_hash: eventHash, chain_hash: chainHash } = entry;
      const same = index === receipt.index && eventHash === receipt.eventHash && chainHash === receipt.chainHash;
      const floor = parcel.kind === 'twin' ? -1 : (journal.floors.get(id) ?? -1);
      return [
        ...(same ? [] : [`${id} was acknowledged as ${JSON.stringify(receipt)}, and is ${String(index)}`]),
        ...(receipt.index > floor ? [] : [`${id} is ${receipt.index}, and was sent after ${floor} was acknowledged`]),
      ];
    });
  });
}

/** What was taken back is taken back, and nothing else. */
export function undone({ journal, stories }: Evidence): Findings {
  return stories.flatMap(({ boutId, events }) => {
    const taken = new Set(parcelsOf(journal, boutId, 'undo').map(({ of }) => of));
    return events
      .filter((event) => event['voided'] !== taken.has(idOf(event)))
      .map((event) => `${idOf(event)} is ${event['voided'] === true ? '' : 'not '}taken back`);
  });
}

/** No entry is missing, none is there that nobody made, and each one's bytes give the hash that the next one names. */
export function chain({ journal, stories }: Evidence): Findings {
  return stories.flatMap((story) => [
    ...verdict(story),
    ...links(story),
    ...story.ledger.filter((entry) => !isExplained(story, journal, entry)).map((entry) => `nobody made ${idOf(entry)}`),
    ...repeated(story.ledger.map(idOf)).map((id) => `${id} is in the ledger twice`),
  ]);
}

function verdict({ boutId, verdict: found, cursor, events }: Story): Findings {
  const good =
    found['chain_valid'] === true &&
    found['fault'] === null &&
    found['total_events'] === events.length &&
    found['verified_entries'] === cursor;
  return good ? [] : [`${boutId}, ${cursor} entries, verifies as ${JSON.stringify(found)}`];
}

function links({ boutId, ledger, cursor }: Story): Findings {
  const findings: string[] = [];
  let before = NOTHING_BEFORE;
  for (const [i, entry] of ledger.entries()) {
    if (entry['sequence_index'] !== i) findings.push(`entry ${String(entry['sequence_index'])} stands at ${i}`);
    if (chainHashOf(entry, before) !== entry['chain_hash']) findings.push(`entry ${i} has another chain hash`);
    const isAction = entry['kind'] === 'action';
    const eventHash = isAction ? eventHashOf(entry, boutId) : null;
    if (entry['event_hash'] !== eventHash) findings.push(`entry ${i} has another event hash`);
    before = String(entry['chain_hash']);
  }
  return ledger.length === cursor
    ? findings
    : [...findings, `${boutId} has ${cursor} entries, ${ledger.length} were sent`];
}

/** What the product writes of its own accord: joinings, and notes under the ids of what it refused or recognised. */
function isExplained({ boutId }: Story, { sent, refused }: Journal, entry: Json): boolean {
  const id = idOf(entry);
  const parcel = sent.get(id);
  switch (entry['kind']) {
    case 'action':
      return parcel?.kind === 'action';
    case 'void':
      return parcel?.kind === 'undo';
    case 'note':
      return parcel?.kind === 'twin' || refused.has(id);
    case 'session':
      return true;
    case 'config':
      return id === `create-${boutId}`;
    default:
      return parcel?.kind === 'official' || id === `${boutId}-bell` || id === `${boutId}-over`;
  }
}

/** Bouts that were made on the side are there, and in the list. */
export function made({ journal, made: boutIds, unlisted }: Evidence): Findings {
  return [
    ...boutIds.filter((boutId) => !journal.receipts.has(`create-${boutId}`)).map((boutId) => `${boutId} is not there`),
    ...unlisted.map((boutId) => `${boutId} is not in the list`),
  ];
}

function repeated(list: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return list.filter((one) => seen.size === seen.add(one).size);
}
