import { useEffect, useState } from 'preact/hooks';
import { words } from '../strings/qr.ts';

type Matrix = readonly (readonly boolean[])[];

/** A QR code; `label` says what scanning it does. Its maker is fetched when the first one is shown. */
export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const [matrix, setMatrix] = useState<Matrix | 'failed' | null>(null);
  useEffect(() => {
    let gone = false;
    void matrixOf(text).then((made) => {
      if (!gone) setMatrix(made ?? 'failed');
    });
    return () => {
      gone = true;
    };
  }, [text]);
  // Wherever a code is shown, its link or its letters stand beside it.
  if (matrix === 'failed') {
    return (
      <p class="warn-text" role="status">
        {words.failed}
      </p>
    );
  }
  const size = matrix?.length ?? 1;
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      {/* Dark on light in both schemes: many scanners read nothing else. */}
      <rect width={size} height={size} fill="#fff" />
      {matrix !== null && <path d={pathOf(matrix)} fill="#000" />}
    </svg>
  );
}

/** Null where its maker could not be fetched. */
async function matrixOf(text: string): Promise<Matrix | null> {
  try {
    const { encode } = await import('uqr');
    return encode(text, { ecc: 'M', border: 4 }).data;
  } catch {
    return null;
  }
}

/** One path for all modules, a run of each row at a time. */
function pathOf(matrix: Matrix): string {
  return matrix
    .flatMap((row, y) =>
      row.flatMap((dark, x) => (dark && row[x - 1] !== true ? [`M${x} ${y}h${runFrom(row, x)}v1H${x}z`] : [])),
    )
    .join('');
}

function runFrom(row: readonly boolean[], start: number): number {
  const end = row.indexOf(false, start);
  return (end === -1 ? row.length : end) - start;
}
