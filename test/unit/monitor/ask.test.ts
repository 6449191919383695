import { describe, expect, it } from 'vitest';
import { ask } from '../../../workers/monitor/ask.ts';

describe('asking a part', () => {
  it('gives its answer and how long that took', async () => {
    expect(await ask(async () => 7)).toEqual({ ok: true, value: 7, ms: expect.any(Number) });
  });

  it('waits for one that hangs no longer than the limit', async () => {
    const hanging = async () => await new Promise<never>(() => undefined);
    expect(await ask(hanging, 5)).toEqual({ ok: false, why: 'It did not answer within 0.005 s.' });
  });

  it('says what was thrown, briefly', async () => {
    const failing = async (): Promise<never> => {
      throw new Error('x'.repeat(500));
    };
    const asked = await ask(failing);
    expect(asked).toEqual({ ok: false, why: expect.stringMatching(/^It failed: Error: x{113}$/) });
  });
});
