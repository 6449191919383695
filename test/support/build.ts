import { buildIfStale } from '../../cli/build.ts';

/** Browser tests look at the built product, so it is brought up to date before the first of them. */
export default async function setup(): Promise<void> {
  await buildIfStale();
}
