import { useEffect } from 'preact/hooks';
import type { Claims } from '../shared/device/claims.ts';
import { pairWords as words } from '../shared/strings/pair.ts';
import type { Pair } from './model.ts';
import { pageOf } from './place.ts';

/** Long enough to read who one is. */
const READ_MS = 2_500;

type Props = { readonly pair: Pair; readonly place: Claims; readonly fresh: boolean };

export function Paired({ pair, place, fresh }: Props) {
  const page = pageOf(place.role);
  useEffect(() => {
    if (!fresh) return undefined;
    const timer = setTimeout(() => location.assign(page), READ_MS);
    return () => clearTimeout(timer);
  }, [fresh, page]);
  return (
    <section class="panel step" role="status">
      <h1>{words.pairedTitle}</h1>
      <Facts place={place} />
      <a class="button primary" href={page}>
        {words.go}
      </a>
      {fresh ? (
        <p class="hint">{words.going}</p>
      ) : (
        <button type="button" class="quiet" onClick={() => void pair.giveUp()}>
          {words.forget}
        </button>
      )}
    </section>
  );
}

/** Who somebody is, as the token says. */
export function Facts({ place }: { readonly place: Claims }) {
  const { facts } = words;
  const rows: readonly (readonly [string, string | null])[] = [
    [facts.seat, place.seat],
    [facts.person, place.subject],
    [facts.bout, place.boutId ?? words.everyBout],
    [facts.card, place.cardId],
    [facts.corners, place.corners?.map((corner) => words.corner[corner]).join(', ') ?? null],
    [facts.aspects, place.aspects?.map((aspect) => words.aspect[aspect]).join(', ') ?? null],
  ];
  return (
    <div>
      <p class="hint">{words.youAre}</p>
      <p class="role">{words.role[place.role]}</p>
      <dl class="facts">
        {rows.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}
