import { describe, expect, it } from 'vitest';
import { renewableUntilMs } from '../../objects/card/index.ts';

function until(date: string | null, timeZone: string | null, createdMs = 0): string {
  return new Date(renewableUntilMs({ date, timeZone, createdMs })).toISOString();
}

describe('devices may renew', () => {
  it('until 24 hours after midnight at the venue', () => {
    expect(until('2026-11-21', 'UTC')).toBe('2026-11-23T00:00:00.000Z');
    expect(until('2026-11-21', 'America/Los_Angeles')).toBe('2026-11-23T08:00:00.000Z');
    expect(until('2026-07-04', 'America/Los_Angeles')).toBe('2026-07-06T07:00:00.000Z');
    expect(until('2026-11-21', 'Asia/Kolkata')).toBe('2026-11-22T18:30:00.000Z');
    expect(until('2026-12-31', 'Pacific/Kiritimati')).toBe('2027-01-01T10:00:00.000Z');
  });

  it('right across the nights on which the clocks change', () => {
    // The clocks change at 01:00 UTC on the 25th of October and the 29th of March.
    expect(until('2026-10-24', 'Europe/London')).toBe('2026-10-25T23:00:00.000Z');
    expect(until('2026-10-25', 'Europe/London')).toBe('2026-10-27T00:00:00.000Z');
    expect(until('2026-03-28', 'Europe/London')).toBe('2026-03-30T00:00:00.000Z');
    expect(until('2026-03-29', 'Europe/London')).toBe('2026-03-30T23:00:00.000Z');
  });

  it('without a time zone until the date has ended everywhere, without a date by the making', () => {
    expect(until('2026-11-21', null)).toBe('2026-11-23T12:00:00.000Z');
    expect(until(null, 'UTC', Date.UTC(2026, 10, 21, 12))).toBe('2026-11-22T12:00:00.000Z');
  });
});
