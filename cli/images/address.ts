import { createActor, type Link } from '../simulator/index.ts';
import { SCENE } from './scene.ts';
import type { PagePictures } from './table.ts';

const TOKEN_TTL_S = 3_600;

/** The address of a page as the person would open it, with a token of the scene's card in its fragment. */
export async function addressFor(
  link: Link,
  adminSecret: string,
  baseUrl: string,
  { page, path, role, about, query = {} }: PagePictures,
): Promise<string> {
  const address = new URL(path, baseUrl);
  if (about !== 'night') address.searchParams.set('bout', SCENE[about]);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  if (page === 'pair') address.hash = await pairingCode(link, adminSecret);
  if (role !== null) address.hash = `token=${await mint(link, adminSecret, role)}`;
  return address.href;
}

/** What each role is called in the scene: judges and operators are those who have worked in it so far. */
async function mint(link: Link, adminSecret: string, role: string): Promise<string> {
  const who =
    role === 'judge'
      ? { subject: 'simulated-judge-JUDGE1', judge_id: 'JUDGE1', device_id: 'simulated-tablet-JUDGE1' }
      : role === 'operator'
        ? { subject: 'simulated-operator-red', device_id: 'simulated-laptop-red' }
        : { subject: `demo-${role}` };
  const reply = await link.exchange({
    method: 'POST',
    path: '/api/auth/tokens',
    body: JSON.stringify({ role, ...who, card_id: SCENE.card, ttl_s: TOKEN_TTL_S }),
    authorization: async () => `Bearer ${adminSecret}`,
  });
  const { token } = reply.body;
  if (typeof token !== 'string') throw new Error(`No token was given (${reply.status}): ${JSON.stringify(reply.body)}`);
  return token;
}

async function pairingCode(link: Link, adminSecret: string): Promise<string> {
  const supervisor = createActor(link, adminSecret, { role: 'supervisor', subject: 'demo-supervisor' });
  const { url } = await supervisor.command('/api/pairings', {
    card_id: SCENE.card,
    role: 'broadcaster',
    subject: 'demo-graphics',
  });
  if (typeof url !== 'string') throw new Error('The pairing has no link.');
  return new URL(url).hash;
}
