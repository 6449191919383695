import { setTimeout as pause } from 'node:timers/promises';
import { request } from './http.ts';
import { insist, type Journal, noteReply, noteSent } from './journal.ts';
import { replyOf } from './reply.ts';
import { boutBody } from './table.ts';

const MAX_BOUTS = 40;

/** Makes bouts all the while: each owes its line in the index and its place on the platform. Gives their ids. */
export async function makeBouts(
  url: string,
  token: string,
  chapter: number,
  journal: Journal,
  until: () => boolean,
): Promise<readonly string[]> {
  const made: string[] = [];
  while (!until() && made.length < MAX_BOUTS) {
    const boutId = `made-${chapter}-${made.length + 1}`;
    made.push(boutId);
    const parcel = { id: `create-${boutId}`, boutId, kind: 'official', of: null } as const;
    noteSent(journal, parcel);
    await insist(journal, async () => {
      const answer = await request(journal, `${url}/api/bouts`, { method: 'POST', token, body: boutBody(boutId) });
      const reply = answer === null ? null : replyOf(journal, answer.status, answer.json, answer.text);
      return noteReply(journal, parcel, reply ?? { is: 'silence' }, 'receipt');
    });
    await pause(150);
  }
  return made;
}
