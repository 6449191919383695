import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Envelope, MAX_CLOCK_MS, MAX_INSTANT_MS, MAX_ROUNDS, readLogBody } from '../../../domain/wire/log-body.ts';
import { logSchema } from '../../../workers/schemas/bout.ts';

/** The request of the API document. */
const BODY = {
  bout_id: 'bout_123',
  round_id: 1,
  judge_id: 'JUDGE001',
  fighter_id: 'fighter1',
  event_type: 'Jab',
  timestamp_ms: 1_234_567_890_000,
  device_id: 'device_xyz',
  metadata: { significant: true },
};

const FULL = {
  ...BODY,
  event_id: '0190a000-0000-7000-8000-000000000000',
  clock_ms: 12_345,
  device_epoch: 2,
  device_seq: 41,
  signature: 'abcdefghijklmnop_-',
  simulated: true,
};

function fieldsOf(body: unknown, envelope: Envelope = {}): string[] | null {
  const read = readLogBody(body, envelope);
  return read.ok ? null : read.errors.map((error) => error.field);
}

describe('the body of log', () => {
  it('is read as it stands in the API document', () => {
    expect(readLogBody(BODY)).toEqual({
      ok: true,
      value: {
        boutId: 'bout_123',
        roundId: 1,
        judgeId: 'JUDGE001',
        fighterId: 'fighter1',
        eventType: 'Jab',
        timestampMs: 1_234_567_890_000,
        deviceId: 'device_xyz',
        metadata: { significant: true },
        metadataExtra: null,
        eventId: null,
        clockMs: null,
        deviceEpoch: null,
        deviceSeq: null,
        signature: null,
        simulated: false,
        legacy: false,
      },
    });
  });

  it('is read with all that may be added to it', () => {
    expect(readLogBody(FULL)).toMatchObject({
      value: {
        eventId: FULL.event_id,
        clockMs: 12_345,
        deviceEpoch: 2,
        deviceSeq: 41,
        signature: FULL.signature,
        simulated: true,
      },
    });
  });

  it('takes the bout from where it travels, unless it says one', () => {
    const { bout_id: _bout, ...rest } = BODY;
    expect(fieldsOf(rest)).toEqual(['bout_id']);
    expect(readLogBody(rest, { boutId: 'bout_9' })).toMatchObject({ value: { boutId: 'bout_9' } });
    expect(readLogBody(BODY, { boutId: 'bout_9' })).toMatchObject({ value: { boutId: 'bout_123' } });
  });

  it('is an object', () => {
    for (const body of [null, undefined, 3, 'Jab', [], [BODY], true]) expect(fieldsOf(body)).toEqual(['body']);
    expect(fieldsOf([], { at: 'events[3].' })).toEqual(['events[3]']);
  });

  it('without anything names everything that is needed', () => {
    const needed = ['bout_id', 'round_id', 'judge_id', 'fighter_id', 'event_type', 'timestamp_ms', 'device_id'];
    expect(fieldsOf({})).toEqual(needed);
    expect(fieldsOf({}, { at: 'events[3].' })).toEqual(needed.map((name) => `events[3].${name}`));
  });

  it('says which of many fields are wrong, up to twenty', () => {
    const strangers = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`x${i}`, 1]));
    expect(fieldsOf({ ...BODY, ...strangers })).toHaveLength(20);
  });
});

/** For each field, what it may not be. */
const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  bout_id: [1, '', 'a b', 'x'.repeat(65), 'a|b', null, {}],
  round_id: [0, MAX_ROUNDS + 1, 1.5, '1', null, -1, true],
  judge_id: [7, '', 'é', null, ['JUDGE001']],
  fighter_id: [1, 'a/b', null],
  event_type: ['', 'a|b', 'x'.repeat(65), 'J\nab', 'Jäb', null, 5],
  timestamp_ms: [-1, 0.5, MAX_INSTANT_MS + 1, '1234567890000', null],
  device_id: ['', 'a b', null, 9],
  metadata: [1, 'x', [], true],
  event_id: ['', 'a b', 5, {}],
  clock_ms: [-1, 1.5, MAX_CLOCK_MS + 1, '5'],
  device_epoch: [-1, 1_000_001, 0.5, '1'],
  device_seq: [-1, 2 ** 53, 0.1, '1'],
  signature: ['short', 'x'.repeat(129), 'abcdefghijklmnop=', 16],
  simulated: [null, 0, 'true'],
};

describe('a wrong field', () => {
  it.each(Object.entries(WRONG))('%s is named, and refused by the schema too', (name, values) => {
    for (const value of values) {
      const body = { ...FULL, [name]: value };
      expect([fieldsOf(body), logSchema.safeParse(body).success]).toEqual([[name], false]);
    }
  });

  it('that nobody has heard of is named', () => {
    for (const name of ['eventid', 'event-id', 'constructor', 'toString', '__proto__']) {
      const body: unknown = JSON.parse(JSON.stringify(BODY).replace('{', `{${JSON.stringify(name)}:1,`));
      expect([fieldsOf(body), logSchema.safeParse(body).success]).toEqual([[name], false]);
    }
  });

  it('that may be left out may be null', () => {
    const nulls = {
      event_id: null,
      clock_ms: null,
      device_epoch: null,
      device_seq: null,
      signature: null,
      metadata: null,
    };
    const body = { ...BODY, ...nulls };
    expect([fieldsOf(body), logSchema.safeParse(body).success]).toEqual([null, true]);
    expect(readLogBody(body)).toMatchObject({ value: { eventId: null, metadata: {} } });
  });
});

describe('metadata in the body of log', () => {
  it.each([
    ['a name that is no id', '{"a b":1}', 'metadata'],
    ['the name that is none', '{"__proto__":1}', 'metadata'],
    ['a number out of range', '{"speed":1e400}', 'metadata.speed'],
    ['a number out of range within', '{"a":{"b":[-1e400]}}', 'metadata.a'],
    ['text that is not well-formed', '{"note":"\\ud800"}', 'metadata.note'],
    [
      'more members than 32',
      JSON.stringify(Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`m${i}`, i]))),
      'metadata',
    ],
  ])('with %s is refused, and named', (_what, json, field) => {
    const metadata: unknown = JSON.parse(json);
    expect(fieldsOf({ ...BODY, metadata })).toEqual([field]);
    expect(fieldsOf({ ...BODY, metadata }, { at: 'events[2].' })).toEqual([`events[2].${field}`]);
  });

  it('is divided into what a leaf holds and the rest', () => {
    expect(readLogBody({ ...BODY, metadata: { significant: true, speed: 1.5 } })).toMatchObject({
      value: { metadata: { significant: true }, metadataExtra: '{"speed":1.5}' },
    });
  });
});

const id = fc.stringMatching(/^[A-Za-z0-9_.:-]{1,64}$/);

/** zod passes over a member of this name, which the reader refuses; see `the name that is none` above. */
function isMember(name: string): boolean {
  return name !== '__proto__';
}

const valid = fc.record(
  {
    bout_id: id,
    round_id: fc.integer({ min: 1, max: MAX_ROUNDS }),
    judge_id: id,
    fighter_id: id,
    event_type: fc.stringMatching(/^[ -{}~]{1,64}$/),
    timestamp_ms: fc.integer({ min: 0, max: MAX_INSTANT_MS }),
    device_id: id,
    metadata: fc.option(fc.dictionary(id.filter(isMember), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })),
    event_id: fc.option(id),
    clock_ms: fc.option(fc.integer({ min: 0, max: MAX_CLOCK_MS })),
    device_epoch: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
    device_seq: fc.option(fc.maxSafeNat()),
    signature: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{16,128}$/)),
    simulated: fc.boolean(),
  },
  { requiredKeys: ['bout_id', 'round_id', 'judge_id', 'fighter_id', 'event_type', 'timestamp_ms', 'device_id'] },
);

/** Near the edges of what is allowed, on both sides. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom<unknown>(0, 1, MAX_ROUNDS, MAX_ROUNDS + 1, MAX_INSTANT_MS, MAX_INSTANT_MS + 1, MAX_CLOCK_MS, 0.5, -1),
  fc.constantFrom<unknown>('', ' ', 'x'.repeat(64), 'x'.repeat(65), 'a|b', 'é', '\u007f', 'a\n', null, true, [], {}),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

describe('reader and schema', () => {
  it('accept every right body', () => {
    fc.assert(
      fc.property(valid, (body) => {
        expect([fieldsOf(body), logSchema.safeParse(body).success]).toEqual([null, true]);
      }),
      { numRuns: 300 },
    );
  });

  it('agree on every body with some field changed, added or taken away, and name the same fields', () => {
    const name = fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...Object.keys(WRONG)) },
      fc.string({ maxLength: 6 }),
    );
    const changes = fc.array(fc.tuple(name, fc.option(anything, { nil: undefined })), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(valid, changes, (body, changed) => {
        // Through JSON, as it comes: what is undefined is left out.
        const sent: unknown = JSON.parse(JSON.stringify({ ...body, ...Object.fromEntries(changed) }));
        fc.pre(!JSON.stringify(sent).includes('"__proto__"'));
        const parsed = logSchema.safeParse(sent);
        const named = new Set(fieldsOf(sent) ?? []);
        expect(named.size === 0).toBe(parsed.success);
        const issues = parsed.success
          ? []
          : parsed.error.issues.flatMap((issue) =>
              issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])],
            );
        expect([...named].toSorted()).toEqual([...new Set(issues)].toSorted());
      }),
      { numRuns: 1_000 },
    );
  });
});
