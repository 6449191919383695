import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { pairWords as words } from '../shared/strings/pair.ts';
import { list, object, text } from '../shared/wire/decode.ts';

const EVERY_MS = 200;

/** Reads codes from the camera until `onCode` takes one. */
export function Scanner({ onCode }: { readonly onCode: (source: string) => boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  const problem = useSignal<string | null>(null);
  useEffect(() => {
    const stopped = new AbortController();
    void watch(video.current, stopped.signal, (source) => {
      const taken = onCode(source);
      problem.value = taken ? null : words.scanOther;
      return taken;
    }).catch(() => {
      problem.value = words.scanRefused;
    });
    return () => stopped.abort();
  }, []);
  return (
    <div class="scanner">
      <video ref={video} muted playsInline aria-label={words.scanning} />
      <p role="status" class={problem.value === null ? 'hint' : 'bad-text'}>
        {problem.value ?? words.scanning}
      </p>
    </div>
  );
}

/** @throws where there is no camera, or nobody allows it */
async function watch(
  video: HTMLVideoElement | null,
  stopped: AbortSignal,
  onSource: (source: string) => boolean,
): Promise<void> {
  if (video === null) return;
  const detect = openDetector();
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const close = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (stopped.aborted) return close();
  stopped.addEventListener('abort', close);
  video.srcObject = stream;
  await video.play();
  while (!stopped.aborted) {
    const found = await detect(video);
    if (!stopped.aborted && found.some(onSource)) return close();
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

const decodeFound = list(object({ rawValue: text }));

/** The browser's own reader, which TypeScript does not know yet. */
function openDetector(): (source: HTMLVideoElement) => Promise<readonly string[]> {
  const Detector: unknown = Reflect.get(globalThis, 'BarcodeDetector');
  if (typeof Detector !== 'function') throw new TypeError('This browser reads no codes.');
  const detector: unknown = Reflect.construct(Detector, [{ formats: ['qr_code'] }]);
  if (typeof detector !== 'object' || detector === null) throw new TypeError('This browser reads no codes.');
  const detect: unknown = Reflect.get(detector, 'detect');
  if (typeof detect !== 'function') throw new TypeError('This browser reads no codes.');
  return async (source) => {
    const found: unknown = await Reflect.apply(detect, detector, [source]);
    return (decodeFound(found) ?? []).map(({ rawValue }) => rawValue);
  };
}
