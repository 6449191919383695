/** What is sent as one action. Everything in it follows from the seed but the run's start, which `atMs` counts from. */
export type Tap = {
  readonly id: string;
  readonly judge: string;
  readonly device: string;
  readonly fighter: 'fighter1' | 'fighter2';
  readonly type: string;
  /** On the device's own clock, in ms after the chapter's start. */
  readonly atMs: number;
};

export type Via = 'http' | 'socket';

/** How a delivery is tried first. After that it is sent in the plain way until it is answered. */
export type Manner = {
  /** After so long the client hangs up, answered or not: on a socket it closes that. */
  readonly hangUpMs: number | null;
  /** Two of the same at once. */
  readonly twice: boolean;
};

/** What an old device still has when its seat has moved. */
export type Stale = {
  /** Tapped before the seat moved, and kept: refused one by one, welcome in a batch. */
  readonly kept: readonly Tap[];
  /** Tapped after it: refused whatever way they come. */
  readonly late: readonly [Tap, Tap];
};

/** Each begins after a pause, when the step before it has been answered. `by` is the device that says it. */
export type Step = { readonly pauseMs: number; readonly via: Via; readonly manner: Manner } & (
  | { readonly kind: 'log'; readonly taps: readonly Tap[] }
  | { readonly kind: 'batch'; readonly taps: readonly Tap[] }
  | { readonly kind: 'twin'; readonly id: string; readonly of: Tap }
  | { readonly kind: 'undo'; readonly id: string; readonly by: string; readonly target: Tap }
  | { readonly kind: 'swap'; readonly to: string; readonly stale: Stale }
  | ({ readonly kind: 'official'; readonly by: string } & OfficialAct)
);

/** What an official says beside taps: to which of the bout's routes, and what. */
export type OfficialAct = {
  readonly id: string;
  readonly path: 'clock' | 'rulings' | 'scorecards';
  readonly body: Readonly<Record<string, string | number>>;
};
