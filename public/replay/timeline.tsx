import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { CORNERS, type Corner } from '../../domain/corner.ts';
import { minutesSeconds } from '../shared/live/clock.ts';
import { CornerShape } from '../shared/look/corner.tsx';
import { replayWords as words } from '../shared/strings/replay.ts';
import type { View } from '../shared/wire/frames.ts';
import { CHART_HEIGHT, curveOf, highest } from './chart.ts';
import type { Round } from './fetch.ts';
import { marksOf } from './marks.ts';
import { Lane } from './lane.tsx';
import type { ReplayModel } from './model.ts';
import { soughtByKey } from './player.ts';
import { CATEGORIES, type Category, placedEvents, totalsAt } from './position.ts';
import { Transport } from './transport.tsx';

type Props = { readonly model: ReplayModel; readonly round: Round | null; readonly bout: View['bout'] };

const category = signal<Category>('weighted_score');

/** The round as one picture: what each corner did, how the points grew, and the second that is shown. */
export function Timeline({ model, round, bout }: Props) {
  return (
    <section class="panel timeline" aria-labelledby="timeline-title">
      <div class="timeline-head">
        <h2 id="timeline-title">{words.timeline}</h2>
        <fieldset class="choice">
          <legend class="visually-hidden">{words.curve}</legend>
          {CATEGORIES.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="category"
                checked={category.value === one}
                onChange={() => {
                  category.value = one;
                }}
              />
              <span>{words.category[one]}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <Stage model={model} round={round} bout={bout} />
      <Transport model={model} />
      <Legend />
    </section>
  );
}

function Stage({ model, round, bout }: Props) {
  const length = model.lengthS.value;
  const marks = useMemo(
    () => (round === null ? [] : marksOf(bout, placedEvents(round.replay), length)),
    [round, bout.bout_id, length],
  );
  return (
    <div class="stage">
      <Slider model={model} />
      <div class="stage-inner">
        <Lane marks={marks} corner="red" lengthS={length} />
        <Chart round={round} lengthS={length} until={model.reached.value} />
        <Lane marks={marks} corner="blue" lengthS={length} />
        <Axis lengthS={length} />
        <Unseen share={model.reached.value / length} />
        <Playhead model={model} />
      </div>
    </div>
  );
}

/** The whole picture is the slider: wherever it is touched, there it goes. */
function Slider({ model }: { readonly model: ReplayModel }) {
  const length = model.lengthS.value;
  const position = model.position.value;
  const elapsed = minutesSeconds(position * 1_000);
  const left = minutesSeconds((length - position) * 1_000);
  return (
    <input
      class="scrub"
      type="range"
      min={0}
      max={length}
      step={1}
      value={position}
      aria-label={words.slider}
      aria-valuetext={words.sliderValue(elapsed, left)}
      onInput={(event) => {
        model.seek(Number(event.currentTarget.value));
        // Beyond what there is to see the hand may pull, but the slider stays.
        event.currentTarget.value = String(model.position.peek());
      }}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const sought = soughtByKey(event.key, event.shiftKey, model.position.peek(), model.reached.peek());
        if (event.key === ' ') model.toggle();
        else if (sought !== null) model.seek(sought);
        else return;
        event.preventDefault();
      }}
    />
  );
}

function Playhead({ model }: { readonly model: ReplayModel }) {
  return <div class="playhead" aria-hidden="true" style={{ '--at': model.position.value / model.lengthS.value }} />;
}

/** What the clock has not come to yet. */
function Unseen({ share }: { readonly share: number }) {
  return share >= 1 ? null : <div class="unseen" aria-hidden="true" style={{ '--at': share }} />;
}

type ChartProps = { readonly round: Round | null; readonly lengthS: number; readonly until: number };

function Chart({ round, lengthS, until }: ChartProps) {
  const shown = category.value;
  const picture = useMemo(() => {
    if (round === null) return null;
    const most = highest(round.replay, shown);
    const of = (corner: Corner) => curveOf(round.replay, shown, corner, Math.min(until, lengthS), most);
    const end = totalsAt(round.replay, lengthS)[shown];
    return { most, red: of('red'), blue: of('blue'), end };
  }, [round, shown, lengthS, until]);
  const said =
    picture === null
      ? words.loading
      : words.chartOf(words.category[shown], picture.end.red.toFixed(2), picture.end.blue.toFixed(2));
  return (
    <div class="chart" role="img" aria-label={said}>
      <svg viewBox={`0 0 ${lengthS} ${CHART_HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {picture !== null &&
          CORNERS.map((corner) => (
            <g key={corner} class={`curve ${corner}`}>
              <path class="curve-area" d={picture[corner].area} />
              <path class="curve-line" d={picture[corner].line} vector-effect="non-scaling-stroke" />
            </g>
          ))}
      </svg>
      <span class="chart-most" aria-hidden="true">
        {picture === null || picture.most === 0 ? '' : picture.most.toFixed(2)}
      </span>
    </div>
  );
}

/** The clock of the hall counts down, and so does the axis. */
function Axis({ lengthS }: { readonly lengthS: number }) {
  const step = lengthS <= 90 ? 15 : lengthS <= 420 ? 60 : 300;
  const ticks = Array.from({ length: Math.floor(lengthS / step) + 1 }, (_, i) => i * step);
  return (
    <div class="axis" aria-hidden="true">
      {ticks.map((at) => (
        <span key={at} style={{ '--at': at / lengthS }}>
          {minutesSeconds((lengthS - at) * 1_000)}
        </span>
      ))}
    </div>
  );
}

function Legend() {
  return (
    <ul class="legend hint">
      {CORNERS.map((corner) => (
        <li key={corner}>
          <CornerShape corner={corner} /> {words.legend[corner]}
        </li>
      ))}
      <li>{words.legendMoment}</li>
      <li>{words.legendHollow}</li>
      <li class="key-hint">{words.sliderHint}</li>
    </ul>
  );
}
