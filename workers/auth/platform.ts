import type { Actor } from '../../domain/ledger/index.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { Platform } from '../../objects/platform/index.ts';
import type { Env } from '../env.ts';

/** The deployment has one platform object; this is its name. */
const PLATFORM_NAME = 'platform';

export function platformOf(env: Pick<Env, 'PLATFORM'>): DurableObjectStub<Platform> {
  return env.PLATFORM.getByName(PLATFORM_NAME);
}

/** A caller as a ledger names it. */
export function actorOf(caller: Pick<Caller, 'subject' | 'role' | 'seat' | 'device'>): Actor {
  return { subject: caller.subject, role: caller.role, seat: caller.seat, device: caller.device };
}
