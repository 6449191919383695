import type { Corner } from '../../domain/corner.ts';

/** Only fields that round statistics know. What they do not know (hand, force) is left out, not made up. */
export type ActionMetadata = {
  readonly significant?: boolean;
  readonly target?: 'head' | 'body' | 'leg';
  readonly position?: 'distance' | 'clinch' | 'ground';
  readonly tier?: 'Flash' | 'Light' | 'Solid';
  readonly control?: 'Top';
};

/** One thing that a fighter did, at a moment of the round: `clockMs` of bout clock since its start. */
export type SimulatedAction = {
  readonly clockMs: number;
  readonly corner: Corner;
  readonly eventType: string;
  readonly metadata: ActionMetadata;
};
