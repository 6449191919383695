import { words as common } from '../../shared/strings/common.ts';
import { nightWords as words } from '../../shared/strings/supervisor-night.ts';
import type { BoutFacts } from './wire.ts';

/** Who won and how, for the list of the night; null before the result is official. */
export function officialWords({ result }: Pick<BoutFacts, 'result'>): string | null {
  if (result?.status !== 'official') return null;
  const method = common.method[result.method] ?? words.method[result.method] ?? result.method;
  const decision = result.decision === null ? null : (words.decision[result.decision] ?? result.decision);
  return words.result(result.winner, method, decision);
}
