import { type Decoded, isBag, number, object, parseJson, text } from '../wire/decode.ts';
import { dropReceipts } from './receipts.ts';
import { type Database, forget, keep, kept, openStore } from './store.ts';

const decodePaired = object({
  cardId: text,
  deviceId: text,
  deviceEpoch: number,
  token: text,
  /** By this device's own calendar: its receipt and the token's length, whatever the calendar says. */
  goodUntilMs: number,
  /** The time of the last renewal, by the server's clock as well as this device knew it. */
  renewedAtMs: number,
});

/** This device's place on a card, as it lies on the device. Its key never leaves the browser. */
export type Paired = Decoded<typeof decodePaired>;

const PLACE = 'paired';
const PLACE_KEY = 'paired';

export async function readPaired(): Promise<Paired | null> {
  return (await kept(PLACE, decodePaired)) ?? null;
}

/** The answer to a claim or a renewal, told as of now. */
export function pairedFrom(body: unknown, renewedAtMs: number): Paired | null {
  const answer = decodeAnswer(body);
  if (answer === undefined) return null;
  return {
    cardId: answer.card_id,
    deviceId: answer.device_id,
    deviceEpoch: answer.device_epoch,
    token: answer.token,
    goodUntilMs: Date.now() + Math.max(0, lifeMsOf(answer.token, Date.parse(answer.expires_at))),
    renewedAtMs,
  };
}

const decodeAnswer = object({ token: text, expires_at: text, card_id: text, device_id: text, device_epoch: number });

/** A token's whole life, which needs no calendar; a claim that is answered again may bring one that is nearly over. */
function lifeMsOf(token: string, expiresMs: number): number {
  const payload = parseJson(atobOrEmpty(token.split('.')[1] ?? ''));
  const issuedS = isBag(payload) && typeof payload.iat === 'number' ? payload.iat : null;
  return issuedS === null || !Number.isFinite(expiresMs) ? 0 : expiresMs - issuedS * 1_000;
}

function atobOrEmpty(encoded: string): string {
  try {
    return atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}

/**
 * Takes a place with its key: both or neither, whenever the page dies. Another place's key under this one's name would
 * make false signatures.
 * @throws where the device has no room for it
 */
export async function takePlace(database: Database, paired: Paired, pair: CryptoKeyPair): Promise<void> {
  const transaction = database.transaction(['keys', 'kept'], 'readwrite');
  await transaction.objectStore('keys').put(pair, PLACE_KEY);
  await transaction.objectStore('kept').put(paired, PLACE);
  await transaction.done;
}

/** The key of this device's place; null where the device has another place by now, or none. */
export async function readKey(deviceId: string): Promise<CryptoKey | null> {
  const transaction = (await openStore())?.transaction(['keys', 'kept']);
  const place = decodePaired(await transaction?.objectStore('kept').get(PLACE));
  if (transaction === undefined || place?.deviceId !== deviceId) return null;
  return (await transaction.objectStore('keys').get(PLACE_KEY))?.privateKey ?? null;
}

/** The device gives its place up, its receipts with it; what is unsent stays until its owner sends it. */
export async function forgetDevice(): Promise<void> {
  await forget(PLACE);
  await (await openStore())?.delete('keys', PLACE_KEY).catch(() => undefined);
  await dropReceipts();
}

type Renewal =
  | { readonly outcome: 'renewed'; readonly paired: Paired }
  /** No answer: the old token may still do. */
  | { readonly outcome: 'unanswered' }
  /** Withdrawn, or the night is over. */
  | { readonly outcome: 'refused' };

/**
 * A new token by this device's signature. Tabs take turns: a signature is good once, and the second tab finds what
 * the first one got.
 */
export async function renewPaired(known: Paired): Promise<Renewal> {
  return await navigator.locks.request('fightjudge-renew', async (): Promise<Renewal> => {
    const stored = await readPaired();
    if (stored !== null && stored.deviceId === known.deviceId && stored.token !== known.token) {
      return { outcome: 'renewed', paired: stored };
    }
    const pair = await (await openStore())?.get('keys', PLACE_KEY);
    if (pair === undefined) return { outcome: 'refused' };
    const first = await ask(known, pair, Math.max(Math.round(Date.now()), known.renewedAtMs + 1));
    if (first.kind !== 'wrong_time') return await settle(first);
    return await settle(await ask(known, pair, first.serverMs));
  });
}

type Asked =
  | { readonly kind: 'answered'; readonly paired: Paired }
  | { readonly kind: 'wrong_time'; readonly serverMs: number }
  | { readonly kind: 'refused' | 'unanswered' };

async function settle(asked: Asked): Promise<Renewal> {
  if (asked.kind === 'answered') {
    // Before it is used: a tab that dies here leaves the next one a token that is good.
    await keep(PLACE, asked.paired);
    return { outcome: 'renewed', paired: asked.paired };
  }
  return { outcome: asked.kind === 'refused' ? 'refused' : 'unanswered' };
}

async function ask({ cardId, deviceId }: Paired, pair: CryptoKeyPair, atMs: number): Promise<Asked> {
  const words = new TextEncoder().encode(`fightjudge-renew|${cardId}|${deviceId}|${atMs}`);
  const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, words);
  let status: number;
  let body: unknown;
  try {
    const response = await fetch('/api/pairings/renew', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ card_id: cardId, device_id: deviceId, at_ms: atMs, signature: base64Url(signed) }),
      signal: AbortSignal.timeout(10_000),
    });
    status = response.status;
    body = parseJson(await response.text());
  } catch {
    return { kind: 'unanswered' };
  }
  if (status === 200) {
    const paired = pairedFrom(body, atMs);
    return paired === null ? { kind: 'unanswered' } : { kind: 'answered', paired };
  }
  // The refusal says what time it is there; a device whose calendar is off signs that.
  if (status === 400 || status === 409) {
    const told = isBag(body) && typeof body.detail === 'string' ? /time here is (\d{13})/.exec(body.detail)?.[1] : null;
    return { kind: 'wrong_time', serverMs: told == null ? atMs + 1_000 : Number(told) };
  }
  return { kind: status === 401 || status === 403 ? 'refused' : 'unanswered' };
}

export function base64Url(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
