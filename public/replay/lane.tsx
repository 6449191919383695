import type { Corner } from '../../domain/corner.ts';
import type { Mark } from './marks.ts';

type LaneProps = { readonly marks: readonly Mark[]; readonly corner: Corner; readonly lengthS: number };

const HEIGHT = 36;

/** The actions of one corner; what they are is said in the list beside. */
export function Lane({ marks, corner, lengthS }: LaneProps) {
  return (
    <svg class={`lane ${corner}`} height={HEIGHT} aria-hidden="true" focusable="false">
      {marks
        .filter((mark) => mark.corner === corner)
        // What counts most is drawn last, above the others.
        .sort((a, b) => Number(a.weight === 'moment') - Number(b.weight === 'moment'))
        .map((mark) => (
          <svg key={mark.id} x={`${(mark.at / lengthS) * 100}%`} y={HEIGHT / 2} overflow="visible">
            <path class={`mark ${mark.weight} ${mark.hollow ? 'hollow' : ''}`} d={shapeOf(mark)} />
          </svg>
        ))}
    </svg>
  );
}

const SIZE: Readonly<Record<Mark['weight'], number>> = { plain: 4.5, control: 4.5, moment: 10 };

/** Triangle for red, square for blue; control lies low as a bar, so that it is no blow. */
function shapeOf({ corner, weight }: Mark): string {
  const size = SIZE[weight];
  if (weight === 'control') return `M${-size} ${size - 2}h${2 * size}v3h${-2 * size}z`;
  return corner === 'red'
    ? `M0 ${-size}L${size} ${size}H${-size}Z`
    : `M${-size * 0.9} ${-size * 0.9}h${1.8 * size}v${1.8 * size}h${-1.8 * size}z`;
}
