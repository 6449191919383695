import { ok, type Outcome } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { FoundHere } from '../../objects/bout/index.ts';
import { platformOf } from '../auth/platform.ts';
import { boutOf } from '../bouts.ts';
import type { Env } from '../env.ts';
import { readIndexed } from './candidates.ts';
import type { NotReached } from './find.ts';

const PAGE = 200;
const AT_ONCE = 20;

export type ErasurePlan = {
  readonly bouts: readonly { readonly boutId: string; readonly here: FoundHere }[];
  /** Recorded bouts beyond those that were looked into. */
  readonly hasMore: boolean;
  readonly notReached: readonly NotReached[];
};

/** What an erasure would find in the newest bouts and where the index leads. Changes nothing. */
export async function planErasure(env: Env, personId: string): Promise<ErasurePlan> {
  const notReached: NotReached[] = [];
  const listed = await platformOf(env).bouts({ limit: PAGE + 1, beforeIndex: null });
  let led: readonly string[] = [];
  try {
    led = (await readIndexed(env, personId)).boutIds;
  } catch (error) {
    notReached.push({ what: 'index', detail: String(error) });
  }
  const boutIds = [...new Set([...listed.slice(0, PAGE).map(({ boutId }) => boutId), ...led])];
  const bouts: ErasurePlan['bouts'][number][] = [];
  for (let at = 0; at < boutIds.length; at += AT_ONCE) {
    const page = boutIds.slice(at, at + AT_ONCE).map(async (boutId) => {
      try {
        const here = await boutOf(env, boutId).erasePerson({ personId, alone: false, dryRun: true });
        if (here.ok) return here.value.found ? [{ boutId, here: here.value }] : [];
        notReached.push({ what: `bout ${boutId}`, detail: here.detail });
      } catch (error) {
        notReached.push({ what: `bout ${boutId}`, detail: String(error) });
      }
      return [];
    });
    bouts.push(...(await Promise.all(page)).flat());
  }
  return { bouts, hasMore: listed.length > PAGE, notReached };
}

/** The same within one bout, where a place may name the person. Refused where nobody there goes by the id. */
export async function planInBout(
  env: Env,
  caller: Caller,
  personId: string,
  boutId: string,
): Promise<Outcome<ErasurePlan>> {
  const here = await boutOf(env, boutId).planErasure(caller, personId);
  return here.ok ? ok({ bouts: [{ boutId, here: here.value }], hasMore: false, notReached: [] }) : here;
}
