import { COSIGNATURE, parseVerifierKey, type VerifierKey } from '../../../domain/log/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';

/** Somebody who cosigns checkpoints only of a log that continues what they saw last (c2sp.org/tlog-witness). */
export type Witness = {
  /** What `add-checkpoint` is put after. */
  readonly url: string;
  readonly key: VerifierKey;
};

/** Reads WITNESSES: a JSON array of `{url, key}`, the key a verifier key of type 4. Empty where it is not set. */
export function readWitnesses(text: string | undefined): Outcome<readonly Witness[]> {
  if (text === undefined || text.trim() === '') return ok([]);
  const list = parsed(text);
  if (!Array.isArray(list)) return refuse('unavailable', 'WITNESSES is not a JSON array.');
  const witnesses = list.map(readWitness);
  const bad = witnesses.findIndex((one) => one === null);
  if (bad >= 0) return refuse('unavailable', `WITNESSES[${bad}] is not {url, key} with a key that cosigns (type 4).`);
  const whole = witnesses.filter((one) => one !== null);
  if (new Set(whole.map(({ key }) => key.name)).size < whole.length) {
    return refuse('unavailable', 'WITNESSES names a witness twice.');
  }
  return ok(whole);
}

function readWitness(value: unknown): Witness | null {
  const members = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const [url, keyText] = [members.get('url'), members.get('key')];
  if (typeof url !== 'string' || typeof keyText !== 'string' || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    return null;
  }
  const key = parseVerifierKey(keyText);
  return key.ok && key.value.type === COSIGNATURE ? { url: url.replace(/\/+$/, ''), key: key.value } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
