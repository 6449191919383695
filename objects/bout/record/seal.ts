import {
  type BoutState,
  type DeviceKey,
  type DeviceRecord,
  sealFacts,
  sealPayload,
} from '../../../domain/bout/index.ts';
import { type Actor, decodeLeaf, type Entry } from '../../../domain/ledger/index.ts';
import { ok, type Outcome, type Refusal, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import { type BoutContext, openForWriting } from '../context.ts';
import { Postponed } from '../jobs/table.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Content, mutate } from '../mutate.ts';
import { verifyUpTo } from '../reads/verdicts.ts';
import type { Delivery } from '../replies.ts';
import { readEntries } from '../ledger/store.ts';
import { within } from '../../within.ts';

export type SealInput = {
  /** What devices have not delivered is given up, and the seal says so. */
  readonly declareMissing: boolean;
  readonly reason: string | null;
  readonly eventId: string | null;
};

const KEYS_MS = 5_000;

/**
 * Closes the ledger: the last entry says how many there are, what each device has delivered, and by which key its
 * signatures are checked. The keys are asked for before the transaction, which cannot wait; a device that pairs in between
 * has written nothing here.
 */
export async function seal(context: BoutContext, caller: Caller, input: SealInput): Promise<Outcome<Delivery>> {
  return await sealAs(context, caller, null, input);
}

const SYSTEM: Actor = { subject: 'system', role: 'system', seat: null, device: null };

/** Nobody's token: it reaches this bout because the bout itself asks. What it writes is signed with `SYSTEM`. */
const ITSELF: Caller = {
  subject: SYSTEM.subject,
  role: 'admin',
  seat: null,
  device: null,
  boutId: null,
  cardId: null,
  corners: null,
  aspects: null,
  tokenId: '',
  expiresMs: Number.MAX_SAFE_INTEGER,
};

/** The seal that nobody put: devices have had their time, and what they did not deliver is declared undelivered. */
export async function sealInTime(context: BoutContext): Promise<void> {
  const state = context.ledger?.state ?? null;
  // Sealed by a person meanwhile, or by this job in a run that a crash ended before its row was gone.
  if (state === null || state.sealed !== null || state.result?.status !== 'official') return;
  const reason = 'sealed by itself after the time that devices have to deliver';
  const outcome = await sealAs(context, ITSELF, SYSTEM, { declareMissing: true, reason, eventId: null });
  // A damaged ledger is not sealed, whoever asks; somebody has to mend it.
  if (!outcome.ok && outcome.code !== 'sealed') throw new Postponed(outcome.detail);
}

async function sealAs(
  context: BoutContext,
  caller: Caller,
  actor: Actor | null,
  { eventId, ...body }: SealInput,
): Promise<Outcome<Delivery>> {
  const open = openForWriting(context, caller);
  if (!open.ok) return open;
  const keys = await deviceKeys(context, open.value.state.config.cardId);
  if (!keys.ok) return keys;
  const request = { name: 'seal', eventId, body };
  return mutate(context, caller, request, (state, _receivedMs, { ledger }) => {
    const ready = checkReady(context, ledger, state);
    if (!ready.ok) return ready;
    const facts = sealFacts(allEntries(ledger));
    const missing = facts.devices.filter((device) => device.missing.length > 0);
    if (missing.length > 0 && !body.declareMissing) return refuseMissing(missing);
    const payload = sealPayload(state, facts, {
      keys: keys.value,
      declared: body.declareMissing,
      reason: body.reason,
    });
    return ok<Content>({ kind: 'seal', payload, ...(actor === null ? {} : { actor }) });
  });
}

function checkReady(context: BoutContext, ledger: Ledger, state: BoutState): Outcome<true> {
  if (state.sealed !== null) return refuse('sealed', 'The record of this bout is sealed.', 'bout_id');
  if (state.result?.status !== 'official') {
    return refuse('conflict', 'A bout is sealed once its result is official.', 'bout_id');
  }
  // Nothing follows a seal, so it must not stand over bytes that no checkpoint can be signed over.
  const { fault } = verifyUpTo(context.boutId, ledger, null);
  if (fault === null) return ok(true);
  ledger.fault ??= { index: fault.index, detail: fault.detail };
  return refuse('unavailable', `The ledger does not check out from entry ${fault.index} on; it is not sealed.`);
}

function* allEntries(ledger: Ledger): Generator<Entry> {
  for (const { leaf } of readEntries(ledger.storage.sql, 0)) {
    const decoded = decodeLeaf(leaf);
    if (!decoded.ok) throw new Error(`an entry that was verified cannot be read: ${decoded.detail}`);
    yield decoded.value;
  }
}

/** So many are named; the rest is a number. */
const MAX_NAMED = 5;

function refuseMissing(devices: readonly DeviceRecord[]): Refusal {
  const named = devices.slice(0, MAX_NAMED).map(({ device, missing }) => {
    const [first] = missing;
    const from = first === undefined ? '' : first[0] === first[1] ? `${first[0]}` : `${first[0]} to ${first[1]}`;
    return `'${device}' (number ${from}${missing.length > 1 ? ' and others' : ''})`;
  });
  const more = devices.length > MAX_NAMED ? ` and ${devices.length - MAX_NAMED} more` : '';
  const detail = `Not everything has arrived from ${named.join(', ')}${more}; wait for it, or declare it missing.`;
  return refuse('conflict', detail, 'declare_missing');
}

/** By device id, of the devices that were ever paired for the bout's card. */
async function deviceKeys(
  { env }: BoutContext,
  cardId: string | null,
): Promise<Outcome<ReadonlyMap<string, DeviceKey>>> {
  if (cardId === null) return ok(new Map());
  try {
    const keys = await within(KEYS_MS, 'the card', env.CARD.getByName(cardId).deviceKeys());
    return ok(new Map(keys.map(({ deviceId, key }) => [deviceId, { ...key }])));
  } catch (error) {
    console.error(JSON.stringify({ at: 'seal', card: cardId, error: String(error) }));
    return refuse('unavailable', 'The card, which knows the devices’ keys, does not answer; seal the bout again.');
  }
}
