import { expect, it } from 'vitest';
import { within } from '../../../objects/within.ts';

it('nobody waits for ever: what does not answer is given up, and what answers or fails in time is passed on', async () => {
  const never = new Promise<never>(() => undefined);
  await expect(within(1, 'R2', never)).rejects.toThrow('R2 has not answered within 1 ms');
  await expect(within(60_000, 'R2', Promise.resolve('here'))).resolves.toBe('here');
  await expect(within(60_000, 'R2', Promise.reject(new Error('no')))).rejects.toThrow('no');
});
