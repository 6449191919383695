import type { Variant } from '../../domain/scoring/model.ts';

/** Weights to four digits or four decimals: what their file holds is what is measured. */
export function roundWeights(variant: Variant): Variant {
  const { winner, margin } = variant;
  const overYears = ({ early, late }: { readonly early: readonly number[]; readonly late: readonly number[] }) => ({
    early: early.map(shorten),
    late: late.map(shorten),
  });
  return {
    ...variant,
    winner: {
      scale: winner.scale.map(shorten),
      offset: winner.offset,
      difference: overYears(winner.difference),
      lead: overYears(winner.lead),
      networks: winner.networks.map(({ out, own, other, bias }) => ({
        out: out.map(toTenThousandths),
        own: own.map((row) => row.map(toTenThousandths)),
        other: other.map((row) => row.map(toTenThousandths)),
        bias: bias.map(toTenThousandths),
      })),
      sharpness: shorten(winner.sharpness),
    },
    margin: {
      base: shorten(margin.base),
      signs: overYears(margin.signs),
      eras: margin.eras.map(shorten),
      shift: shorten(margin.shift),
      sharpness: shorten(margin.sharpness),
    },
  };
}

function shorten(weight: number): number {
  return Math.abs(weight) < 1e-5 ? 0 : Number(weight.toPrecision(4));
}

/** For the weights of networks, which act on measures of about 1. */
function toTenThousandths(weight: number): number {
  return Math.round(weight * 1e4) / 1e4;
}

/** Figures to five decimals; what could not be measured is null. */
export function roundFields<Name extends string>(
  figures: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number | null>> {
  const rounded: Record<Name, number | null> = { ...figures };
  for (const name in figures) {
    if (Object.hasOwn(figures, name)) {
      const value = figures[name];
      rounded[name] = Number.isFinite(value) ? Math.round(value * 1e5) / 1e5 : null;
    }
  }
  return rounded;
}
