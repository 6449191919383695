import type { Corner } from '../corner.ts';
import type { LeafObject } from '../ledger/entry.ts';
import { covers, gapsIn, type Span } from './gaps.ts';
import type { ValidatorLimits } from './limits.ts';

/** What is known of a round when its statistics are to be locked. Times are of the round clock. */
export type RoundFacts = {
  readonly lengthMs: number;
  readonly elapsedMs: number;
  readonly ended: boolean;
  /** Whether the referee stopped the bout in this round. */
  readonly stopped: boolean;
  /** Without a clock the times count from the first action: neither edges nor length say anything. */
  readonly timed: boolean;
  /** Those that stand: neither taken back nor late. */
  readonly actions: readonly { readonly clockMs: number; readonly source: 'human' | 'camera' }[];
  readonly camerasOn: boolean;
  readonly control: readonly Span[];
  /** Holds that nobody closed before the bell. */
  readonly openControl: readonly { readonly corner: Corner; readonly kind: string; readonly sinceMs: number }[];
  /** Devices that have kept something back; a count of null is an unknown one. */
  readonly unsent: readonly {
    readonly device: string;
    readonly count: number | null;
    readonly why: 'reported' | 'sequence_gap';
  }[];
  /** Index of each knockdown that the referee has not ruled on. */
  readonly pendingKnockdowns: readonly number[];
};

export type FindingCode =
  | 'not_over'
  | 'round_length'
  | 'too_few_actions'
  | 'too_few_human'
  | 'human_gap'
  | 'camera_gap'
  | 'unsent_device'
  | 'open_control'
  | 'pending_knockdown';

export type Finding = {
  readonly code: FindingCode;
  /** Critical ones keep the round from being locked unless a supervisor gives a reason. */
  readonly severity: 'critical' | 'warning';
  readonly detail: string;
  /** The same in figures, ready for a leaf. */
  readonly facts: LeafObject;
};

/** A bell that is rung by hand is not to the millisecond. */
const BELL_TOLERANCE_MS = 1000;

/** All that is wrong with a round, in a fixed order. Pure: the same facts give the same findings. */
export function validateRound(facts: RoundFacts, limits: ValidatorLimits): readonly Finding[] {
  return [
    ...lengthFindings(facts),
    ...countFindings(facts, limits),
    ...gapFindings(facts, limits),
    ...deviceFindings(facts),
    ...openFindings(facts),
  ];
}

export function isCritical(finding: Finding): boolean {
  return finding.severity === 'critical';
}

function lengthFindings({ lengthMs, elapsedMs, ended, stopped, timed }: RoundFacts): readonly Finding[] {
  if (!timed) return [];
  const figures = { length_ms: lengthMs, elapsed_ms: elapsedMs };
  if (!ended)
    return [critical('not_over', `The round is not over: ${shown(elapsedMs)} of ${shown(lengthMs)}.`, figures)];
  const overMs = elapsedMs - lengthMs;
  const isShort = overMs < -BELL_TOLERANCE_MS && !stopped;
  if (!isShort && overMs <= BELL_TOLERANCE_MS) return [];
  const detail = `The round lasted ${shown(elapsedMs)}, not ${shown(lengthMs)}, and no stoppage says why.`;
  return [critical('round_length', detail, figures)];
}

function countFindings({ actions }: RoundFacts, limits: ValidatorLimits): readonly Finding[] {
  const human = actions.filter(({ source }) => source === 'human').length;
  const findings: Finding[] = [];
  if (actions.length < limits.minActions) {
    const detail = `${actions.length} ${actionsOf(actions.length)}; at least ${limits.minActions} are expected.`;
    findings.push(critical('too_few_actions', detail, { count: actions.length, least: limits.minActions }));
  }
  if (human < limits.minHuman) {
    const detail = `${human} ${actionsOf(human)} that a person logged; at least ${limits.minHuman} are expected.`;
    findings.push(critical('too_few_human', detail, { count: human, least: limits.minHuman }));
  }
  return findings;
}

function actionsOf(count: number): string {
  return count === 1 ? 'action' : 'actions';
}

/** One finding for all gaps of a kind: an action more, which may cut a gap in two, never makes more findings. */
function gapFindings(facts: RoundFacts, limits: ValidatorLimits): readonly Finding[] {
  const findings: Finding[] = [];
  const human = gapsOf(facts, 'human', limits.maxHumanGapMs);
  if (human.length > 0) {
    // Somebody who holds for a minute without a strike is no operator asleep.
    const isHeld = human.every((gap) => covers(facts.control, gap));
    const detail = `No person logged anything ${listed(human)}${isHeld ? ', while control was held' : ''}.`;
    findings.push({ ...critical('human_gap', detail, gapFigures(human)), severity: isHeld ? 'warning' : 'critical' });
  }
  const camera = facts.camerasOn ? gapsOf(facts, 'camera', limits.maxCameraGapMs) : [];
  if (camera.length > 0) {
    findings.push(critical('camera_gap', `The cameras saw nothing ${listed(camera)}.`, gapFigures(camera)));
  }
  return findings;
}

function gapsOf(facts: RoundFacts, source: 'human' | 'camera', maxMs: number): readonly Span[] {
  const atMs = facts.actions.filter((action) => action.source === source).map(({ clockMs }) => clockMs);
  if (facts.timed) return gapsIn(atMs, { fromMs: 0, toMs: Math.max(0, facts.elapsedMs) }, maxMs);
  return atMs.length === 0 ? [] : gapsIn(atMs, { fromMs: Math.min(...atMs), toMs: Math.max(...atMs) }, maxMs);
}

function gapFigures(gaps: readonly Span[]): LeafObject {
  return { gaps: gaps.map(({ fromMs, toMs }) => ({ from_ms: fromMs, to_ms: toMs })) };
}

/** So many devices are named; a device id is whatever its sender says, and the findings go into one entry. */
const MOST_DEVICES = 10;

function deviceFindings({ unsent }: RoundFacts): readonly Finding[] {
  const keeping = unsent.filter(({ count }) => count !== 0);
  const named = keeping.slice(0, MOST_DEVICES).map(({ device, count, why }) => {
    const entries = count === null ? 'entries' : count === 1 ? '1 entry' : `${count} entries`;
    const detail =
      why === 'reported'
        ? `Device ${device} reports ${entries} that it has not sent.`
        : `Device ${device}: ${entries} between its own numbers ${count === 1 ? 'has' : 'have'} not arrived.`;
    return critical('unsent_device', detail, { device, count, why });
  });
  const more = keeping.length - named.length;
  const have = more === 1 ? 'device has' : 'devices have';
  return more === 0
    ? named
    : [...named, critical('unsent_device', `${more} further ${have} kept something back.`, { devices: more })];
}

function openFindings({ openControl, pendingKnockdowns }: RoundFacts): readonly Finding[] {
  const holds = openControl.map(({ corner, kind, sinceMs }): Finding => {
    const detail = `Control by ${corner} (${kind}) since ${shown(sinceMs)} was left open; it counts to the bell.`;
    return { code: 'open_control', severity: 'warning', detail, facts: { corner, kind, since_ms: sinceMs } };
  });
  if (pendingKnockdowns.length === 0) return holds;
  const many = pendingKnockdowns.length === 1 ? '1 knockdown awaits' : `${pendingKnockdowns.length} knockdowns await`;
  const facts = { indexes: [...pendingKnockdowns].toSorted((a, b) => a - b) };
  return [...holds, { code: 'pending_knockdown', severity: 'warning', detail: `${many} the referee.`, facts }];
}

function critical(code: FindingCode, detail: string, facts: LeafObject): Finding {
  return { code, severity: 'critical', detail, facts };
}

function listed(gaps: readonly Span[]): string {
  return gaps.map(({ fromMs, toMs }) => `from ${shown(fromMs)} to ${shown(toMs)}`).join(', ');
}

/** Minutes and seconds, as a clock that counts up shows them. */
function shown(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
