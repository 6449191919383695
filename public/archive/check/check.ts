import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Report } from '../../../domain/archive/index.ts';
import type { ReceiptsFile } from '../../../domain/ledger/index.ts';
import type { Folder, Given } from './folder.ts';
import { areOf } from './receipts.ts';
import type { Verifier } from './remote.ts';

/** By whose key: without any, by one that somebody typed, or by the one that the server gives of itself. */
export type KeySource = 'none' | 'given' | 'server';

/** What became of one folder: its report, or why there is none. */
export type Checked = {
  readonly name: string;
  readonly key: KeySource;
  /** The bout whose receipts were given and are not of this record; null otherwise. */
  readonly strangeReceipts: string | null;
  readonly outcome: { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly why: string };
};

export type Progress = { readonly name: string; readonly step: string; readonly done: number; readonly of: number };

/** One run of the verifier over all that was given at once. */
export type Run = {
  readonly state: 'reading' | 'checking' | 'done';
  /** The bout that was asked for; null where folders were given. */
  readonly boutId: string | null;
  readonly progress: Progress | null;
  /** In order. */
  readonly checked: readonly Checked[];
  /** Names of what was given and holds no record. */
  readonly strays: readonly string[];
  /** Why nothing that was given could be read; null otherwise. */
  readonly unread: string | null;
};

/** Verifications on this device. Nothing that is verified leaves it. */
export type Check = {
  /** The log's verifier key, as the person has it. */
  readonly key: Signal<string>;
  /** The key that the server gave of itself, while it is the one in use: whoever checks with that must be told so. */
  readonly serverKey: Signal<string | null>;
  /** An earlier checkpoint that the person holds; empty where none. */
  readonly held: Signal<string>;
  /** What a device was told of its entries, where the person has that. */
  readonly receipts: Signal<ReceiptsFile | null>;
  /** A key from a person's own hands, be it the same as the server's. */
  readonly giveKey: (key: string) => void;
  /** Null before the first. */
  readonly run: ReadonlySignal<Run | null>;
  /** Loads the verifier, so that it works when the network has gone. */
  readonly prepare: () => void;
  /** @param open finds the folders; a rejection is told as unreadable */
  readonly start: (open: () => Promise<Given>, boutId: string | null) => Promise<void>;
};

export function openCheck({ prepare, verify }: Verifier): Check {
  const key = signal('');
  const serverKey = signal<string | null>(null);
  const held = signal('');
  const receipts = signal<ReceiptsFile | null>(null);
  const run = signal<Run | null>(null);
  let runs = 0;

  async function start(open: () => Promise<Given>, boutId: string | null): Promise<void> {
    const mine = (runs += 1);
    let now: Run = { state: 'reading', boutId, progress: null, checked: [], strays: [], unread: null };
    // Something else has been given meanwhile: this answer is nobody's.
    const show = (change: Partial<Run>): void => {
      if (mine !== runs) return;
      now = { ...now, ...change };
      run.value = now;
    };
    show({});
    const given = key.peek().trim();
    const source = given === '' ? 'none' : given === serverKey.peek() ? 'server' : 'given';
    const file = receipts.peek();
    const notes = notesIn(held.peek());
    let folders: readonly Folder[] = [];
    let strays: readonly string[] = [];
    try {
      ({ folders, strays } = await open());
    } catch (error) {
      show({ state: 'done', unread: wordsOf(error) });
      return;
    }
    show({ state: 'checking', strays });
    for (const folder of folders) {
      if (mine !== runs) return;
      const { name } = folder;
      const isOwn = file !== null && (await areOf(file, folder));
      const task = {
        key: given === '' ? null : given,
        boutId,
        checkpoints: isOwn && file.checkpoint !== null ? [...notes, file.checkpoint] : notes,
        receipts: isOwn ? file.receipts : [],
      };
      const outcome = await verify(folder, task, (step, done, of) => show({ progress: { name, step, done, of } })).then(
        (report): Checked['outcome'] => ({ ok: true, report }),
        (error: unknown): Checked['outcome'] => ({ ok: false, why: wordsOf(error) }),
      );
      const strangeReceipts = file === null || isOwn ? null : file.boutId;
      show({ checked: [...now.checked, { name, key: source, strangeReceipts, outcome }] });
    }
    show({ state: 'done', progress: null });
  }

  const giveKey = (text: string): void => {
    serverKey.value = null;
    key.value = text;
  };

  return { key, serverKey, held, receipts, giveKey, run, prepare, start };
}

/** A note ends with a line break, which copying often loses, and Windows writes two characters for. */
function notesIn(text: string): readonly string[] {
  const note = text.replaceAll('\r\n', '\n').trim();
  return note === '' ? [] : [`${note}\n`];
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
