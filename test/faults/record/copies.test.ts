import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOG_ANCHOR } from '../../../domain/storage/index.ts';
import type { Files } from '../../support/archive.ts';
import type { Json } from '../run/reply.ts';
import { mint } from '../run/table.ts';
import { readSettings } from '../settings.ts';
import { download, each } from './run/archive.ts';
import { type Bout, decide, endRound, eventually, get, post, seal } from './run/bout.ts';
import { whileDown } from './run/copies.ts';
import { GO, type Moment } from './run/gate.ts';
import { openStage, type Stage } from './run/stage.ts';
import { boutOf, settled, UNINDEXED } from './run/stops.ts';
import { areWhole, decided, endAndDecide, fought, say } from './run/whole.ts';

const { durationMs } = readSettings(process.env);

describe('a part of the data that is put back to an earlier day', () => {
  let stage: Stage;
  let cuts: readonly { readonly cut: number; readonly bout: Bout }[] = [];
  const bouts = new Map<string, Bout>();
  const bout = (id: string): Bout => bouts.get(id) ?? fail(id);
  let before: Files = new Map();
  let since = 0;

  beforeAll(async () => {
    stage = await openStage();
    stage.gate.rule(UNINDEXED);
    const older = await fought(stage, 'older');
    await endRound(stage, older);
    bouts.set('older', older).set('running', await fought(stage, 'running'));
    await each(['sealed', 'log-1', 'log-2', 'log-3'], async (id) => bouts.set(id, await decided(stage, id)));
    const size = bout('sealed').receipts.length;
    const places = durationMs === null ? [1, 7, size - 1] : Array.from({ length: size - 1 }, (_, i) => i + 1);
    cuts = await each(places, async (cut) => ({ cut, bout: await decided(stage, `cut-${cut}`) }));
    await settled(stage, [...bouts.values(), ...cuts.map((one) => one.bout)]);
    stage.gate.rule(GO);
    await whileDown(stage, ({ keep }) => {
      for (const part of PARTS) keep(part, 'older');
    });
    // Then everything goes on for a day.
    stage.gate.rule(UNINDEXED);
    await decide(stage, older);
    await endAndDecide(stage, bout('running'));
    await each([bout('sealed'), bout('log-1')], async (one) => await seal(stage, one));
    await settled(stage, [...bouts.values()]);
    before = await download(stage, bout('sealed'));
    stage.gate.rule(GO);
  }, 120_000);
  afterAll(async () => await stage.end());

  it('where it is a bout’s storage: writes nothing, says why, publishes nothing', async () => {
    await whileDown(stage, ({ keep, putBack, meddle }) => {
      for (const part of PARTS) keep(part, 'newer');
      putBack('do/fightjudge-Bout', 'older');
      meddle((database, boutId) => {
        const { cut } = cuts.find((one) => one.bout.id === boutId) ?? {};
        if (cut === undefined) return;
        database.exec(`DELETE FROM entry WHERE idx >= ${cut}; DELETE FROM snapshot WHERE next > ${cut};
          DELETE FROM key_run; DELETE FROM checkpoint WHERE size > ${cut}`);
      });
    });
    since = stage.gate.moments.length;
    const older = bout('older');
    const refusal = await refusalOf(stage, older);
    expect(refusal['detail']).toContain('published');
    expect(await post(stage, older, '/seal', {})).toMatchObject({ status: 503 });
    expect(await post(stage, older, '/clock', { action: 'pause', round_id: 1 })).toMatchObject({ status: 503 });
    const { url, people } = stage;
    const { json: verdict } = await get(`${url}/api/events/v2/verify/${older.id}/1`, people.supervisor);
    expect(verdict['chain_valid']).toBe(false);
    expect(published(stage, older, since)).toEqual([]);
  }, 60_000);

  it('where the end of a bout’s storage was cut off, with all that went with it: the same, wherever the cut is', async () => {
    for (const { cut, bout: cutOff } of cuts) {
      expect((await refusalOf(stage, cutOff))['detail']).toContain('published');
      expect({ cut, published: published(stage, cutOff, since) }).toEqual({ cut, published: [] });
    }
    say(`${cuts.length} cuts of a live ledger of ${bout('log-2').receipts.length} entries refused`);
  }, 60_000);

  it('where it is R2, and the bouts are ahead: the records get there again, to the same bytes', async () => {
    await whileDown(stage, ({ putBack }) => {
      putBack('do/fightjudge-Bout', 'newer');
      putBack('r2', 'older');
    });
    const [sealed, running] = [bout('sealed'), bout('running')];
    // Somebody has to ask for a bout, or it sleeps.
    await get(`${stage.url}/api/bouts/${sealed.id}`, stage.people.supervisor);
    await each([running, bout('older')], async (one) => await seal(stage, one));
    await areWhole(stage, [running, sealed, bout('older')], true);
    expect(await download(stage, sealed)).toEqual(before);
  }, 60_000);

  it('where it is the log’s storage: signs nothing more, says why, and goes on when the right one is back', async () => {
    await whileDown(stage, ({ keep, putBack }) => {
      keep('do/fightjudge-Platform', 'newest');
      putBack('do/fightjudge-Platform', 'older');
    });
    const { gate, url, server, people } = stage;
    since = gate.moments.length;
    const late = bout('log-2');
    await seal(stage, late);
    const admin = await mint(url, server.adminSecret, { role: 'admin', subject: 'ada' });
    await eventually('the monitor says so', async () => {
      const { json } = await get(`${url}/api/monitor`, admin);
      return JSON.stringify(json).includes('set back') ? true : null;
    });
    // Only then is there anything to be seen of a log that signs all the same.
    const answered = ({ name, at }: Moment): boolean => name === 'PLATFORM.addCheckpoint' && at === 'after';
    await eventually('the log has answered the sealed bout', () =>
      gate.moments.slice(since).some((moment) => boutOf(moment) === late.id && answered(moment)) ? true : null,
    );
    // What the log has not taken is not archived: the archive is written once.
    const { json: record } = await get(`${url}/api/archive/${late.id}`, people.supervisor);
    expect(record).toMatchObject({ archived_ms: null, files: [] });
    expect(
      gate.moments.slice(since).filter(({ key, name }) => name === 'ARCHIVE.put' && key === `anchors/${LOG_ANCHOR}`),
    ).toEqual([]);

    await whileDown(stage, ({ putBack }) => putBack('do/fightjudge-Platform', 'newest'));
    await get(`${url}/api/bouts/${late.id}`, people.supervisor);
    await seal(stage, bout('log-3'));
    await areWhole(stage, [bout('log-1'), late, bout('log-3')], true);
  }, 60_000);
});

const PARTS = ['do/fightjudge-Bout', 'do/fightjudge-Platform', 'r2'] as const;

function fail(id: string): never {
  throw new Error(`There is no bout ${id}.`);
}

/** A bout that was just written to is compared beside the first answers. */
async function refusalOf(stage: Stage, bout: Bout): Promise<Json> {
  return await eventually(`${bout.id} refused`, async () => {
    const { status, json } = await post(stage, bout, '/finalize', {});
    return status === 503 ? json : null;
  });
}

/** What a bout has published since: puts, and checkpoints for the log. */
function published({ gate }: Stage, bout: Bout, since: number): readonly string[] {
  return gate.moments
    .slice(since)
    .filter((moment) => boutOf(moment) === bout.id && moment.at === 'before')
    .filter(({ name }) => name === 'ARCHIVE.put' || name === 'PLATFORM.addCheckpoint')
    .map(({ name, key }) => `${name} ${key}`);
}
