import { beforeAll, describe, expect, it } from 'vitest';
import { type Role, ROLES } from '../../../domain/roles/index.ts';
import { PERMISSIONS, permits } from '../../../workers/auth/permissions.ts';
import { routes } from '../../../workers/routes/index.ts';
import { upgrade } from '../bout/socket-client.ts';
import { newBout } from '../bout/support.ts';
import { type Answer, call, faults, freshId, mint } from '../support.ts';
import { bodyOf, nameOf, pathOf, type Place, takesBody } from './requests.ts';

let place: Place;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  const bout = await newBout();
  const cardId = freshId('card').slice(0, 40);
  const card = { card_id: cardId, promotion: 'P', event: 'E' };
  expect(await call('POST', '/api/cards', { token: bout.supervisor, body: card })).toMatchObject({ status: 200 });
  place = { boutId: bout.boutId, cardId };
  for (const role of ROLES) tokens.set(role, (await mint({ role, subject: `s-${role}` })).token);
});

/** Whether the door itself refused: no token, or a role that lacks the permission. */
function refusedAtTheDoor(answer: Answer, permission: string): boolean {
  const { detail, code } = answer.json;
  if (answer.status === 401) return code === 'unauthorized' && faults(answer).includes('Authorization');
  return answer.status === 403 && typeof detail === 'string' && detail.includes(`lacks the permission ${permission};`);
}

describe.each(routes.map((route) => [nameOf(route), route] as const))('%s', (_name, route) => {
  it.each([null, ...ROLES])('called by %s does what the table of permissions says', async (role) => {
    const token = role === null ? undefined : tokens.get(role);
    const answer = await call(route.method.toUpperCase(), pathOf(route, place), {
      ...(token === undefined ? {} : { token }),
      ...(takesBody(route) ? { body: bodyOf(route, place) } : {}),
    });
    // What is thrown anywhere is answered with 503.
    expect([answer.status, answer.text]).not.toEqual([expect.toBeOneOf([500, 503]), expect.any(String)]);
    const refused = refusedAtTheDoor(answer, route.permission);
    expect([refused, answer.status, answer.json['detail']]).toEqual([
      !permits(route.permission, role),
      answer.status,
      answer.json['detail'],
    ]);
    if (refused) expect(answer.status).toBe(role === null ? 401 : 403);
    if (answer.status >= 400 && answer.json['success'] !== true) {
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.json).toMatchObject({ success: false, status: answer.status });
    }
  });
});

describe('the table of permissions', () => {
  it('has hardly any that no route names', () => {
    const named = new Set<string>(routes.map((route) => route.permission));
    const idle = Object.keys(PERMISSIONS).filter((permission) => !named.has(permission));
    expect(idle).toEqual(['platform.read']);
  });

  it('lets nobody without a token write', () => {
    const open = routes.filter((route) => route.method !== 'get' && permits(route.permission, null)).map(nameOf);
    // Each of these takes a credential of its own in its body.
    expect(open.toSorted()).toEqual(['POST /api/pairings/claim', 'POST /api/pairings/renew']);
  });

  it('lets a viewer’s token do nothing that no token could not, but ask about itself', () => {
    const more = routes.filter((route) => permits(route.permission, 'viewer') && !permits(route.permission, null));
    expect(more.map(nameOf)).toEqual(['GET /api/auth/me']);
  });
});

describe('the socket', () => {
  it('opens for every role and for nobody in particular, while the statistics are public', async () => {
    for (const role of [null, ...ROLES]) {
      const response = await upgrade(place.boutId, role === null ? null : (tokens.get(role) ?? ''));
      expect([role, response.status]).toEqual([role, 101]);
      response.webSocket?.accept();
      response.webSocket?.close();
    }
  });

  it('opens for those who work the bout alone, while they are not', async () => {
    const closed = await newBout({ release_policy: { statistics: 'none' } });
    const admitted: (Role | null)[] = [];
    for (const role of [null, ...ROLES]) {
      const response = await upgrade(closed.boutId, role === null ? null : (tokens.get(role) ?? ''));
      expect([101, 401, 403]).toContain(response.status);
      if (response.status === 101) admitted.push(role);
      response.webSocket?.accept();
      response.webSocket?.close();
    }
    expect(admitted).toEqual(['admin', 'supervisor', 'operator', 'judge', 'timekeeper', 'referee', 'analyst']);
  });
});
