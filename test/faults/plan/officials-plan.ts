import type { Actor } from './cast.ts';
import type { OfficialAct } from './steps.ts';

/** What an official does beside tapping: a supervisor stops the clock and warns, a judge hands in one scorecard. */
export function* officialActs({ name, role }: Actor): Generator<OfficialAct, void> {
  if (role === 'operator') return;
  if (role === 'judge') {
    const body = { judge_id: name, round_id: 1, red: 10, blue: 9 };
    return yield { id: `${name}-card`, path: 'scorecards', body };
  }
  for (let count = 1; ; count += 1) {
    yield clock(`${name}-pause${count}`, 'pause');
    yield ruling(`${name}-warning${count}`, count);
    yield clock(`${name}-resume${count}`, 'resume');
  }
}

function clock(id: string, action: 'pause' | 'resume'): OfficialAct {
  return { id, path: 'clock', body: { action, round_id: 1 } };
}

function ruling(id: string, count: number): OfficialAct {
  const body = { kind: 'warning', round_id: 1, fighter_id: count % 2 === 0 ? 'fighter1' : 'fighter2', foul: 'holding' };
  return { id, path: 'rulings', body };
}
