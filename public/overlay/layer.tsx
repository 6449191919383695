import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LayerName } from './parameters.ts';

/** As long as the way out takes in overlay.css, and a little more. */
const LEAVING_MS = 500;

type Props<T> = {
  readonly name: LayerName;
  /** The bout that the data is of: what leaves is shown a moment longer, but never over another bout. */
  readonly of: string | null;
  /** Null: nothing to show. */
  readonly data: T | null;
  readonly draw: (data: T) => ComponentChildren;
};

/** One part of the picture: comes in and goes out calmly, and leaves nothing behind. */
export function Layer<T>({ name, of, data, draw }: Props<T>) {
  const last = useRef<{ readonly of: string | null; readonly data: T } | null>(null);
  const [, setGone] = useState(0);
  if (data !== null) last.current = { of, data };
  else if (last.current !== null && last.current.of !== of) last.current = null;
  const leaving = data === null && last.current !== null;
  useEffect(() => {
    if (!leaving) return;
    const timer = setTimeout(() => {
      last.current = null;
      setGone((count) => count + 1);
    }, LEAVING_MS);
    return () => clearTimeout(timer);
  }, [leaving]);
  const shown = last.current;
  return (
    <div class={`slot slot-${name}`} data-layer={name}>
      {shown !== null && (
        <div key={shown.of} class={leaving ? 'layer out' : 'layer'}>
          {draw(shown.data)}
        </div>
      )}
    </div>
  );
}
