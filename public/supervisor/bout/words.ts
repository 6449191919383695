import { actionWords as sharedWords, entryWords } from '../../shared/look/entry-words.ts';
import { words as common } from '../../shared/strings/common.ts';
import { words } from '../../shared/strings/supervisor-bout.ts';
import type { WireEntry } from '../../shared/wire/frames.ts';
import type { Foul } from '../../shared/wire/rules.ts';
import type { Computed, Ruling } from '../../shared/wire/scorecards.ts';
import { timeWords } from './model/times.ts';
import type { DeskResult, RoundEvent } from './wire.ts';

/** What an action says beside its name. */
export function actionWords(event: RoundEvent): readonly string[] {
  return sharedWords(event.event_type, event.metadata).details;
}

export function loggedWords(event: RoundEvent): string {
  return words.loggedBy(event.judge_id ?? event.actor.seat ?? event.actor.subject);
}

export function foulWords(foul: string | null, fouls: readonly Foul[] | null): string {
  return foul === null ? '' : (fouls?.find(({ id }) => id === foul)?.words ?? foul);
}

/** A ruling in one line. */
export function rulingWords(ruling: Ruling, fouls: readonly Foul[] | null): string {
  const who = ruling.corner === null ? '' : common.corner[ruling.corner];
  switch (ruling.kind) {
    case 'knockdown':
      return words.rulingOf.knockdown(who);
    case 'slip':
      return words.rulingOf.slip(who);
    case 'foul':
      return words.rulingOf.foul(who, foulWords(ruling.foul, fouls), intentWords(ruling.intent));
    case 'warning':
      return words.rulingOf.warning(who);
    case 'deduction':
      return words.rulingOf.deduction(who, ruling.points);
    case 'stoppage':
      return words.rulingOf.stoppage(
        ruling.method === null ? words.afterFoul : methodWords(ruling.method),
        who,
        ruling.time_ms === null ? common.notYet : timeWords(ruling.time_ms),
      );
    case 'replay_review':
      return words.rulingOf.review;
    default:
      return common.otherRuling;
  }
}

export function intentWords(intent: string | null): string {
  return intent === 'accidental' || intent === 'intentional' ? words.intents[intent] : '';
}

export function methodWords(method: string): string {
  return common.method[method] ?? words.method[method] ?? method;
}

/** Who wins and how, in one sentence. */
export function resultWords(
  result: Pick<Computed | DeskResult, 'method' | 'decision' | 'round_id' | 'time_ms'>,
  who: string,
): string {
  const decision = result.decision === null ? '' : (words.decision[result.decision] ?? result.decision);
  const how = [
    methodWords(result.method),
    decision,
    result.round_id === null ? '' : common.inRound(result.round_id),
    result.time_ms === null ? '' : timeWords(result.time_ms),
  ];
  return words.resultLine(who, how.filter((part) => part !== '').join(', '));
}

/** Groups that the log can be narrowed to. */
export const LOG_GROUPS = ['action', 'clock', 'ruling', 'scorecard', 'result', 'correction', 'other'] as const;

export type LogGroup = (typeof LOG_GROUPS)[number];

export function groupOf({ kind }: WireEntry): LogGroup {
  switch (kind) {
    case 'action':
      return 'action';
    case 'void':
    case 'replace':
      return 'correction';
    case 'clock':
    case 'ruling':
    case 'scorecard':
    case 'result':
      return kind;
    default:
      return 'other';
  }
}

export type LogLine = { readonly title: string; readonly details: readonly string[] };

/** An entry of the ledger for the table: everything that is in it and that people can read. */
export function logWords(entry: WireEntry, fouls: readonly Foul[] | null): LogLine {
  const said = entryWords(entry);
  const { payload } = entry;
  const text = (name: string): string => (typeof payload[name] === 'string' ? payload[name] : '');
  const reason = text('reason') || text('override_reason') || text('note');
  const details = [
    ...(said?.details ?? []),
    text('judge_id'),
    scoreWords(payload),
    entry.kind === 'ruling' ? foulWords(text('foul') || null, fouls) : '',
    entry.kind === 'ruling' ? intentWords(text('intent') || null) : '',
    typeof payload.points_x10 === 'number' ? words.points(payload.points_x10 / 10) : '',
    entry.kind === 'ruling' || entry.kind === 'result' ? methodOf(text('method')) : '',
    typeof payload.elapsed_ms === 'number' ? words.elapsed(timeWords(payload.elapsed_ms)) : '',
    reason === '' ? '' : words.because(reason),
  ];
  return { title: titleOf(entry, said?.title ?? null), details: details.filter((part) => part !== '') };
}

function scoreWords({ red_x10: red, blue_x10: blue }: WireEntry['payload']): string {
  return typeof red === 'number' && typeof blue === 'number' ? words.score(red / 10, blue / 10) : '';
}

function methodOf(method: string): string {
  return method === '' ? '' : methodWords(method);
}

function titleOf(entry: WireEntry, said: string | null): string {
  const { payload } = entry;
  const step = `${entry.kind}.${String(payload.type)}.${String(payload.step)}`;
  const part = ['type', 'step', 'action', 'kind'].flatMap((name) => {
    const value = payload[name];
    return typeof value === 'string' ? [`${entry.kind}.${value}`] : [];
  });
  const named = [step, ...part].map((key) => words.entry[key]).find((known) => known !== undefined);
  return named ?? said ?? words.entry[entry.kind] ?? entry.kind;
}
