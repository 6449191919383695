import { type BoutState, decide } from '../../bout/index.ts';
import { decodeLeaf, textOf } from '../../ledger/index.ts';
import { base64Of, ed25519, formatVerifierKey, textOfUtf8, TILE_WIDTH, tilePath } from '../../log/index.ts';
import { type BoutRecord, entriesBetween, readRecord } from '../record.ts';
import { verifyDerived } from './derived.ts';
import { verifyEntries } from './entries.ts';
import { verifyHeld, verifyReceipts } from './held.ts';
import { tellWhatIsIntact } from './intact.ts';
import { verifyPlatformLog } from './platform-log.ts';
import { type Facts, type Findings, newFindings, noFacts, type Report, type ResultFacts, verdictOf } from './report.ts';
import { devicesOf, verifySeal } from './seal.ts';
import { readCheckpoint, type SignedCheckpoint, type Trust, trustOf } from './signed.ts';
import type { ArchiveSource, VerifyOptions } from './source.ts';
import { findSurplus } from './surplus.ts';
import { verifyTaps } from './taps.ts';
import { verifyTimeStamp } from './timestamp.ts';
import { readTree, type Tree } from './tree.ts';

/**
 * Verifies a bout's archive, or what there is of one while the bout runs, by recomputing everything from its bytes. It
 * goes on after a fault where it can, so that one report names all of them. Rejects only where the source does.
 */
export async function verifyArchive<Key>(source: ArchiveSource, options: VerifyOptions<Key>): Promise<Report> {
  const findings = newFindings();
  const facts = noFacts();
  const { verify } = ed25519(options.subtle);
  const trust = await trustOf(source, options, verify, findings);
  const signed = await readCheckpoint(source, trust, findings);
  if (signed !== null) await verifyFrom(source, signed, trust, options, facts, findings);
  facts.timestamp = await verifyTimeStamp(source, options.subtle, findings);
  return { verdict: verdictOf(findings.list), findings: findings.list, facts };
}

async function verifyFrom<Key>(
  source: ArchiveSource,
  signed: SignedCheckpoint,
  trust: Trust,
  options: VerifyOptions<Key>,
  facts: Facts,
  findings: Findings,
): Promise<void> {
  const { checkpoint, signedBy, claimedIds } = signed;
  const { size, origin } = checkpoint;
  Object.assign(facts, {
    origin,
    size,
    root: base64Of(checkpoint.root),
    signedBy: signedBy === null ? null : formatVerifierKey(signedBy),
    claimedIds,
    rotations: signedBy === null ? 0 : trust.keys.indexOf(signedBy),
  });
  const progress = options.onProgress ?? (() => undefined);
  const tree = await readTree(source, checkpoint, findings, (done) => progress('entries', done, size));
  facts.entries = tree.leaves.filter((leaf) => leaf !== null).length;
  if (options.list !== undefined) await findSurplus(source, await options.list(), tree, size, findings);
  facts.boutId = boutIdOf(tree);
  checkBout(facts.boutId, origin, options.boutId ?? null, trust, findings);
  await verifyLedger(source, tree, size, options, facts, findings);
  facts.receipts = verifyReceipts(options.receipts ?? [], tree, size, findings);
  facts.checkpoints = await verifyHeld(options.checkpoints ?? [], signed, tree, trust, findings);
  const witnesses = options.witnesses ?? [];
  const place = signedBy !== null || trust.keys.length === 0 ? verifyPlatformLog : vouchedFor;
  facts.platformLog = await place(source, signed, trust, witnesses, findings);
  await tellWhatIsIntact(source, tree, checkpoint, findings);
}

/**
 * A checkpoint of before a rotation, held against the newer key alone: the key's own log may hold it. A rotation note is
 * never read backwards for that: with an old key that was stolen, old bouts could still be signed anew, but they cannot
 * get into the log. A signature that is false stays so.
 */
async function vouchedFor(
  source: ArchiveSource,
  signed: SignedCheckpoint,
  trust: Trust,
  witnesses: readonly string[],
  findings: Findings,
): Promise<Facts['platformLog']> {
  const at = findings.list.findIndex(({ code }) => code === 'signed_by_other');
  if (at < 0) return null;
  const aside = newFindings();
  const place = await verifyPlatformLog(source, signed, trust, witnesses, aside);
  if (place === null) return null;
  const detail = `it is number ${place.index + 1} of the ${place.size} checkpoints in ${place.origin}, which this key signed`;
  findings.list.splice(at, 1, { code: 'vouched_by_log', file: 'checkpoint', index: null, detail });
  findings.list.push(...aside.list);
  return place;
}

/** Everything that the entries themselves say. */
async function verifyLedger<Key>(
  source: ArchiveSource,
  tree: Tree,
  size: number,
  options: VerifyOptions<Key>,
  facts: Facts,
  findings: Findings,
): Promise<void> {
  const progress = options.onProgress ?? (() => undefined);
  if (size === 0) {
    findings.add('not_sealed', 'checkpoint', null, 'the checkpoint is over no entries at all');
    return;
  }
  progress('chain', 0, size);
  const rows = verifyEntries(tree, facts.boutId ?? '', size, findings);
  const last = tilePath('entries', Math.floor((size - 1) / TILE_WIDTH), ((size - 1) % TILE_WIDTH) + 1);
  if (rows === null) {
    findings.add(
      'not_compared',
      null,
      null,
      'not every entry is there as it was signed, so nothing was worked out from them',
    );
    return;
  }
  progress('fold', 0, size);
  const record = readRecord(rows);
  if (!record.ok) {
    const bundle = Math.floor(record.index / TILE_WIDTH);
    const file = tilePath('entries', bundle, Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH));
    findings.add('rule_broken', file, record.index, record.detail);
    findings.add('not_compared', null, null, 'the entries are no bout, so nothing was worked out from them');
    return;
  }
  const { state } = record.value;
  const seal = verifySeal(record.value, last, findings);
  facts.kinds = kindsOf(record.value);
  if (seal !== null) {
    facts.sealedMs = seal.sealedMs;
    facts.reason = textOf(seal.payload, 'reason');
    facts.devices = devicesOf(seal.payload);
  }
  progress('signatures', 0, size);
  facts.signatures = await verifyTaps(
    record.value,
    seal?.payload ?? null,
    options.subtle,
    ed25519(options.subtle).verify,
    findings,
  );
  progress('files', 0, size);
  const { compared, people, names } = await verifyDerived(source, record.value, seal !== null, findings);
  Object.assign(facts, { compared, people, result: resultOf(state, names) });
}

/** Methods in which the scorecards decide. */
const BY_SCORECARDS: readonly string[] = ['DEC', 'TD', 'DRAW'];

function resultOf(state: BoutState, names: ReadonlyMap<string, string>): ResultFacts | null {
  if (state.result === null) return null;
  const { status, winner, method, decision, proposedBy, confirmedBy } = state.result;
  const totals = BY_SCORECARDS.includes(method)
    ? decide(state).totals.map(({ seat, total }) => ({ seat, red: total.red / 10, blue: total.blue / 10 }))
    : [];
  const winnerName = names.get(`fighter:${winner}`) ?? null;
  return { status, winner, winnerName, method, decision, totals, proposedBy, confirmedBy };
}

/** The bout that the first entry sets up; null where it cannot be read. */
function boutIdOf({ leaves }: Tree): string | null {
  const first = leaves[0] ?? null;
  const entry = first === null ? null : decodeLeaf(textOfUtf8(first) ?? '');
  return entry?.ok === true ? textOf(entry.value.payload, 'bout_id') : null;
}

/** A record of another bout, however whole, is not the record that was asked for. */
function checkBout(
  boutId: string | null,
  origin: string,
  asked: string | null,
  { keys }: Trust,
  findings: Findings,
): void {
  if (boutId === null) return;
  const [deployment] = keys;
  // Under another deployment's name it has been said whose it is; whether it is of this bout is another question.
  const isElsewhere = deployment === undefined || !origin.startsWith(`${deployment.name}/`);
  const isOwn = isElsewhere ? origin.endsWith(`/bout/${boutId}`) : origin === `${deployment.name}/bout/${boutId}`;
  if (!isOwn)
    findings.add('other_bout', 'checkpoint', null, `it is of ${origin}, and the entries are those of bout ${boutId}`);
  if (asked !== null && asked !== boutId) {
    findings.add('other_bout', null, null, `bout ${asked} was asked for, and this is bout ${boutId}`);
  }
}

function kindsOf(record: BoutRecord): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { kind } of entriesBetween(record, 0, record.rows.length - 1)) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}
