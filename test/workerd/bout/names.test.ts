import { describe, expect, it } from 'vitest';
import { call, faults, freshId, mint } from '../support.ts';
import { boutBody } from './support.ts';

const create = async (name: string) => {
  const { token } = await mint({ role: 'supervisor', subject: 'sue' });
  const body = { ...boutBody(freshId('bout').slice(0, 40)), fighter1: { name } };
  return await call('POST', '/api/bouts', { token, body });
};

describe('a name', () => {
  it.each([
    ['a null character', 'Red\u0000Fighter'],
    ['a line break', 'Red\nFighter'],
    ['a separator of lines', 'Red\u2028Fighter'],
    ['a turn of direction', 'Red \u202Ereppus'],
    ['an isolate without end', 'Red \u2067Fighter'],
    ['a space without width', 'Red\u200BFighter'],
    ['a byte order mark', '\uFEFFRed Fighter'],
    ['a letter that nobody sees', 'Red\u3164Fighter'],
    ['tag characters', 'Red Fighter\u{E0052}'],
    ['nothing but a joiner', '\u200D'],
    ['nothing but an empty pattern of dots', '\u2800'],
  ])('is refused with %s in it: on a scorecard it would be another', async (_, name) => {
    const answer = await create(name);
    expect([answer.status, faults(answer)]).toEqual([400, ['fighter1.name']]);
  });

  it.each([
    'José Álvarez',
    'Łukasz Sobczak-Wiśniewski',
    'محمد علی',
    'می\u200Cخواهم',
    '朝倉 未来',
    'O’Malley',
    'דניאל\u200E (Dan)',
    'Bo 🥊',
  ])('is taken as it is written: %s', async (name) => {
    expect((await create(name)).status).toBe(200);
  });
});
