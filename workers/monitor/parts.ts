import { type Figures, figuresOf, type Traffic } from '../../domain/monitor/index.ts';
import type { BoutHealth } from '../../objects/bout/index.ts';
import type { LogHealth, SeenPart } from '../../objects/platform/index.ts';
import type { Asked } from './ask.ts';
import type { AskedBout, AskedCard, Listed } from './bouts.ts';
import { type Facts, judge, type Judged, type Kind } from './status.ts';

export type Part = SeenPart & { readonly kind: Kind };

/** A device's last report, in the bout that it made it to. */
export type Device = {
  readonly boutId: string;
  readonly cardId: string | null;
  readonly isBoutOver: boolean;
  readonly reported: BoutHealth['devices'][number];
  readonly judged: Judged;
};

type Everything = {
  readonly recent: Traffic | null;
  readonly index: Asked<unknown>;
  readonly platform: Asked<{ readonly scheduledMs: number | null }>;
  readonly log: Asked<LogHealth>;
  readonly bouts: readonly AskedBout[];
  readonly cards: readonly AskedCard[];
  readonly devices: readonly Device[];
  readonly nowMs: number;
  readonly isolateMs: number;
};

/** Every part of the deployment with its status, in the order in which it is shown. */
export function partsOf(all: Everything): readonly Part[] {
  return [
    deploymentPart('edge', judge('edge', edgeFacts(all.recent ?? {}))),
    deploymentPart('index', judge('index', answered(all.index))),
    deploymentPart('platform', judge('platform', answered(all.platform))),
    // Unknown while the platform is: that is told there.
    ...(all.platform.ok ? [logPart(all), watchPart(all.platform.value.scheduledMs, all)] : []),
    ...all.cards.map(({ cardId, isMade }): Part => {
      const judged = judge('card', { ...answered(isMade), isMade: isMade.ok && isMade.value });
      return { id: `card:${cardId}`, kind: 'card', name: cardId, ...judged, boutId: null, cardId };
    }),
    ...all.bouts.map(boutPart),
    ...all.devices.filter(({ isBoutOver }) => !isBoutOver).map(devicePart),
  ];
}

/** The newest report of every device: one that follows the night has reported to several bouts. */
export function devicesOf(bouts: readonly AskedBout[], nowMs: number): readonly Device[] {
  const newest = new Map<string, Device>();
  for (const { listed, health } of bouts) {
    if (!health.ok || health.value === null) continue;
    for (const reported of health.value.devices) {
      const { boutId, cardId } = listed;
      const key = deviceKey({ boutId, cardId, reported });
      if ((newest.get(key)?.reported.receivedMs ?? 0) >= reported.receivedMs) continue;
      const facts = { silentMs: nowMs - reported.receivedMs, alerts: reported.alerts };
      const judged = judge('device', facts);
      newest.set(key, { boutId, cardId, isBoutOver: health.value.isOver, reported, judged });
    }
  }
  return [...newest.values()].toSorted((a, b) => b.reported.receivedMs - a.reported.receivedMs).slice(0, MAX_DEVICES);
}

const MAX_DEVICES = 200;

export function nameOf({ boutId, fighter1, fighter2 }: Listed): string {
  return fighter1 === null || fighter2 === null ? boutId : `${fighter1} – ${fighter2}`;
}

export function judgeBout({ health }: AskedBout): Judged {
  const value = health.ok ? health.value : null;
  return judge('bout', {
    ...answered(health),
    isMade: value !== null,
    fault: value?.fault ?? null,
    failing: value?.jobs.failing ?? [],
    oldestJobMs: value?.jobs.oldestMs ?? null,
  });
}

/** Every route with its figures, the busiest first. */
export function byRoute(traffic: Traffic): readonly (Figures & { readonly route: string })[] {
  return Object.entries(traffic)
    .map(([route, one]) => ({ route, ...figuresOf(one) }))
    .toSorted((a, b) => b.count - a.count);
}

function edgeFacts(recent: Traffic): Facts['edge'] {
  const routes = byRoute(recent);
  return {
    count: routes.reduce((sum, { count }) => sum + count, 0),
    errors: routes.reduce((sum, { errors }) => sum + errors, 0),
    routes: routes.map(({ route, count, p95_ms: p95Ms }) => ({ route, count, p95Ms })),
  };
}

function deploymentPart(kind: 'edge' | 'index' | 'platform' | 'log' | 'watch', judged: Judged): Part {
  return { id: kind, kind, name: '', ...judged, boutId: null, cardId: null };
}

function logPart({ log, nowMs }: Everything): Part {
  const health = log.ok ? log.value : null;
  const judged = judge('log', { ...answered(log), health });
  const detail = judged.status === 'ok' && health !== null ? signedWords(health, nowMs) : judged.detail;
  return deploymentPart('log', { ...judged, detail });
}

/** How far the log is signed, where nothing else is to be said of it. */
function signedWords({ publishedSize, publishedMs, witnesses }: LogHealth, nowMs: number): string {
  if (publishedMs === null) return '';
  const age = `${Math.max(0, Math.round((nowMs - publishedMs) / 1000))} s ago`;
  const cosigned = witnesses.map(({ name, size }) => ` ${name} up to ${size}.`).join('');
  return `Signed up to ${publishedSize}, ${age}.${cosigned}`;
}

function watchPart(scheduledMs: number | null, { nowMs, isolateMs }: Everything): Part {
  const ageMs = scheduledMs === null ? null : nowMs - scheduledMs;
  return deploymentPart('watch', judge('watch', { ageMs, isolateMs }));
}

function boutPart(bout: AskedBout): Part {
  const { listed } = bout;
  const { boutId, cardId } = listed;
  return { id: `bout:${boutId}`, kind: 'bout', name: nameOf(listed), ...judgeBout(bout), boutId, cardId };
}

function devicePart(device: Device): Part {
  const { boutId, cardId, judged, reported } = device;
  return { id: deviceKey(device), kind: 'device', name: reported.report.deviceId, ...judged, boutId, cardId };
}

/** Device ids are a card's own, or a bout's that is on none. */
function deviceKey({ boutId, cardId, reported }: Pick<Device, 'boutId' | 'cardId' | 'reported'>): string {
  return `device:${cardId ?? boutId}:${reported.report.deviceId}`;
}

function answered(asked: Asked<unknown>): Facts['index'] {
  return asked.ok ? { ms: asked.ms, why: '' } : { ms: null, why: asked.why };
}
