import { createActor } from '../simulator/actor.ts';
import { ensureCard, putOn } from '../simulator/card.ts';
import type { Link } from '../simulator/link.ts';
import { playBout, type Progress } from '../simulator/player.ts';
import { isSound } from '../simulator/summary.ts';
import type { NightBout } from './bouts.ts';

export type Played = {
  readonly boutId: string;
  readonly red: string;
  readonly blue: string;
  /** Actions that the server acknowledged. */
  readonly actions: number;
};

export type PlayNight = {
  readonly link: Link;
  readonly adminSecret: string;
  readonly cardId: string;
  readonly bouts: readonly NightBout[];
  readonly speed: number;
  readonly onProgress: (progress: Progress) => void;
  readonly log: (line: string) => void;
};

/** Plays the bouts of a card one after the other and seals each. @throws Error where one is not sound or is refused */
export async function playNight({ link, adminSecret, cardId, bouts, ...options }: PlayNight): Promise<Played[]> {
  const supervisor = createActor(link, adminSecret, { role: 'supervisor', subject: 'simulated-supervisor' });
  const played: Played[] = [];
  for (const [at, { rounds, panel }] of bouts.entries()) {
    const boutId = `${cardId}-bout-${at + 1}`;
    const { promotion, event, date, red, blue } = rounds.bout;
    await ensureCard(supervisor, { cardId, promotion, event, date });
    const report = await playBout({
      link,
      adminSecret,
      rounds,
      panel,
      boutId,
      cardId,
      seed: at + 1,
      speed: options.speed,
      restMs: 0,
      onCreated: async (maker) => await putOn(maker, cardId, boutId),
      onProgress: options.onProgress,
      log: options.log,
    });
    if (!isSound(report)) throw new Error(`Bout ${boutId} was not recorded as it was played.`);
    await supervisor.command(`/api/bouts/${boutId}/seal`, { reason: 'the demo night is over' });
    played.push({ boutId, red, blue, actions: report.acked });
  }
  return played;
}
