import { SEAL_TYPE, sealFacts, sealPayload } from '../../bout/index.ts';
import {
  canonicalJson,
  integerOf,
  isLeafRecord,
  type LeafObject,
  listOf,
  objectOf,
  textOf,
  truthOf,
} from '../../ledger/index.ts';
import { type BoutRecord, entriesBetween, entryAt } from '../record.ts';
import type { DeviceFacts, Findings } from './report.ts';

/** The payload of the bout's seal, and when it was set. */
export type Seal = { readonly payload: LeafObject; readonly sealedMs: number };

/** The seal, where there is one; what it states is counted again from the entries before it. */
export function verifySeal(record: BoutRecord, file: string, findings: Findings): Seal | null {
  const { rows, state } = record;
  const index = rows.length - 1;
  const last = entryAt(record, index);
  if (last?.kind !== 'seal' || textOf(last.payload, 'type') !== SEAL_TYPE) {
    const detail = `the last entry, ${index}, is no seal: the bout may have gone on, or its end may have been cut off`;
    findings.add('not_sealed', file, index, detail);
    return null;
  }
  const said = last.payload;
  const devices = listOf(said, 'devices').filter(isLeafRecord);
  const counted = sealPayload(state, sealFacts(entriesBetween(record, 0, index - 1)), {
    keys: new Map(devices.flatMap((device) => keyOf(device))),
    declared: devices.some((device) => truthOf(device, 'declared')),
    reason: textOf(said, 'reason'),
  });
  for (const name of new Set([...Object.keys(counted), ...Object.keys(said)])) {
    // What the request asked for, by which a repeat of it is told; every mutation has it, and nothing is counted by it.
    if (name === 'claim_hash') continue;
    const [is, was] = [counted[name] ?? null, said[name] ?? null];
    if (canonicalJson(is) === canonicalJson(was) && Object.hasOwn(said, name)) continue;
    findings.add('seal_differs', file, index, `the seal states ${name} ${short(was)}, the entries give ${short(is)}`);
  }
  return { payload: said, sealedMs: last.receivedMs };
}

function keyOf(device: LeafObject): readonly (readonly [string, LeafObject])[] {
  const key = objectOf(device, 'key');
  return key === null ? [] : [[textOf(device, 'device_id') ?? '', key]];
}

function short(value: Parameters<typeof canonicalJson>[0]): string {
  const text = canonicalJson(value);
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}

/** The devices as a seal has them. */
export function devicesOf(payload: LeafObject): DeviceFacts[] {
  return listOf(payload, 'devices')
    .filter(isLeafRecord)
    .map((device) => {
      const missingRuns = listOf(device, 'missing').flatMap(runIn);
      return {
        device: textOf(device, 'device_id') ?? '',
        entries: integerOf(device, 'entries') ?? 0,
        lastSeq: integerOf(device, 'last_seq'),
        missing: missingRuns.reduce((sum, [from, to]) => sum + to - from + 1, 0),
        missingRuns,
        declared: truthOf(device, 'declared'),
      };
    });
}

function runIn(run: unknown): readonly (readonly [number, number])[] {
  const [from, to]: readonly unknown[] = Array.isArray(run) ? run : [];
  return typeof from === 'number' && typeof to === 'number' ? [[from, to]] : [];
}
