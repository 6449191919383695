import { join } from 'node:path';
import { generateLogKey } from '../../../../cli/secrets.ts';
import { formatVerifierKey } from '../../../../domain/log/index.ts';
import { readLogKey } from '../../../../objects/log-key.ts';
import { tempFolder } from '../../../../cli/temp.ts';
import { startServer, type TestServer } from '../../../support/server.ts';
import { type People, peopleOf } from './bout.ts';
import { type Gate, GO, openGate } from './gate.ts';

/** A served product behind a gate. */
export type Stage = {
  readonly url: string;
  readonly server: TestServer;
  readonly gate: Gate;
  readonly people: People;
  /** What the times of taps count from. */
  readonly startMs: number;
  /** What a verifier is given: from LOG_KEY itself, by no way of the server's. */
  readonly key: string;
  /** LOG_KEY: what only the deployment has. */
  readonly logKey: string;
  /** Ends the server and removes its data. */
  readonly end: () => Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const folder = tempFolder('fightjudge-record-');
  const gate = await openGate();
  const dataDir = join(folder.path, 'data');
  const logKey = generateLogKey('log.test');
  const server = await startServer({
    persistTo: dataDir,
    script: 'test/faults/record/run/gated-server.ts',
    env: { FAULTS_GATE: gate.url, LOG_KEY: logKey },
  });
  const { url, adminSecret } = server;
  return {
    url,
    server,
    gate,
    people: await peopleOf(url, adminSecret),
    startMs: Date.now(),
    key: verifierKeyOf(logKey),
    logKey,
    end: async () => {
      gate.rule(GO);
      await server.stop();
      gate.close();
      folder.remove();
    },
  };
}

function verifierKeyOf(logKey: string): string {
  const key = readLogKey({ LOG_KEY: logKey });
  if (!key.ok) throw new Error(key.detail);
  return formatVerifierKey(key.value.deployment);
}

/** What waits for its next try is due now. */
export async function hurry({ url }: Stage, boutId: string): Promise<void> {
  await fetch(`${url}/faults/hurry/${boutId}`);
}

/** Shortens the product's patience of a second or more from now on: what it waits 2 s for at most, 100 ms at 20. */
export async function patience({ url }: Stage, divisor: number): Promise<void> {
  await fetch(`${url}/faults/patience/${divisor}`);
}
