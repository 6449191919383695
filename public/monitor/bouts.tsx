import { minutesSeconds } from '../shared/live/clock.ts';
import { monitorWords as words, type ShownStatus } from '../shared/strings/monitor.ts';
import { type Column, GridTable } from './grid-table.tsx';
import { StatusMark } from './status.tsx';
import type { BoutLine, Look } from './wire.ts';

export function Bouts({ look, isLost }: { readonly look: Look; readonly isLost: boolean }) {
  return (
    <section class="panel bouts" aria-labelledby="bouts-title">
      <h2 id="bouts-title">
        {words.bouts} <small>{words.boutsHint}</small>
      </h2>
      {look.bouts.length > 0 && <p class="bouts-totals">{totalWords(look.bouts)}</p>}
      {look.bouts.length === 0 ? (
        <p class="hint">{words.noBouts}</p>
      ) : (
        <GridTable
          label={words.bouts}
          columns={columnsOf(look.server_ms, isLost)}
          rows={look.bouts}
          keyOf={({ bout_id }) => bout_id}
        />
      )}
    </section>
  );
}

/** Of the bouts that answer. */
function totalWords(bouts: readonly BoutLine[]): string {
  const sockets = bouts.flatMap((bout) => Object.values(bout.sockets ?? {})).reduce((sum, one) => sum + one, 0);
  const waiting = bouts.reduce((sum, { jobs }) => sum + (jobs?.waiting ?? 0), 0);
  const failing = bouts.reduce((sum, { jobs }) => sum + (jobs?.failing.length ?? 0), 0);
  return words.totals(sockets, waiting, failing);
}

function columnsOf(serverMs: number, isLost: boolean): readonly Column<BoutLine>[] {
  const statusOf = (bout: BoutLine): ShownStatus => (isLost ? 'unknown' : bout.status);
  return [
    { name: words.bout, cell: (bout) => <Name bout={bout} /> },
    { name: words.state, cell: (bout) => <Marked status={statusOf(bout)} detail={isLost ? '' : bout.detail} /> },
    { name: words.clock, cell: (bout) => clockWords(bout, serverMs) },
    { name: words.entries, cell: ({ entries }) => words.plain(entries), figure: true },
    {
      name: words.lastEntry,
      cell: ({ last_entry_ms: ms }) => (ms === null ? words.unknown : words.ago(serverMs - ms)),
      figure: true,
    },
    { name: words.sockets, cell: socketWords },
    { name: words.jobs, cell: jobWords },
    { name: words.ledger, cell: ({ database_bytes }) => words.bytes(database_bytes), figure: true },
  ];
}

function Name({ bout }: { readonly bout: BoutLine }) {
  const { fighter1, fighter2, bout_id } = bout;
  const names = fighter1 === null || fighter2 === null ? null : `${fighter1} – ${fighter2}`;
  return (
    <>
      <span class="row-name">{names ?? bout_id}</span>
      {names !== null && <small class="row-id">{bout_id}</small>}
    </>
  );
}

export function Marked({ status, detail }: { readonly status: ShownStatus; readonly detail: string }) {
  return (
    <>
      <StatusMark status={status} />
      {detail !== '' && <small class="row-detail">{detail}</small>}
    </>
  );
}

function clockWords({ clock, round_status: status }: BoutLine, serverMs: number) {
  if (clock === null || status === null) return words.unknown;
  const ran = clock.running_since_ms === null ? 0 : Math.max(0, serverMs - clock.running_since_ms);
  const left = Math.max(0, clock.length_ms - clock.elapsed_ms - ran);
  return (
    <>
      <span class="nowrap">{words.roundClock(clock.round_id, minutesSeconds(left))}</span>
      <small class="row-detail">{words.roundStatus[status] ?? status}</small>
    </>
  );
}

function socketWords({ sockets }: BoutLine): string {
  if (sockets === null) return words.unknown;
  const counts = Object.entries(sockets).toSorted(([, a], [, b]) => b - a);
  if (counts.length === 0) return words.noSockets;
  return counts.map(([role, count]) => words.socketsOf(count, role)).join(', ');
}

function jobWords({ jobs }: BoutLine): string {
  if (jobs === null) return words.unknown;
  const said = [
    ...(jobs.failing.length > 0 ? [words.jobsFailing(jobs.failing.length)] : []),
    ...(jobs.waiting > 0 ? [words.jobsWaiting(jobs.waiting)] : []),
    ...(jobs.oldest_ms !== null ? [words.jobsOldest(jobs.oldest_ms)] : []),
    ...(jobs.planned > 0 ? [words.jobsPlanned(jobs.planned)] : []),
  ];
  return said.length === 0 ? words.jobsNone : said.join(', ');
}
