import { worse } from '../../domain/monitor/index.ts';
import { monitorWords as words, type ShownStatus } from '../shared/strings/monitor.ts';
import type { DeviceLine, Look, Part } from './wire.ts';

export type Tile = {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly status: ShownStatus;
  readonly detail: string;
  readonly sinceMs: number | null;
};

type TilesFrom = Pick<Look, 'components' | 'devices'>;

/** A tile for each part, and one for all devices together: they have a table of their own. */
export function tilesOf({ components: parts, devices: reports }: TilesFrom, isLost: boolean): readonly Tile[] {
  const devices = parts.filter(({ kind }) => kind === 'device');
  const others = parts
    .filter(({ kind }) => kind !== 'device')
    .map(({ id, kind, name, status, detail, since_ms: sinceMs }): Tile => {
      return { id, kind, name: name === '' ? (words.what[kind] ?? '') : name, status, detail, sinceMs };
    });
  const tiles = [...others, ...(devices.length === 0 ? [] : [devicesTile(devices, reports)])];
  return isLost ? tiles.map((tile) => ({ ...tile, status: 'unknown', detail: '' })) : tiles;
}

function devicesTile(devices: readonly Part[], reports: readonly DeviceLine[]): Tile {
  const status = devices.map((device) => device.status).reduce(worse);
  const worst = devices.filter((device) => device.status === status);
  const sinceMs = worst.map((device) => device.since_ms).filter((ms) => ms !== null);
  return {
    id: 'devices',
    kind: 'devices',
    name: words.devicesName(devices.length),
    status,
    detail: status === 'ok' ? '' : [...new Set(worst.map(({ name }) => holderOf(name, reports)))].join(', '),
    sinceMs: sinceMs.length === 0 ? null : Math.min(...sinceMs),
  };
}

/** Whose device it is: the seat or the person that its last report names, else a form of its id that can be read. */
function holderOf(deviceId: string, reports: readonly DeviceLine[]): string {
  const holder = reports.find(({ device_id }) => device_id === deviceId)?.judge_id ?? '';
  return holder === '' ? shortDevice(deviceId) : holder;
}

/** An id that a browser gave itself is long and says nothing: its first part tells it from others. */
export function shortDevice(deviceId: string): string {
  const made = /^dev_(?<start>[0-9a-f]{8})-[0-9a-f-]{27}$/.exec(deviceId)?.groups?.['start'];
  return made === undefined ? deviceId : words.madeDevice(made);
}
