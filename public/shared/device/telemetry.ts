import type { Live } from '../live/live.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { exchange } from '../wire/api.ts';
import type { Credential } from './credential.ts';

const REPORT_EVERY_MS = 5_000;
/** Far more than one reading of the same clock differs from the next. */
const MOVED_MS = 1_000;

/**
 * Tells the bout how this device fares, every five seconds while there is a connection: battery, network, latency,
 * frame rate, what was refused, how fast it taps, and how far its clock is off. What the browser cannot tell is null.
 */
export function reportTelemetry(credential: Credential, live: Live, outbox: Outbox | null): () => void {
  const frames = countFrames();
  let tappedBefore = tapped(outbox);
  let sinceMs = performance.now();
  let battery: number | null = null;
  void watchBattery((percent) => {
    battery = percent;
  });

  const report = async (): Promise<void> => {
    const claims = credential.claims.peek();
    const boutId = live.boutId.peek();
    const nowMs = performance.now();
    const seconds = Math.max((nowMs - sinceMs) / 1_000, 0.001);
    const now = tapped(outbox);
    const rate = Math.round(((now - tappedBefore) / seconds) * 100) / 100;
    tappedBefore = now;
    sinceMs = nowMs;
    const fps = frames.perSecond(seconds);
    if (claims === null || boutId === null || live.connection.peek().state !== 'live') return;
    const offsetMs = live.offsetMs.peek();
    // Worth nothing later, so it is tried once; the next one comes anyway.
    await exchange(credential, {
      method: 'POST',
      path: '/api/telemetry/report',
      body: JSON.stringify({
        device_id: credential.deviceId,
        judge_id: claims.seat ?? claims.subject,
        bout_id: boutId,
        battery_percent: battery,
        network_strength_percent: null,
        latency_ms: roundedOrNull(live.roundTripMs.peek()),
        fps,
        dropped_event_count: outbox?.refused.peek().length ?? 0,
        event_rate_per_second: Math.max(rate, 0),
        clock_offset_ms: roundedOrNull(offsetMs),
      }),
    });
  };
  const timer = setInterval(() => void report(), REPORT_EVERY_MS);
  // As soon as the clock's offset is known in a bout, and at once when the clock was moved: it is what places taps.
  let known: number | null = null;
  const first = live.offsetMs.subscribe((offsetMs) => {
    const moved = offsetMs !== null && (known === null || Math.abs(offsetMs - known) >= MOVED_MS);
    known = offsetMs;
    if (moved) void report();
  });
  return () => {
    clearInterval(timer);
    first();
    frames.stop();
  };
}

function tapped(outbox: Outbox | null): number {
  return outbox?.stored() ?? 0;
}

function roundedOrNull(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

/** Frames that the browser drew; a hidden page draws none, and says null instead of 0. */
function countFrames(): { readonly perSecond: (seconds: number) => number | null; readonly stop: () => void } {
  let drawn = 0;
  let request = 0;
  const draw = (): void => {
    drawn += 1;
    request = requestAnimationFrame(draw);
  };
  request = requestAnimationFrame(draw);
  return {
    perSecond: (seconds) => {
      const count = drawn;
      drawn = 0;
      return document.visibilityState === 'visible' && count > 0 ? Math.min(Math.round(count / seconds), 1_000) : null;
    },
    stop: () => cancelAnimationFrame(request),
  };
}

/** Only some browsers tell the battery; the others stay silent. */
async function watchBattery(tell: (percent: number) => void): Promise<void> {
  const ask: unknown = Reflect.get(navigator, 'getBattery');
  if (typeof ask !== 'function') return;
  try {
    const battery: unknown = await Reflect.apply(ask, navigator, []);
    if (!(battery instanceof EventTarget)) return;
    const read = (): void => {
      const level: unknown = Reflect.get(battery, 'level');
      if (typeof level === 'number') tell(Math.round(level * 100));
    };
    battery.addEventListener('levelchange', read);
    read();
  } catch {
    // Forbidden by policy: the same as a browser that cannot tell.
  }
}
