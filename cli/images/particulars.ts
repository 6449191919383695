import { type Actor, RefusedError } from '../simulator/index.ts';

/** Made up like the names; only what graphics show, and no photographs, because none are real. */
const PARTICULARS = {
  red: {
    nickname: 'The Template',
    country: 'AUT',
    record: '12-3-0',
    age: 29,
    height_cm: 180,
    reach_cm: 185,
    weight_kg: 70.3,
    stance: 'orthodox',
    team: 'Demo Gym North',
  },
  blue: {
    country: 'NLD',
    record: '9-1-1',
    age: 31,
    height_cm: 183,
    reach_cm: 188,
    weight_kg: 70.1,
    stance: 'southpaw',
    team: 'Demo Gym South',
  },
} as const;

export async function giveParticulars(supervisor: Actor, boutId: string): Promise<void> {
  for (const [corner, particulars] of Object.entries(PARTICULARS)) {
    const path = `/api/bouts/${boutId}/fighters/${corner}`;
    const reply = await supervisor.send('PUT', path, JSON.stringify(particulars));
    if (reply.status !== 200 && reply.status !== 409) throw new RefusedError(path, reply);
  }
}
