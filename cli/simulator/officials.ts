import type { Corner } from '../../domain/corner.ts';
import { type Actor, createActor, type Part } from './actor.ts';
import { createJudge, type Judge } from './judge.ts';
import type { Link } from './link.ts';

/** Everybody who works at a simulated bout. */
export type Officials = {
  readonly supervisor: Actor;
  /** Confirms the result: nobody confirms their own. */
  readonly secondSupervisor: Actor;
  readonly timekeeper: Actor;
  readonly referee: Actor;
  readonly operators: Readonly<Record<Corner, Actor>>;
  readonly judges: readonly Judge[];
};

export function seatOfficials(link: Link, adminSecret: string, boutId: string, seats: readonly string[]): Officials {
  const actor = (part: Part) => createActor(link, adminSecret, part);
  const operator = (corner: Corner) =>
    actor({
      role: 'operator',
      subject: `simulated-operator-${corner}`,
      device_id: `simulated-laptop-${corner}`,
      bout_id: boutId,
      corners: [corner],
    });
  const judge = (seat: string) =>
    createJudge(
      actor({
        role: 'judge',
        subject: `simulated-judge-${seat}`,
        device_id: `simulated-tablet-${seat}`,
        bout_id: boutId,
        judge_id: seat,
      }),
      boutId,
      seat,
    );
  return {
    // The supervisor's token names no bout: the bout does not exist before it is created.
    supervisor: actor({ role: 'supervisor', subject: 'simulated-supervisor' }),
    secondSupervisor: actor({ role: 'supervisor', subject: 'simulated-second-supervisor', bout_id: boutId }),
    timekeeper: actor({ role: 'timekeeper', subject: 'simulated-timekeeper', bout_id: boutId }),
    referee: actor({ role: 'referee', subject: 'simulated-referee', bout_id: boutId }),
    operators: { red: operator('red'), blue: operator('blue') },
    judges: seats.map(judge),
  };
}
