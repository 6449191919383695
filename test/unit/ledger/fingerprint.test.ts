import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainHash, eventHash, fingerprint, isHash, roundedMs, ZERO_HASH } from '../../../domain/ledger/index.ts';
import type { Claim } from '../../../domain/ledger/index.ts';
import { eventType, id, sha256 } from './support.ts';

const example: Claim = {
  boutId: 'bout_123',
  round: 1,
  judgeId: 'JUDGE001',
  fighterId: 'fighter1',
  eventType: 'Jab',
  timestampMs: 1_234_567_890_127,
  deviceId: 'device_xyz',
};

const claim: fc.Arbitrary<Claim> = fc.record({
  boutId: id,
  round: fc.nat({ max: 20 }),
  judgeId: id,
  fighterId: id,
  eventType,
  timestampMs: fc.oneof(fc.nat({ max: 30 }), fc.maxSafeNat()),
  deviceId: id,
});

describe('the fingerprint', () => {
  it('joins the documented fields as received', () => {
    expect(fingerprint(example)).toBe('bout_123|1|JUDGE001|fighter1|Jab|1234567890120|device_xyz');
    expect(eventHash(sha256, example)).toBe(sha256('bout_123|1|JUDGE001|fighter1|Jab|1234567890120|device_xyz'));
  });

  it('has one reading: no two different claims share it', () => {
    fc.assert(
      fc.property(claim, claim, (one, other) => {
        const same = JSON.stringify({ ...one, timestampMs: roundedMs(one.timestampMs) });
        const equal = same === JSON.stringify({ ...other, timestampMs: roundedMs(other.timestampMs) });
        expect(fingerprint(one) === fingerprint(other)).toBe(equal);
      }),
    );
  });

  it('rounds down to 10 ms, on both sides of 1970', () => {
    expect([0, 9, 10, 19, -1, -10, -11].map(roundedMs)).toEqual([0, 0, 10, 10, -10, -10, -20]);
    expect(Object.is(roundedMs(-0), 0)).toBe(true);
    const inRange = fc.integer({ min: -(2 ** 53) + 11, max: 2 ** 53 - 1 });
    fc.assert(
      fc.property(inRange, (ms) => {
        const rounded = roundedMs(ms);
        expect(BigInt(ms) - BigInt(rounded)).toBe(((BigInt(ms) % 10n) + 10n) % 10n);
      }),
    );
  });
});

describe('the chain hash', () => {
  it('is the RFC 6962 leaf hash of the bytes', () => {
    // The leaf hash of the empty string, as RFC 6962 test vectors give it.
    expect(chainHash(sha256, '')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it('begins at 64 zeros', () => {
    expect(isHash(ZERO_HASH)).toBe(true);
    expect([ZERO_HASH.slice(1), ZERO_HASH.replace('0', 'A'), 0, null].some(isHash)).toBe(false);
  });
});
