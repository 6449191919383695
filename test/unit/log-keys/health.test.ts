import { describe, expect, it } from 'vitest';
import type { LogHealth } from '../../../objects/platform/index.ts';
import { judge } from '../../../workers/monitor/status.ts';

function log(over: Partial<LogHealth> = {}) {
  const health: LogHealth = {
    keyProblem: null,
    faults: [],
    leaves: 5,
    publishedSize: 5,
    publishedMs: 1,
    jobs: { oldestMs: null, failing: [] },
    witnessProblem: null,
    witnesses: [{ name: 'w', size: 5, cosignedMs: 1, finding: null }],
    ...over,
  };
  return judge('log', { ms: 3, why: '', health });
}

const failing = (job: string) => ({ jobs: { oldestMs: 5_000, failing: [{ job, attempts: 3 }] } });

describe('the log in the monitor', () => {
  it('is well where all is signed, and also a moment before', () => {
    expect(log()).toEqual({ status: 'ok', detail: '' });
    expect(log({ leaves: 6, jobs: { oldestMs: 900, failing: [] } }).status).toBe('ok');
    expect(log({ leaves: 0, publishedSize: 0, publishedMs: null, witnesses: [] }).status).toBe('ok');
  });

  it.each([
    ['error', { keyProblem: 'Nothing can be signed: LOG_KEY is not set.' }, 'LOG_KEY is not set'],
    ['error', { faults: ['It has forked.', 'Another.'] }, 'It has forked. Another.'],
    ['error', { witnesses: [{ name: 'w', size: 2, cosignedMs: 1, finding: 'another root' }] }, 'w: another root.'],
    ['error', failing('publish'), 'publish (3×)'],
    ['error', failing('key'), 'key (3×)'],
    ['warning', failing('witness:w'), 'witness:w (3×)'],
    ['warning', { witnessProblem: 'WITNESSES is not a JSON array.' }, 'WITNESSES'],
    [
      'warning',
      { leaves: 9, jobs: { oldestMs: 61_000, failing: [] } },
      'Signed up to 5 of 9; the rest has waited 61 s.',
    ],
  ] as const)('is in %s with %j', (status, over, words) => {
    expect(log(over)).toEqual({ status, detail: expect.stringContaining(words) });
  });

  it('is offline where it does not answer', () => {
    expect(judge('log', { ms: null, why: 'It failed.', health: null })).toEqual({
      status: 'offline',
      detail: 'It failed.',
    });
  });
});
