import { replayWords as words } from '../shared/strings/replay.ts';
import type { ReplayModel } from './model.ts';
import { SPEEDS } from './player.ts';

/** Play, steps and speed, for hands that have no keys. */
export function Transport({ model }: { readonly model: ReplayModel }) {
  const playing = model.motion.value.kind === 'playing';
  const step = (by: number) => () => model.seek(model.position.peek() + by);
  return (
    <div class="transport">
      <button type="button" class="step" aria-label={words.back} onClick={step(-10)}>
        {words.backShort}
      </button>
      <button type="button" class="play" onClick={model.toggle}>
        <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
          {playing ? <path d="M2 1h3v10H2zM7 1h3v10H7z" /> : <path d="M2 .5 11 6 2 11.5z" />}
        </svg>
        <span>{playing ? words.pause : words.play}</span>
      </button>
      <button type="button" class="step" aria-label={words.on} onClick={step(10)}>
        {words.onShort}
      </button>
      <fieldset class="choice">
        <legend class="visually-hidden">{words.speed}</legend>
        {SPEEDS.map((speed) => (
          <label key={speed}>
            <input
              type="radio"
              name="speed"
              checked={model.speed.value === speed}
              onChange={() => model.choosePace(speed)}
            />
            <span>{words.speedOf(speed)}</span>
          </label>
        ))}
      </fieldset>
      {model.open.value && (
        <button
          type="button"
          class="follow-live"
          aria-pressed={model.motion.value.kind === 'following'}
          disabled={!model.growing.value}
          onClick={model.follow}
        >
          {model.growing.value && model.motion.value.kind === 'following' ? words.following : words.follow}
        </button>
      )}
    </div>
  );
}
