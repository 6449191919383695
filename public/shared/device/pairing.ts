import { object, text } from '../wire/decode.ts';
import { type ApiAnswer, verdictOf } from '../wire/api.ts';
import { backoffMs, chance } from '../live/backoff.ts';
import { parseJson } from '../wire/decode.ts';
import { type Claims, readClaims } from './claims.ts';
import { pairedFrom, takePlace } from './paired.ts';
import { type Database, forget, keep, kept, openStore } from './store.ts';

export { forgetDevice } from './paired.ts';

const CLAIM = 'claim';
const CLAIM_KEY = 'claim';
const decodeClaim = object({ code: text, deviceId: text });

export type ClaimOptions = {
  /** How long to go on asking while no answer comes. */
  readonly patienceMs?: number;
  /** Told once, when the first attempt has found no server. */
  readonly onWaiting?: () => void;
};

/**
 * Takes the place that a one-time code stands for. The key pair is stored before the code leaves, so that a device
 * whose answer was lost, or whose page died, asks again as the same device and gets the same place.
 */
export async function claimPairing(code: string, options: ClaimOptions = {}): Promise<ApiAnswer<Claims>> {
  const database = await openStore();
  // Without a store the place would be lost with the page, and the code with it.
  if (database === null) return NO_STORAGE;
  try {
    return await claimInto(database, code, options);
  } catch {
    // No room on the device, before the code left or after: whoever makes room takes the place by the same code.
    return NO_STORAGE;
  }
}

/** @throws where the device stores nothing more */
async function claimInto(database: Database, code: string, options: ClaimOptions): Promise<ApiAnswer<Claims>> {
  const begun = await kept(CLAIM, decodeClaim);
  let pair = begun?.code === code ? await database.get('keys', CLAIM_KEY) : undefined;
  let deviceId = begun?.code === code ? begun.deviceId : '';
  if (pair === undefined) {
    pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    deviceId = `dev_${crypto.randomUUID()}`;
    await database.put('keys', pair, CLAIM_KEY);
    if (!(await keep(CLAIM, { code, deviceId }))) return NO_STORAGE;
  }
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const body = JSON.stringify({ code, device_id: deviceId, public_key: { kty, crv, x, y } });
  const answer = await askUntilAnswered(body, options);
  if (!answer.ok) return answer;
  const paired = pairedFrom(answer.value, Date.now());
  const claims = paired === null ? null : readClaims(paired.token);
  if (paired === null || claims === null) return { ok: false, failure: { kind: 'unreachable' } };
  await takePlace(database, paired, pair);
  await forget(CLAIM);
  return { ok: true, value: claims };
}

async function askUntilAnswered(body: string, { patienceMs = 60_000, onWaiting }: ClaimOptions) {
  const untilMs = performance.now() + patienceMs;
  for (let failures = 1; ; failures += 1) {
    const verdict = await ask(body);
    if (verdict !== null) return verdict;
    if (failures === 1) onWaiting?.();
    const waitMs = backoffMs(failures, chance());
    if (performance.now() + waitMs > untilMs) return { ok: false, failure: { kind: 'unreachable' } } as const;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

async function ask(body: string) {
  try {
    const response = await fetch('/api/pairings/claim', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    return verdictOf(response.status, parseJson(await response.text()));
  } catch {
    return null;
  }
}

const NO_STORAGE: ApiAnswer<never> = {
  ok: false,
  failure: { kind: 'problem', status: 0, code: 'no_storage', detail: '', errors: [] },
};
