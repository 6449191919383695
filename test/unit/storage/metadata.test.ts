import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPeople } from '../../../workers/people/metadata.ts';

type Person = { readonly id: string; readonly name: string | null; readonly salt: string | null };

const person: fc.Arbitrary<Person> = fc.record({
  id: fc.oneof(fc.constantFrom('fighter:red', 'fighter:blue', 'judge:J1', 'substitute:7'), fc.string()),
  name: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('{"id":"fighter:red"}', 'a\n{"id":"x"', '"],"people":['),
  ),
  salt: fc.uuid(),
});

const people = fc.uniqueArray(person, { selector: ({ id }) => id, maxLength: 8 });

/** As the archive writes it: each person on a line of their own. */
function metadata(list: readonly Person[]): string {
  const lines = list.map((one) => JSON.stringify({ ...one, commitment: `c-${one.id}` }));
  return `{"bout_id":"b","people":[\n${lines.join(',\n')}\n],"bout":{"fighter1":{"id":"fighter:red"}},"files":[\n{"path":"x"}\n]}\n`;
}

describe('metadata.json without somebody', () => {
  it('has no name and no salt of theirs, and every other byte', () => {
    fc.assert(
      fc.property(people, fc.nat(7), fc.nat(7), (list, one, other) => {
        const keys = [list[one]?.id, list[other]?.id].filter((id) => id !== undefined);
        const erased = list.map((each) => (keys.includes(each.id) ? { ...each, name: null, salt: null } : each));
        expect(withoutPeople(metadata(list), keys)).toBe(metadata(erased));
      }),
    );
  });

  it('is itself where it is done already, in any order and at once', () => {
    fc.assert(
      fc.property(people, (list) => {
        const text = metadata(list);
        const all = withoutPeople(
          text,
          list.map(({ id }) => id),
        );
        const each = list.reduce<string | null>(
          (now, { id }) => (now === null ? null : withoutPeople(now, [id])),
          text,
        );
        expect(each).toBe(all);
        expect(
          withoutPeople(
            all ?? '',
            list.map(({ id }) => id),
          ),
        ).toBe(all);
      }),
    );
  });

  it('is not touched where it is not what the archive writes', () => {
    const pretty = JSON.stringify(JSON.parse(metadata([{ id: 'fighter:red', name: 'R', salt: 's' }])), null, 2);
    for (const text of ['', '{', '[]', '{"people":{}}', '{"people":[{"id":"fighter:red"}]}', pretty]) {
      expect([text, withoutPeople(text, ['fighter:red'])]).toEqual([text, null]);
    }
  });
});
