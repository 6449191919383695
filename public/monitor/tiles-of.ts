import { worse } from '../../domain/monitor/index.ts';
import { monitorWords as words, type ShownStatus } from '../shared/strings/monitor.ts';
import type { Part } from './wire.ts';

export type Tile = {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly status: ShownStatus;
  readonly detail: string;
  readonly sinceMs: number | null;
};

/** A tile for each part, and one for all devices together: they have a table of their own. */
export function tilesOf(parts: readonly Part[], isLost: boolean): readonly Tile[] {
  const devices = parts.filter(({ kind }) => kind === 'device');
  const others = parts
    .filter(({ kind }) => kind !== 'device')
    .map(({ id, kind, name, status, detail, since_ms: sinceMs }): Tile => {
      return { id, kind, name: name === '' ? (words.what[kind] ?? '') : name, status, detail, sinceMs };
    });
  const tiles = [...others, ...(devices.length === 0 ? [] : [devicesTile(devices)])];
  return isLost ? tiles.map((tile) => ({ ...tile, status: 'unknown', detail: '' })) : tiles;
}

function devicesTile(devices: readonly Part[]): Tile {
  const status = devices.map((device) => device.status).reduce(worse);
  const worst = devices.filter((device) => device.status === status);
  const sinceMs = worst.map((device) => device.since_ms).filter((ms) => ms !== null);
  return {
    id: 'devices',
    kind: 'devices',
    name: words.devicesName(devices.length),
    status,
    detail: status === 'ok' ? '' : worst.map(({ name }) => name).join(', '),
    sinceMs: sinceMs.length === 0 ? null : Math.min(...sinceMs),
  };
}
