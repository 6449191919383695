import type { ComponentChildren } from 'preact';
import { CornerMark } from '../../shared/look/corner.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import { words as common } from '../../shared/strings/common.ts';
import type { View } from '../../shared/wire/frames.ts';
import { howWords } from '../../shared/strings/how-words.ts';
import { dateWords } from '../times.ts';

const words = archiveWords.bout;

export function Facts({ view }: { readonly view: View }) {
  const { bout } = view;
  return (
    <section class="panel" aria-labelledby="facts-title">
      <h2 id="facts-title">{words.facts}</h2>
      <Result view={view} />
      <dl class="facts">
        <Fact name={words.event} value={[bout.promotion, bout.event].filter((part) => part !== '').join(' · ')} />
        <Fact name={words.date} value={bout.date === null ? archiveWords.search.noDate : dateWords(bout.date)} />
        <Fact name={words.rules} value={`${bout.sport.toUpperCase()} · ${bout.ruleset}`} />
        <Fact name={words.rounds} value={String(bout.scheduled_rounds)} />
        <Fact name={words.judges} value={bout.judges.map(({ judge_name: name }) => name).join(', ')} />
        <Fact name={words.id} value={<code>{bout.bout_id}</code>} />
      </dl>
    </section>
  );
}

export function Fact({ name, value }: { readonly name: string; readonly value: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === '' ? archiveWords.none : value}</dd>
    </div>
  );
}

function Result({ view: { bout, result } }: { readonly view: View }) {
  if (result?.status !== 'official') return <p class="hint bout-result">{words.noResult}</p>;
  const corner = result.winner_corner;
  const name = corner === null ? null : bout[corner === 'red' ? 'fighter1' : 'fighter2'].name;
  return (
    <p class="bout-result">
      {corner !== null && <CornerMark corner={corner} />}
      <b>{name === null ? (result.winner ?? archiveWords.none) : common.winner(name)}</b>
      <span>{howWords(result, result.winner)}</span>
    </p>
  );
}
