import { nowMs } from '../shared/live/clock.ts';
import { monitorWords as words } from '../shared/strings/monitor.ts';
import type { Seen } from './model.ts';
import { StatusMark } from './status.tsx';
import { type Tile, tilesOf } from './tiles-of.ts';

type TilesProps = { readonly seen: Seen; readonly lostMs: number | null };

export function Tiles({ seen, lostMs }: TilesProps) {
  const serverMs = seen.look.server_ms + nowMs.value - seen.atMs;
  return (
    <section class="parts" aria-labelledby="parts-title">
      <h2 id="parts-title" class="visually-hidden">
        {words.parts}
      </h2>
      <ul class="tiles">
        {tilesOf(seen.look, lostMs !== null).map((tile) => (
          <TileCard key={tile.id} tile={tile} since={sinceWords(tile, serverMs, lostMs)} />
        ))}
      </ul>
    </section>
  );
}

function TileCard({ tile, since }: { readonly tile: Tile; readonly since: string }) {
  return (
    <li class={`tile ${tile.status}`} data-part={tile.id} data-status={tile.status}>
      <p class="tile-kind">{words.kind[tile.kind] ?? tile.kind}</p>
      <p class="tile-name">{tile.name}</p>
      <p class="tile-status">
        <StatusMark status={tile.status} /> <span class="tile-since">{since}</span>
      </p>
      <p class="tile-detail">{tile.detail}</p>
    </li>
  );
}

function sinceWords({ sinceMs }: Tile, serverMs: number, lostMs: number | null): string {
  if (lostMs !== null) return words.unknownSince(nowMs.value - lostMs);
  return words.since(sinceMs === null ? null : serverMs - sinceMs);
}
