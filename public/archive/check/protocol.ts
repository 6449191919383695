import type { Report } from '../../../domain/archive/index.ts';

/** What one verification is asked with. The port that comes along carries the rest of the talk. */
export type Task = {
  readonly key: string | null;
  readonly boutId: string | null;
  readonly checkpoints: readonly string[];
  readonly receipts: readonly { readonly index: number; readonly hash: string }[];
};

/** From the verifier to the page. */
export type FromVerifier =
  | { readonly type: 'read'; readonly id: number; readonly path: string }
  | { readonly type: 'list'; readonly id: number }
  | { readonly type: 'progress'; readonly step: string; readonly done: number; readonly of: number }
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'failed'; readonly why: string };

/** From the page to the verifier: one answer for each `read` and `list`. */
export type ToVerifier =
  | { readonly id: number; readonly type: 'bytes'; readonly bytes: Uint8Array | null }
  | { readonly id: number; readonly type: 'paths'; readonly paths: readonly string[] }
  | { readonly id: number; readonly type: 'failed'; readonly why: string };
