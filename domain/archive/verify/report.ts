/** How a finding weighs: what it makes of the verdict. A note changes nothing. */
export type Weight = 'broken' | 'incomplete' | 'unproven' | 'note';

/** Every finding there can be, and its weight. */
export const FINDINGS = {
  // What the verifier was given.
  no_key: 'unproven',
  key_unreadable: 'unproven',
  // The checkpoint.
  checkpoint_malformed: 'broken',
  signature_false: 'broken',
  signed_by_other: 'broken',
  other_origin: 'broken',
  other_bout: 'broken',
  rotation_false: 'broken',
  // The tree.
  file_missing: 'incomplete',
  truncated: 'broken',
  bundle_malformed: 'broken',
  leaf_changed: 'broken',
  tile_changed: 'broken',
  root_differs: 'broken',
  surplus_file: 'broken',
  foreign_file: 'note',
  // The entries.
  leaf_unreadable: 'broken',
  chain_broken: 'broken',
  event_hash_differs: 'broken',
  rule_broken: 'broken',
  // The seal.
  not_sealed: 'incomplete',
  seal_differs: 'broken',
  tap_signature_false: 'note',
  // What was worked out from the entries, and the names beside them.
  file_differs: 'broken',
  not_compared: 'note',
  other_version: 'unproven',
  name_differs: 'broken',
  // What people outside hold.
  receipt_beyond: 'broken',
  receipt_differs: 'broken',
  held_beyond: 'broken',
  held_differs: 'broken',
  held_unsigned: 'unproven',
  vouched_by_log: 'note',
  proof_false: 'broken',
  witness_missing: 'unproven',
  timestamp_false: 'broken',
} as const satisfies Readonly<Record<string, Weight>>;

export type FindingCode = keyof typeof FINDINGS;

export type Finding = {
  readonly code: FindingCode;
  /** Path within the archive; null where the finding is about none of its files. */
  readonly file: string | null;
  /** The entry; of a tile above level 0 the place of the hash in its level; null where there is no one entry. */
  readonly index: number | null;
  readonly detail: string;
};

/**
 * `proven`: everything checks out against the verifier's key. `unproven`: nothing contradicts, but something that a proof
 * needs was not given or not compared. `incomplete`: nothing contradicts, but parts are missing, or the bout is not
 * sealed. `broken`: something contradicts.
 */
export type Verdict = 'proven' | 'unproven' | 'incomplete' | 'broken';

/** What was found to be so. Instants are UTC epoch ms; null is what could not be established. */
export type Facts = {
  boutId: string | null;
  origin: string | null;
  size: number | null;
  /** Base64, as the checkpoint has it. */
  root: string | null;
  /** The deployment's key by which the checkpoint opened; null where none did. */
  signedBy: string | null;
  /** Key ids of the signatures under the checkpoint, as they name themselves: that one holds is said by `signedBy` alone. */
  claimedIds: readonly string[];
  /** How many rotations lead from the given key to the one that signed. */
  rotations: number;
  /** Entries that were read. */
  entries: number;
  kinds: Readonly<Record<string, number>>;
  sealedMs: number | null;
  reason: string | null;
  /** Devices as the seal has them. */
  devices: readonly DeviceFacts[];
  /** Taps with a device's signature: how many there are, verified, and without a known key. */
  signatures: { readonly present: number; readonly verified: number; readonly unchecked: number };
  result: ResultFacts | null;
  /** Names that the ledger binds, names that stand where it binds others, and people without a name. */
  people: { readonly named: number; readonly misnamed: number; readonly erased: number };
  /** Files that hold, byte for byte, what the ledger gives, and that no finding is about. */
  compared: string[];
  receipts: number;
  checkpoints: number;
  platformLog: PlatformFacts | null;
  /** The time stamp of this checkpoint; null where there is none, or it is a finding. */
  timestamp: TimeStampFacts | null;
};

export type DeviceFacts = {
  readonly device: string;
  readonly entries: number;
  readonly lastSeq: number | null;
  readonly missing: number;
  /** The numbers that are missing, as runs: first and last. */
  readonly missingRuns: readonly (readonly [number, number])[];
  readonly declared: boolean;
};

export type ResultFacts = {
  readonly status: string;
  readonly winner: string;
  /** The name that the ledger binds to the winner's corner; null where nobody won or the name is not there. */
  readonly winnerName: string | null;
  readonly method: string;
  readonly decision: string | null;
  /** Points by seat, in the order of the panel, where scorecards decided. */
  readonly totals: readonly { readonly seat: string; readonly red: number; readonly blue: number }[];
  readonly proposedBy: string;
  readonly confirmedBy: string | null;
};

/** Where the checkpoint stands in the deployment's log of checkpoints. */
export type PlatformFacts = {
  readonly origin: string;
  readonly size: number;
  readonly index: number;
  /** Names of the given witnesses that cosigned it. */
  readonly witnesses: readonly string[];
};

/** What a time stamp of the checkpoint claims; `openssl ts -verify` says whether that is to be believed. */
export type TimeStampFacts = {
  /** When its authority says that it saw the checkpoint: UTC epoch ms. */
  readonly claimedMs: number;
  /** Whether the certificate that it carries signed it; `unchecked` where that cannot be told here. */
  readonly signature: 'holds' | 'unchecked';
  /** The name in that certificate, which anybody could have written. */
  readonly authority: string | null;
};

export type Report = {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly facts: Readonly<Facts>;
};

/** What a verification has found so far. */
export type Findings = {
  readonly list: Finding[];
  readonly add: (code: FindingCode, file: string | null, index: number | null, detail: string) => void;
};

export function newFindings(): Findings {
  const list: Finding[] = [];
  return { list, add: (code, file, index, detail) => void list.push({ code, file, index, detail }) };
}

const VERDICTS = ['broken', 'incomplete', 'unproven'] as const;

export function verdictOf(findings: readonly Finding[]): Verdict {
  return VERDICTS.find((verdict) => findings.some(({ code }) => FINDINGS[code] === verdict)) ?? 'proven';
}

export function noFacts(): Facts {
  return {
    boutId: null,
    origin: null,
    size: null,
    root: null,
    signedBy: null,
    claimedIds: [],
    rotations: 0,
    entries: 0,
    kinds: {},
    sealedMs: null,
    reason: null,
    devices: [],
    signatures: { present: 0, verified: 0, unchecked: 0 },
    result: null,
    people: { named: 0, misnamed: 0, erased: 0 },
    compared: [],
    receipts: 0,
    checkpoints: 0,
    platformLog: null,
    timestamp: null,
  };
}
