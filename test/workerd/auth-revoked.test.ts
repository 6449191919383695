import { describe, expect, it } from 'vitest';
import { ZERO_HASH } from '../../domain/ledger/index.ts';
import type { ReadTo, RevokedSince } from '../../objects/platform/index.ts';
import { createRevokedTokens, type RevocationSource } from '../../workers/auth/revoked.ts';

const START = 1_000_000;
const NEVER = Number.MAX_SAFE_INTEGER;

/** A platform object that can be out of reach, and what it was asked. */
function platform(): {
  source: RevocationSource;
  asked: ReadTo[];
  answer: { tokens: { tokenId: string; expiresMs: number }[]; whole: boolean; down: boolean };
} {
  const asked: ReadTo[] = [];
  const answer = { tokens: [{ tokenId: 'old', expiresMs: NEVER }], whole: true, down: false };
  const revoked = (readTo: ReadTo): Promise<RevokedSince> => {
    asked.push(readTo);
    if (answer.down) return Promise.reject(new Error('out of reach'));
    return Promise.resolve({ ...answer, readTo: { entries: asked.length, head: 'h' } });
  };
  return { source: { revoked }, asked, answer };
}

function isolate(source: RevocationSource) {
  const tokens = createRevokedTokens();
  const background: Promise<unknown>[] = [];
  const ask = async (tokenId: string, nowMs: number) => {
    const outcome = await tokens.isRevoked(tokenId, source, nowMs, (work) => background.push(work));
    return outcome.ok ? outcome.value : outcome.code;
  };
  return { tokens, background, ask };
}

describe('the revoked tokens that an isolate knows', () => {
  it('are loaded before the first answer, and read on from there', async () => {
    const { source, asked, answer } = platform();
    const { ask } = isolate(source);
    expect(await ask('old', START)).toBe(true);
    expect(await ask('new', START)).toBe(false);
    answer.tokens = [{ tokenId: 'new', expiresMs: NEVER }];
    answer.whole = false;
    expect(await ask('new', START + 10_000)).toBe(true);
    expect(await ask('old', START + 10_000)).toBe(true);
    expect(asked).toEqual([
      { entries: 0, head: ZERO_HASH },
      { entries: 1, head: 'h' },
    ]);
  });

  it('are refreshed beside requests from five seconds on, once, and before a request from ten seconds on', async () => {
    const { source, asked, answer } = platform();
    const { ask, background } = isolate(source);
    await ask('x', START);
    await ask('x', START + 4_999);
    expect(asked).toHaveLength(1);
    answer.tokens = [{ tokenId: 'x', expiresMs: NEVER }];
    expect(await ask('x', START + 5_000)).toBe(false);
    expect(background).toHaveLength(1);
    await Promise.all(background);
    expect(await ask('x', START + 5_001)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('that slept for long waits: no revocation older than ten seconds is missed', async () => {
    const { source, answer } = platform();
    const { ask } = isolate(source);
    await ask('x', START);
    answer.tokens = [{ tokenId: 'x', expiresMs: NEVER }];
    expect(await Promise.all([ask('x', START + 60_000), ask('x', START + 60_000)])).toEqual([true, true]);
  });

  it('stay in force while the platform is out of reach, without a wait for every request', async () => {
    const { source, asked, answer } = platform();
    const { ask } = isolate(source);
    await ask('old', START);
    answer.down = true;
    expect(await ask('old', START + 20_000)).toBe(true);
    expect(await ask('other', START + 20_001)).toBe(false);
    expect(asked).toHaveLength(2);
    await ask('other', START + 25_001);
    expect(asked).toHaveLength(3);
  });

  it('that were never loaded let nobody in', async () => {
    const { source, answer } = platform();
    const { ask } = isolate(source);
    answer.down = true;
    expect(await ask('x', START)).toBe('unavailable');
    answer.down = false;
    expect(await ask('x', START + 1)).toBe(false);
  });

  it('are forgotten with their expiry, and all at once where the platform begins anew', async () => {
    const { source, answer } = platform();
    const { ask, tokens } = isolate(source);
    answer.tokens = [{ tokenId: 'short', expiresMs: START + 15_000 }];
    expect(await ask('short', START)).toBe(true);
    tokens.note('noted', START + 60_000);
    expect(await ask('noted', START)).toBe(true);
    answer.tokens = [];
    answer.whole = false;
    expect(await ask('short', START + 15_000)).toBe(false);
    expect(await ask('noted', START + 15_000)).toBe(true);
    answer.whole = true;
    expect(await ask('noted', START + 30_000)).toBe(false);
  });

  it('are stale at once where the clock went back: then nobody knows how old they are', async () => {
    const { source, asked, answer } = platform();
    const { ask } = isolate(source);
    await ask('x', START);
    answer.tokens = [{ tokenId: 'x', expiresMs: NEVER }];
    expect(await ask('x', START - 1)).toBe(true);
    expect(asked).toHaveLength(2);
    // What was read then is as old as the clock now says.
    await ask('x', START + 4_998);
    expect(asked).toHaveLength(2);
  });

  it('stay in force where the clock went back while the platform is out of reach, tried once in five seconds', async () => {
    const { source, asked, answer } = platform();
    const { ask } = isolate(source);
    await ask('old', START);
    answer.down = true;
    expect(await ask('old', START + 20_000)).toBe(true);
    expect(await ask('other', START - 1_000)).toBe(false);
    expect(await ask('old', START - 1_000)).toBe(true);
    expect(asked).toHaveLength(3);
    await ask('old', START + 3_999);
    expect(asked).toHaveLength(3);
    answer.down = false;
    await ask('old', START - 2_000);
    expect(asked).toHaveLength(4);
  });
});

describe('a token that is surely not revoked', () => {
  it('is one that a set younger than five seconds lacks', async () => {
    const { source } = platform();
    const { ask, tokens } = isolate(source);
    expect(tokens.surelyNot('x', START)).toBe(false);
    await ask('x', START);
    expect(tokens.surelyNot('x', START)).toBe(true);
    expect(tokens.surelyNot('x', START + 4_999)).toBe(true);
    expect(tokens.surelyNot('x', START + 5_000)).toBe(false);
    expect(tokens.surelyNot('x', START - 1)).toBe(false);
    expect(tokens.surelyNot('old', START)).toBe(false);
  });

  it('is none that was just revoked here, and none of a set that never came', async () => {
    const { source, answer } = platform();
    const { ask, tokens } = isolate(source);
    answer.down = true;
    await ask('x', START);
    expect(tokens.surelyNot('x', START)).toBe(false);
    answer.down = false;
    await ask('x', START);
    tokens.note('x', NEVER);
    expect(tokens.surelyNot('x', START)).toBe(false);
    expect(tokens.surelyNot('y', START)).toBe(true);
  });
});
