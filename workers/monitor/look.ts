import type { Caller } from '../../domain/roles/index.ts';
import type { NotedStatuses, ReadTraffic } from '../../objects/platform/index.ts';
import { platformOf } from '../auth/platform.ts';
import type { Env } from '../env.ts';
import { type Asked, ask } from './ask.ts';
import { askBouts, askCards, type AskedBout, askDirectory, askIndex } from './bouts.ts';
import { handOver, isolateSinceMs } from './hand-over.ts';
import { type Device, devicesOf, type Part, partsOf } from './parts.ts';

/** All that one look at the deployment found. `traffic` and `noted` are null where the platform does not answer. */
export type Look = {
  readonly nowMs: number;
  readonly sinceMs: number;
  readonly traffic: ReadTraffic | null;
  readonly scheduledMs: number | null;
  readonly bouts: readonly AskedBout[];
  readonly devices: readonly Device[];
  readonly parts: readonly Part[];
  readonly noted: NotedStatuses | null;
};

export const MINUTE_MS = 60_000;
export const SERIES_MINUTES = 60;
export const RECENT_MINUTES = 5;

/** Since when the platform has not answered this isolate; told to it when it is back, because it cannot know itself. */
let awaySinceMs: number | null = null;

/**
 * Looks at everything once: each part has its own time to answer, and one that fails or hangs is a finding and no
 * failure of the look. What has changed is kept by the platform.
 * @param caller null looks at every bout
 */
export async function look(env: Env, caller: Caller | null, scheduled: boolean): Promise<Look> {
  const nowMs = Date.now();
  const [index, platform, log] = await Promise.all([
    askIndex(env, caller, nowMs),
    askPlatform(env, nowMs),
    ask(async () => await platformOf(env).logHealth()),
  ]);
  const listed = index.ok ? index.value : await askDirectory(env, caller);
  const [bouts, cards] = await Promise.all([askBouts(env, listed), askCards(env, listed)]);
  const devices = devicesOf(bouts, nowMs);
  const sinceMs = isolateSinceMs();
  const recent = platform.ok ? platform.value.recent : null;
  const isolateMs = nowMs - sinceMs;
  const parts = partsOf({ recent, index, platform, log, bouts, cards, devices, nowMs, isolateMs });
  return {
    nowMs,
    sinceMs,
    traffic: platform.ok ? platform.value : null,
    scheduledMs: platform.ok ? platform.value.scheduledMs : null,
    bouts,
    devices,
    parts,
    noted: platform.ok ? await note(env, parts, scheduled) : null,
  };
}

/** The look that is taken every minute, so that there is a history of the hours in which nobody watched. */
export async function lookByTheClock(env: Env): Promise<void> {
  await look(env, null, true);
}

async function askPlatform(env: Env, nowMs: number) {
  const minute = Math.floor(nowMs / MINUTE_MS);
  const asked = await ask(async () => {
    await handOver(env);
    return await platformOf(env).traffic(minute - SERIES_MINUTES + 1, minute - RECENT_MINUTES + 1);
  });
  if (!asked.ok) awaySinceMs ??= nowMs;
  return asked;
}

async function note(env: Env, found: readonly Part[], scheduled: boolean): Promise<NotedStatuses | null> {
  const away = awaySinceMs;
  // People's names stand in their bout and in the index; here they would outlive both.
  const parts = found.map((part) =>
    part.boutId !== null && part.kind === 'bout' ? { ...part, name: part.boutId } : part,
  );
  const noted: Asked<NotedStatuses> = await ask(
    async () => await platformOf(env).noteStatuses({ parts, scheduled, awaySinceMs: away }),
  );
  if (!noted.ok) return null;
  if (awaySinceMs === away) awaySinceMs = null;
  return noted.value;
}
