import { describe, expect, it } from 'vitest';
import { factLines } from '../../../domain/archive/index.ts';
import { commitmentOf } from '../../../domain/ledger/index.ts';
import { archiveOf, newLogKey, PEOPLE, rowsOf, sealBook, smallBout, verifyFiles } from '../../support/archive.ts';

const key = newLogKey();
const rows = rowsOf(sealBook(smallBout()));

function text(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

describe('names', () => {
  it('stand in metadata.json and nowhere else', async () => {
    const { files } = await archiveOf(rows, key);
    for (const [path, bytes] of files) {
      const holds = PEOPLE.filter(({ name }) => text(bytes).includes(JSON.stringify(name).slice(1, -1)));
      expect({ path, holds: holds.length }).toEqual({ path, holds: path === 'metadata.json' ? PEOPLE.length : 0 });
    }
  });

  it('are bound: another name or salt is found', async () => {
    const { files } = await archiveOf(rows, key);
    const metadata = text(files.get('metadata.json'));
    for (const [from, to] of [
      ['A. Judge', 'B. Judge'],
      ['salt-1', 'salt-2'],
    ] as const) {
      const changed = new TextEncoder().encode(metadata.replace(from, to));
      const report = await verifyFiles(new Map(files).set('metadata.json', changed), key);
      expect(report.verdict).toBe('broken');
      expect(report.findings).toMatchObject([{ code: 'name_differs', file: 'metadata.json' }]);
      expect(report.findings[0]?.detail).toContain('judge:JUDGE001');
      expect(report.facts.people).toEqual({ named: PEOPLE.length - 1, misnamed: 1, erased: 0 });
      const lines = factLines(report);
      expect(lines).toContain('People: 2 named and bound, 1 not as bound, 0 not named');
      const same = lines.find((line) => line.startsWith('Worked out again and the same: '));
      expect(same).toContain('event_log.json');
      expect(same).not.toContain('metadata.json');
    }
  });

  it('are bound as a whole: a part of one is not given out as all of it', async () => {
    const named = rowsOf({
      entries: sealBook(smallBout()).entries.map((entry, at) =>
        at > 0
          ? entry
          : {
              ...entry,
              payload: {
                ...entry.payload,
                fighter1: { id: 'fighter1', name_commitment: commitmentOf('s', 'Joe|Smith') },
              },
            },
      ),
    });
    const peopleWith = (name: string, salt: string) => [{ id: 'fighter:red', name, salt }, ...PEOPLE.slice(1)];
    const whole = await archiveOf(named, key, { people: peopleWith('Joe|Smith', 's') });
    expect((await verifyFiles(whole.files, key)).verdict).toBe('proven');
    const part = await archiveOf(named, key, { people: peopleWith('Smith', 's|Joe') });
    expect((await verifyFiles(part.files, key)).findings).toMatchObject([{ code: 'name_differs' }]);
  });

  it('of a person who was erased are gone, and everything else is proven as before', async () => {
    const erased = await archiveOf(rows, key, { people: PEOPLE.filter(({ id }) => id !== 'fighter:red') });
    const before = await archiveOf(rows, key);
    const changed = [...erased.files].filter(([path, bytes]) => text(bytes) !== text(before.files.get(path)));
    expect(changed.map(([path]) => path)).toEqual(['metadata.json']);
    expect(text(erased.files.get('metadata.json'))).toContain(
      '{"id":"fighter:red","name":null,"salt":null,"commitment":"',
    );
    const report = await verifyFiles(erased.files, key);
    expect(report.verdict).toBe('proven');
    expect(report.facts.people).toEqual({ named: 2, misnamed: 0, erased: 1 });
  });

  it('that the bout does not know are not taken up', async () => {
    const claim = { id: 'claim', name: 'what the bout was set up from', salt: '' };
    const { files } = await archiveOf(rows, key, { people: [claim, ...PEOPLE] });
    expect(text(files.get('metadata.json'))).not.toContain('what the bout');
  });
});
