import { utcText } from './calendar.ts';
import { resultLine } from './result-words.ts';
import {
  type DeviceFacts,
  FINDINGS,
  type Finding,
  type FindingCode,
  type Report,
  type TimeStampFacts,
  type Verdict,
  type Weight,
} from './verify/report.ts';

/** What a verdict means, for people who know nothing of logs and trees. */
export const VERDICT_WORDS: Readonly<Record<Verdict, { readonly title: string; readonly meaning: string }>> = {
  proven: {
    title: 'Proven',
    meaning:
      'Every entry is exactly as it was signed by the key that you gave, no signed entry is missing, and everything that is stated about the bout follows from the entries.',
  },
  unproven: {
    title: 'Not proven',
    meaning:
      'Nothing here contradicts itself, but something that a proof needs was not given or could not be compared. The findings say what.',
  },
  incomplete: {
    title: 'Incomplete',
    meaning:
      'What is here does not contradict itself, but it is not the whole closed record: files are missing, or the bout was not sealed. Its end may be missing too.',
  },
  broken: {
    title: 'Broken',
    meaning:
      'This is not the record as it was signed: something was changed, cut off, added or replaced. The findings say what and where.',
  },
};

/** A verdict as it is shown. */
export type VerdictText = { readonly title: string; readonly meaning: string };

/** Findings that say no more than that the key is another one. */
const OF_THE_KEY: readonly FindingCode[] = ['signed_by_other', 'other_origin'];

/**
 * What this report's verdict means. A key that does not fit looks the same as a forged record, and is far more often the
 * reason: where nothing else contradicts, the words say that, and not that something was changed.
 */
export function verdictWords({ verdict, findings, facts }: Report): VerdictText {
  const broken = findings.filter(({ code }) => FINDINGS[code] === 'broken');
  if (broken.length > 0 && broken.every(({ code }) => OF_THE_KEY.includes(code))) {
    return { title: 'Not signed by the key that you gave', meaning: otherKeyWords(facts) };
  }
  const words = VERDICT_WORDS[verdict];
  if (verdict !== 'proven' || !findings.some(({ code }) => code === 'vouched_by_log')) return words;
  const meaning = words.meaning.replace(
    'signed by the key that you gave',
    'signed with an earlier key, as the deployment’s log vouches under the key that you gave',
  );
  return { ...words, meaning };
}

function otherKeyWords({ origin }: Report['facts']): string {
  return `The checkpoint${origin === null ? '' : ` of ${origin}`} was not signed with the key that you gave. Nothing else here contradicts itself, so either this is not the key for this record (it is another deployment’s, or from before or after a rotation), or the whole record is forged. Which of the two, the record cannot tell: ask the promotion, and not whoever gave you the record, which verifier key was in force when the bout was sealed. Where yours is an older one, the notes by which it was replaced lead to that key (--rotations at a terminal). Ids in notes are per log, so they cannot be compared with a key’s by eye.`;
}

/** What was found, in one sentence without particulars; a finding's own `detail` has those. */
export const FINDING_WORDS: Readonly<Record<FindingCode, string>> = {
  no_key: 'No key was given, so it was not checked who signed this record.',
  key_unreadable: 'The key that was given is not a verifier key, so it was not checked who signed this record.',
  checkpoint_malformed: 'The signed checkpoint cannot be read.',
  signature_false: 'The signature under the checkpoint is false.',
  signed_by_other:
    'The checkpoint is not signed with the key that was given. A record from before the key was replaced is checked with the older key, or with a newer proof from the log.',
  other_origin: 'The checkpoint belongs to another deployment than the key that was given.',
  other_bout: 'This is the record of another bout.',
  rotation_false: 'A note about the replacement of the log’s key is not signed as it must be.',
  file_missing: 'A file that belongs to the record is missing.',
  truncated: 'Entries that were signed are missing at the end.',
  bundle_malformed: 'A file of entries is damaged.',
  leaf_changed: 'An entry was changed after it was signed.',
  tile_changed: 'A hash in the tree’s files was changed.',
  root_differs: 'The entries are not those that the checkpoint was signed over.',
  surplus_file: 'There is a file that the signed record does not have.',
  foreign_file: 'There is a file that is no part of the record. It was not looked at.',
  leaf_unreadable: 'An entry is not in the one form that entries have.',
  chain_broken: 'An entry does not follow the one before it.',
  event_hash_differs: 'The fingerprint of an action does not match what the action says.',
  rule_broken: 'An entry breaks the rules by which a bout is recorded.',
  not_sealed: 'The bout was not sealed: what is here may not be all of it.',
  seal_differs: 'The seal states something else than the entries before it.',
  tap_signature_false:
    'The signature of a device under one of its entries is false: the entry stands as it was logged, but not that this device made it.',
  file_differs: 'A file does not say what follows from the entries.',
  not_compared: 'The files that are worked out from the entries were not compared.',
  other_version:
    'The record was made by another version of this program, so the files that are worked out from the entries were not compared. The entries themselves were.',
  name_differs: 'A person’s name is not the one that the entries bind.',
  receipt_beyond: 'Somebody holds a receipt for an entry that is missing at the end.',
  receipt_differs: 'Somebody holds a receipt for an entry that was another one.',
  held_beyond: 'Somebody holds a signed checkpoint over more entries than there are: the end was cut off.',
  held_differs: 'Somebody holds a signed checkpoint over other entries: there are two histories of this bout.',
  held_unsigned: 'A checkpoint that was given besides could not be used.',
  vouched_by_log:
    'The checkpoint was signed with another key than the one given, which vouches for it through the deployment’s log of checkpoints.',
  proof_false: 'The proof that the checkpoint stands in the deployment’s public log is false.',
  witness_missing: 'A witness that was named has not cosigned.',
  timestamp_false: 'The time stamp is not one of this checkpoint, or it cannot be read.',
};

export type FindingText = {
  readonly weight: Weight;
  readonly words: string;
  /** `entry 17`, or null. */
  readonly where: string | null;
  readonly file: string | null;
  readonly detail: string;
};

/** A finding as it is shown. */
export function findingText({ code, file, index, detail }: Finding): FindingText {
  const isHash = code === 'tile_changed' && file !== null && !file.startsWith('tile/0/');
  const where = index === null ? null : `${isHash ? 'hash' : 'entry'} ${index}`;
  return { weight: FINDINGS[code], words: FINDING_WORDS[code], where, file, detail };
}

/** What was established, a line each. */
export function factLines({ facts }: Report): string[] {
  const { signatures, people, devices, result, platformLog } = facts;
  return [
    facts.boutId === null ? null : `Bout ${facts.boutId}`,
    facts.size === null ? null : `Checkpoint of ${facts.origin} over ${plural(facts.size, 'entry', 'entries')}`,
    facts.signedBy === null ? null : `Signed with ${facts.signedBy}${rotated(facts.rotations)}`,
    facts.sealedMs === null
      ? null
      : `Sealed ${utcText(facts.sealedMs)} by the server’s clock${facts.reason === null ? '' : ` (${facts.reason})`}`,
    result === null ? null : resultLine(result),
    facts.compared.length === 0 ? null : `Worked out again and the same: ${facts.compared.join(', ')}`,
    peopleLine(people),
    ...devices.filter(({ missing }) => missing > 0).map(gapLine),
    signatures.present === 0
      ? null
      : `Signed by devices: ${plural(signatures.present, 'entry', 'entries')}, ${signatures.verified} verified, ${signatures.unchecked} without a known key`,
    facts.receipts === 0 ? null : `Receipts that agree: ${facts.receipts}`,
    facts.checkpoints === 0 ? null : `Earlier checkpoints that agree: ${facts.checkpoints}`,
    platformLog === null
      ? null
      : `In the deployment’s log ${platformLog.origin}: number ${platformLog.index + 1} of ${plural(platformLog.size, 'checkpoint', 'checkpoints')}${witnessed(platformLog.witnesses)}`,
    facts.timestamp === null ? null : stampLine(facts.timestamp),
  ].filter((line) => line !== null);
}

function peopleLine({ named, misnamed, erased }: Report['facts']['people']): string | null {
  if (named + misnamed + erased === 0) return null;
  const others = misnamed === 0 ? '' : `, ${misnamed} not as bound`;
  return `People: ${named} named and bound${others}, ${erased} not named`;
}

function stampLine({ claimedMs, signature, authority }: TimeStampFacts): string {
  const claim = `Time stamp: ${authority === null ? 'an authority' : `“${authority}”`} says that this checkpoint existed at ${utcText(claimedMs)}`;
  const signer =
    signature === 'holds'
      ? 'It is signed with the certificate that it carries; whose that is, and whether you trust it, is for you to check'
      : 'Its signature was not checked here';
  return `${claim}. ${signer}: openssl ts -verify`;
}

function rotated(rotations: number): string {
  return rotations === 0
    ? ''
    : `, to which ${plural(rotations, 'rotation leads', 'rotations lead')} from the key given`;
}

/** So many runs of missing numbers are named. */
const RUNS_NAMED = 8;

function gapLine({ device, missing, missingRuns, declared }: DeviceFacts): string {
  const runs = missingRuns.slice(0, RUNS_NAMED).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  const more = missingRuns.length > RUNS_NAMED ? ', …' : '';
  const numbers = `${missing === 1 ? 'number' : 'numbers'} ${runs.join(', ')}${more}`;
  return `Device ${device} numbered ${plural(missing, 'entry', 'entries')} that never arrived: ${numbers}${declared ? ', declared in the seal' : ', not declared'}`;
}

function witnessed(names: readonly string[]): string {
  return names.length === 0 ? '' : `, cosigned by ${names.join(', ')}`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
