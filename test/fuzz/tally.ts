import type { Fault } from './checks.ts';
import type { Ending } from './ending.ts';
import type { Outcome } from './perform.ts';

export type Finding = {
  readonly number: number;
  readonly what: string;
  readonly fault: Fault;
  /** The command that sends it again. */
  readonly again: string;
  readonly shrunk: boolean;
};

/** What a run has seen so far. */
export type Tally = {
  readonly note: (outcome: Outcome) => void;
  /** Whether a fault is unlike all that were found. */
  readonly isNew: (what: string, fault: Fault) => boolean;
  /** Keeps a finding; `become` puts a smaller one in its place. */
  readonly find: (finding: Finding) => { readonly become: (outcome: Outcome) => void };
  readonly end: (ending: Ending) => void;
  readonly findings: readonly Finding[];
  readonly cases: () => number;
  /** How many refusals were followed by a look at what they named. */
  readonly looks: () => number;
  /** Cases by class of status (`2xx`), and those that came to none of the product's. */
  readonly classes: ReadonlyMap<string, number>;
  /** Cases by what they were about, and how many of them succeeded. */
  readonly operations: ReadonlyMap<string, { readonly cases: number; readonly succeeded: number }>;
  readonly ending: () => Ending | null;
};

export function newTally(keys: readonly string[]): Tally {
  const findings: Finding[] = [];
  const classes = new Map<string, number>();
  const operations = new Map(keys.map((key) => [key, { cases: 0, succeeded: 0 }]));
  let cases = 0;
  let looks = 0;
  let ending: Ending | null = null;
  return {
    findings,
    classes,
    operations,
    cases: () => cases,
    looks: () => looks,
    ending: () => ending,
    note: (outcome) => {
      const { what, status, refused } = outcome;
      cases += 1;
      if (refused) looks += 1;
      const name = classOf(outcome);
      classes.set(name, (classes.get(name) ?? 0) + 1);
      const before = operations.get(what) ?? { cases: 0, succeeded: 0 };
      const succeeded = before.succeeded + (status > 0 && status < 300 ? 1 : 0);
      operations.set(what, { cases: before.cases + 1, succeeded });
    },
    isNew: (what, fault) => {
      const alike = findings.filter((one) => one.fault.check === fault.check);
      return (
        alike.length < MOST_OF_A_KIND && !alike.some((one) => one.what === what && keyOf(one.fault) === keyOf(fault))
      );
    },
    find: (finding) => {
      const at = findings.push(finding) - 1;
      return {
        become: ({ again, faults }) => {
          const fault = faults.find((one) => one.check === finding.fault.check) ?? finding.fault;
          findings[at] = { ...finding, fault, again, shrunk: true };
        },
      };
    },
    end: (reached) => {
      ending = reached;
      const seen = new Map<string, number>();
      for (const fault of reached.faults) {
        const alike = (seen.get(fault.check) ?? 0) + 1;
        seen.set(fault.check, alike);
        if (alike > MOST_OF_A_KIND) continue;
        findings.push({ number: cases, what: 'the end', fault, again: 'all cases of the run', shrunk: false });
      }
    },
  };
}

function classOf({ status, ofTheRuntime, faults }: Outcome): string {
  if (ofTheRuntime && faults.length === 0) return 'refused by the runtime itself';
  if (status > 0) return `${Math.floor(status / 100)}xx`;
  return faults.length === 0 ? 'closed without an answer, as sent' : 'without an answer that was owed';
}

/** One mistake may show on every route; the first few tell all, and leave room for others. */
const MOST_OF_A_KIND = 3;

/** Two faults of one check are the same where only ids and numbers differ. */
function keyOf({ check, detail }: Fault): string {
  return `${check} ${detail.replaceAll(/'[^']*'|"[^"]*"|\d+/g, '').slice(0, 100)}`;
}

/** A finding as people read it: what is wrong, and how to see it again. */
export function describeFinding({ number, what, fault, again, shrunk }: Finding, seed: number): string {
  const how = shrunk ? 'made as small as it could be' : 'as it was sent';
  return `${fault.check}: ${fault.detail}\n  ${what}, case ${number} of seed ${seed}, ${how}:\n  ${again}`;
}
