import { describe, expect, it } from 'vitest';
import { howWords } from '../../../public/shared/strings/how-words.ts';

const BARE = { method: null, decision: null, round_id: null, time_ms: null };

describe('how a bout ended', () => {
  it('does not repeat the outcome that stands before it', () => {
    expect(howWords({ ...BARE, method: 'NC' }, 'No Contest')).toBe('');
    expect(howWords({ ...BARE, method: 'NC', round_id: 2, time_ms: 65_000 }, 'No Contest')).toBe('round 2 · 1:05');
    expect(howWords({ ...BARE, method: 'NC' }, 'Red Fighter')).toBe('No contest');
  });

  it('says the method, the round and the time', () => {
    const submission = { ...BARE, method: 'SUB', round_id: 2, time_ms: 187_000 };
    expect(howWords(submission, 'Red Fighter')).toBe('Submission · round 2 · 3:07');
    expect(howWords({ ...BARE, method: 'DEC', decision: 'UD' }, 'Red Fighter')).toBe('Decision (unanimous)');
  });
});
