import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirm, endRound, eventually, get, post, propose, seal } from './run/bout.ts';
import { openStage, type Stage } from './run/stage.ts';
import { boutOf, settled, UNINDEXED } from './run/stops.ts';
import { decided, fought } from './run/whole.ts';

describe('whoever meddles with the stores of a running server', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    stage.gate.rule(UNINDEXED);
  });
  afterAll(async () => await stage.end());

  it('gets no signature over a byte that was changed after it was stored', async () => {
    const { gate, url } = stage;
    const bout = await fought(stage, 'damaged');
    await endRound(stage, bout);
    await settled(stage, [bout]);
    // After the last checkpoint and before the next.
    await propose(stage, bout);
    const last = Math.max(...bout.receipts.map(({ index }) => index));
    await fetch(`${url}/faults/damage/${bout.id}/${last}`);
    const since = gate.moments.length;
    const published = () =>
      gate.moments
        .slice(since)
        .filter((moment) => boutOf(moment) === bout.id)
        .filter(({ name }) => name === 'ARCHIVE.put' || name === 'PLATFORM.addCheckpoint');
    await confirm(stage, bout);
    // Only the checkpoint that the result owes looks at that entry: what it finds closes the bout.
    await eventually('the damage found', async () => {
      const { status } = await post(stage, bout, '/clock', { action: 'pause', round_id: 1 });
      return status === 503 || published().length > 0 ? true : null;
    });
    expect(published()).toEqual([]);
  }, 60_000);

  it('finds that nothing is put over what lies in a record’s place, and that the server says so', async () => {
    const { gate, url, people } = stage;
    const bout = await decided(stage, 'occupied');
    const key = `archive/fights/2026/Promotion/Event-${bout.id}/${bout.id}/replay_data.json`;
    await fetch(`${url}/faults/put/${key}`);
    await seal(stage, bout);
    const { conflict, archived } = await eventually('the conflict', async () => {
      const { json } = await get(`${url}/api/archive/${bout.id}`, people.supervisor);
      const over = gate.moments.some((moment) => moment.key === key && moment.at === 'after' && moment.taken === true);
      return typeof json['conflict'] === 'string' || (over && json['archived_ms'] !== null)
        ? { conflict: json['conflict'], archived: json['archived_ms'] }
        : null;
    });
    expect(await (await fetch(`${url}/faults/text/${key}`)).text()).toBe('something else');
    expect(conflict).toContain('replay_data.json');
    expect(archived).toBeNull();
  }, 60_000);
});
