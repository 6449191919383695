import { describe, expect, it } from 'vitest';
import { AUDIENCES, inAudience, ROLES } from '../../../domain/roles/index.ts';

/** Null: nobody's token at all. */
const EVERYBODY = [...ROLES, null];

function insiders(released: (typeof AUDIENCES)[number]) {
  return EVERYBODY.filter((role) => inAudience(role, released));
}

describe('what is released', () => {
  it('to nobody is seen by an administrator alone', () => {
    expect(insiders('none')).toEqual(['admin']);
  });

  it('to the commission is seen by it', () => {
    expect(insiders('commission')).toEqual(['admin', 'supervisor', 'analyst']);
  });

  it('to the broadcast is seen by broadcasters too', () => {
    expect(insiders('broadcast')).toEqual(['admin', 'supervisor', 'broadcaster', 'analyst']);
  });

  it('to the corners is seen by everybody but the audience', () => {
    expect(EVERYBODY.filter((role) => !inAudience(role, 'corners'))).toEqual(['viewer', null]);
  });

  it('to the public is seen by all', () => {
    expect(insiders('public')).toEqual(EVERYBODY);
  });

  it('to a wider circle is seen by all of a narrower one', () => {
    for (const [i, released] of AUDIENCES.entries()) {
      for (const wider of AUDIENCES.slice(i))
        expect(insiders(wider)).toEqual(expect.arrayContaining(insiders(released)));
    }
  });
});
