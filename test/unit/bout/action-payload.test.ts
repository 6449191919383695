import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseAction } from '../../../domain/actions/index.ts';
import { actionOf, actionPayloadJson, actionToLeaf, understood } from '../../../domain/bout/index.ts';
import { canonicalJson, type Entry, type LeafObject } from '../../../domain/ledger/index.ts';
import { valueOf } from '../support/book.ts';

const id = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,64}$/);
const spoken = fc.constantFrom<readonly [string, LeafObject]>(
  ['Jab', { significant: true, target: 'head' }],
  ['SS Hook', {}],
  ['KD', { tier: 'Hard' }],
  ['Submission Attempt', { quality: 'Near-Finish' }],
  ['Control Start', { control: 'Cage', backfill_ms: 10_000 }],
  ['Takedown Landed', {}],
);
const words = fc.record({
  claim: fc.record({
    judgeId: id,
    fighterId: id,
    eventType: fc.stringMatching(/^[ -{}~]{1,64}$/),
    deviceId: id,
    metadataExtra: fc.option(fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify({ text }))),
  }),
  spoken,
  note: fc.option(fc.string({ unit: 'grapheme' })),
});

function meant([eventType, said]: readonly [string, LeafObject], note: string | null) {
  const metadata = note === null ? said : { ...said, note };
  return understood(valueOf(normaliseAction(eventType, metadata)).action, metadata);
}

function entryWith(payload: LeafObject): Entry {
  const none = { round: 1, clockMs: 0, clockSource: null, deviceEpoch: null, deviceSeq: null, signature: null };
  const actor = { subject: 'olga', role: 'operator', seat: null, device: null } as const;
  const hashes = { eventHash: null, prevChainHash: '0'.repeat(64) };
  return {
    ...none,
    ...hashes,
    index: 1,
    eventId: 'e',
    kind: 'action',
    actor,
    flags: [],
    timestampMs: 0,
    receivedMs: 0,
    payload,
  };
}

describe('the payload of an action', () => {
  it('put together as text is the canonical JSON of the same payload, whatever its words', () => {
    fc.assert(
      fc.property(words, ({ claim, spoken, note }) => {
        const meaning = meant(spoken, note);
        const whole = { ...claim, metadata: meaning.metadata };
        expect(actionPayloadJson(whole, meaning)).toBe(canonicalJson(actionToLeaf(whole, meaning.leaf)));
      }),
    );
  });

  it('gives the same action read back from its bytes as the one that it was made from', () => {
    fc.assert(
      fc.property(words, ({ claim, spoken, note }) => {
        const meaning = meant(spoken, note);
        const payload = actionToLeaf({ ...claim, metadata: meaning.metadata }, meaning.leaf);
        const copy: LeafObject = JSON.parse(JSON.stringify(payload));
        expect(actionOf(entryWith(payload))).toEqual(meaning.action);
        expect(actionOf(entryWith(copy))).toEqual(meaning.action);
      }),
    );
  });
});
