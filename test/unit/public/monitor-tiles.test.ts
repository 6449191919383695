import { describe, expect, it } from 'vitest';
import { shortDevice, tilesOf } from '../../../public/monitor/tiles-of.ts';

const MADE = 'dev_72d605e5-1111-4222-8333-444455556666';

const partOf = (name: string, status: 'ok' | 'warning' | 'offline') => ({
  id: `device:bout_1:${name}`,
  kind: 'device',
  name,
  status,
  detail: '',
  since_ms: 1_000,
});

const reportOf = (device_id: string, judge_id: string) => ({
  device_id,
  judge_id,
  bout_id: 'bout_1',
  status: 'warning' as const,
  detail: '',
  battery_percent: null,
  network_strength_percent: null,
  latency_ms: null,
  fps: null,
  dropped_event_count: 0,
  silent_ms: 0,
});

const detailOf = (
  components: Parameters<typeof tilesOf>[0]['components'],
  devices: readonly ReturnType<typeof reportOf>[],
) => tilesOf({ components, devices }, false).find(({ id }) => id === 'devices')?.detail;

describe('the tile of the devices', () => {
  it('names the worst by seat or person, each once', () => {
    const parts = [partOf(MADE, 'warning'), partOf('tablet-1', 'warning'), partOf('tablet-2', 'ok')];
    const reports = [reportOf(MADE, 'JUDGE001'), reportOf('tablet-1', 'JUDGE001'), reportOf('tablet-2', 'JUDGE002')];
    expect(detailOf(parts, reports)).toBe('JUDGE001');
    expect(detailOf([...parts, partOf('tablet-3', 'warning')], reports)).toBe('JUDGE001, tablet-3');
  });

  it('gives an id that a browser made in a short form where nobody is known to hold it', () => {
    expect(detailOf([partOf(MADE, 'offline')], [])).toBe('device 72d605e5');
    expect(shortDevice('dev_cageside')).toBe('dev_cageside');
  });

  it('says nothing of devices that are well', () => {
    expect(detailOf([partOf(MADE, 'ok')], [reportOf(MADE, 'JUDGE001')])).toBe('');
  });
});
