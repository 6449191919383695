import type { ControlKind } from '../../domain/actions/index.ts';
import { CONTROL_KINDS } from '../../domain/actions/index.ts';
import type { Corner } from '../../domain/corner.ts';
import type { Aspect } from '../../domain/roles/index.ts';
import type { OutboxItem } from '../shared/outbox/outbox.ts';
import { words } from '../shared/strings/common.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import { countedMarks, edgeOf, heldBy } from './control.ts';
import type { CommandId } from './keys/commands.ts';
import { lastOwn, type Line } from './lines.ts';
import { positionAfter, withTarget } from './modes.ts';
import { type ActionId, aspectOf, BACKFILLS, HOLDS, isActionId, isBackfillId, isHoldId } from './palette.ts';
import { mayAspect, mayCorner, type Permits } from './permits.ts';
import type { Queue } from './queue.ts';
import { controlBefore, controlStart, controlStop, meaningOf, type Saying, sayingOf, takesTarget } from './saying.ts';
import type { State } from './state.ts';
import { sentenceOf } from './words.ts';
import { FIGHTER, openWriting } from './writing.ts';

/** Does what a key or a button says. Whatever is refused here says so on the screen; nothing is dropped in silence. */
export type Perform = (command: CommandId, shift: boolean) => void;

export function performer(state: State, queue: Queue): { perform: Perform; takeBack: (line: Line) => void } {
  const { log, correct, refuse, taking } = openWriting(state, queue);
  let serial = 0;

  function perform(command: CommandId, shift: boolean): void {
    serial += 1;
    state.pressed.value = { command, serial };
    const { modes } = state;
    if (isActionId(command)) act(command, shift);
    else if (isHoldId(command)) hold(HOLDS[command]);
    else if (isBackfillId(command)) fillIn(BACKFILLS[command]);
    else
      switch (command) {
        case 'backfill_kind':
          state.backfillKind.value = kindAfter(state.backfillKind.peek());
          break;
        case 'corner_red':
          corner('red');
          break;
        case 'corner_blue':
          corner('blue');
          break;
        case 'position':
          modes.value = { ...modes.peek(), position: positionAfter(modes.peek().position, shift ? -1 : 1) };
          break;
        case 'target_head':
          modes.value = withTarget(modes.peek(), 'head');
          break;
        case 'target_body':
          modes.value = withTarget(modes.peek(), 'body');
          break;
        case 'target_leg':
          modes.value = withTarget(modes.peek(), 'leg');
          break;
        case 'significance':
          modes.value = { ...modes.peek(), significant: !modes.peek().significant };
          break;
        case 'undo':
          undo();
          break;
        case 'line_up':
          step(-1);
          break;
        case 'line_down':
          step(1);
          break;
        case 'round_previous':
          previousRound();
          break;
        case 'round_current':
          state.chosenRound.value = null;
          break;
        case 'keys':
          state.keysOn.value = !state.keysOn.peek();
          break;
      }
  }

  function act(id: ActionId, shift: boolean): void {
    const modes = state.modes.peek();
    const line = state.selected.peek();
    if (!allowed(aspectOf(id), operatorWords.commands[id])) return;
    const significant = shift || modes.significant;
    if (line !== null) {
      const { target, position } = meaningOf(line.eventType, line.metadata) ?? { target: null, position: null };
      replace(line, sayingOf(id, { significant, target, position }));
      return;
    }
    log(modes.corner, sayingOf(id, { significant, target: modes.target, position: modes.position }));
    if (takesTarget(id) && modes.target !== null) state.modes.value = { ...modes, target: null };
  }

  function hold(kind: ControlKind): void {
    const { corner } = state.modes.peek();
    if (!allowed('control', operatorWords.kinds[kind])) return;
    const line = state.selected.peek();
    if (line !== null) {
      const stops = meaningOf(line.eventType, line.metadata)?.type === 'control_stop';
      replace(line, stops ? controlStop(kind) : controlStart(kind));
      return;
    }
    const time = state.time();
    if (time === null) return refuse(operatorWords.noBout);
    if (time.over) return refuse(operatorWords.controlAfterBell(time.roundId));
    const marks = countedMarks(state.linesWith(inFlightItems()), state.permits.peek().corners);
    const edge = edgeOf(heldBy(marks, time), corner, kind);
    state.backfillKind.value = kind;
    log(corner, edge === 'start' ? controlStart(kind) : controlStop(kind));
  }

  /** A second tap of a control key may come before the first is on the disk: it must know of it. */
  function inFlightItems(): readonly OutboxItem[] {
    return queue.inFlight().flatMap(({ draft }, at): readonly OutboxItem[] => {
      if (draft.kind !== 'action') return [];
      const { boutId, fields, note = {} } = draft;
      const rest = { kind: 'action', path: '', seq: 0, atMs: 0, state: 'unsent', refusal: null } as const;
      return [{ eventId: `in-flight-${at}`, boutId, body: fields, note, ...rest }];
    });
  }

  function fillIn(seconds: number): void {
    if (!allowed('control', operatorWords.control)) return;
    const saying = controlBefore(state.backfillKind.peek(), seconds);
    const line = state.selected.peek();
    if (line === null) log(state.modes.peek().corner, saying);
    else replace(line, saying);
  }

  function corner(wanted: Corner): void {
    const permits = state.permits.peek();
    if (!mayCorner(permits, wanted)) return refuse(operatorWords.wrongCorner(wanted, cornerWords(permits)));
    const line = state.selected.peek();
    if (line === null) state.modes.value = { ...state.modes.peek(), corner: wanted };
    else if (line.corner === wanted) state.select(null);
    else replace(line, { event_type: line.eventType, metadata: plain(line.metadata) }, wanted);
  }

  function replace(line: Line, saying: Saying, to: Corner | null = null): void {
    state.select(null);
    if (!state.mayCorrect(line)) return refuse(operatorWords.notYourLine);
    const title = sentenceOf(to ?? line.corner, saying.event_type, saying.metadata);
    const corner = to ?? line.corner;
    correct(
      line.eventId,
      {
        event_type: saying.event_type,
        metadata: saying.metadata,
        ...(corner === null ? {} : { fighter_id: FIGHTER[corner] }),
      },
      operatorWords.replaced(title),
    );
  }

  function undo(): void {
    // The selected line, else the newest own one that stands: once more goes further back.
    const line = state.selected.peek();
    if (line !== null) {
      state.select(null);
      takeBack(line);
      return;
    }
    const tap = queue.inFlight().findLast(({ draft, taken }) => draft.kind === 'action' && !taken);
    if (tap !== undefined) {
      tap.taken = true;
      // What could not be stored has said so already, and there is nothing to take back.
      tap.done.then(
        (item) => correct(item.eventId, null, operatorWords.undone(titleOf(item))),
        () => undefined,
      );
      return;
    }
    const last = lastOwn(state.lines.peek(), taking);
    if (last === null) return refuse(operatorWords.nothingToUndo(state.roundId.peek() ?? 1));
    takeBack(last);
  }

  function takeBack(line: Line): void {
    if (!state.mayCorrect(line)) return refuse(operatorWords.notYourLine);
    correct(line.eventId, null, operatorWords.undone(sentenceOf(line.corner, line.eventType, line.metadata)));
  }

  function step(by: 1 | -1): void {
    const open = state.lines.peek().filter((line) => state.mayCorrect(line) && !taking.has(line.eventId));
    const now = state.selected.peek();
    const at = now === null ? -1 : open.findIndex(({ eventId }) => eventId === now.eventId);
    const next = at === -1 ? 0 : at + by;
    state.select(open[Math.min(next, open.length - 1)]?.eventId ?? null);
  }

  function previousRound(): void {
    const current = state.view.peek()?.round_id ?? 1;
    if (current > 1) state.chosenRound.value = current - 1;
  }

  function allowed(aspect: Aspect | null, what: string): boolean {
    const permits = state.permits.peek();
    if (mayAspect(permits, aspect) || aspect === null) return true;
    refuse(operatorWords.wrongAspect(what, operatorWords.aspect[aspect], aspectWords(permits)));
    return false;
  }

  return { perform, takeBack };
}

export function cornerWords(permits: Permits): string {
  return permits.corners.map((corner) => words.corner[corner]).join(operatorWords.and);
}

export function aspectWords(permits: Permits): string {
  return (permits.aspects ?? []).map((aspect) => operatorWords.aspect[aspect]).join(operatorWords.and);
}

function kindAfter(kind: ControlKind): ControlKind {
  return CONTROL_KINDS[(CONTROL_KINDS.indexOf(kind) + 1) % CONTROL_KINDS.length] ?? kind;
}

function titleOf(item: OutboxItem): string {
  return typeof item.note.title === 'string' ? item.note.title : '';
}

/** What of an entry's metadata can be said again. */
function plain(metadata: Readonly<Record<string, unknown>>): Saying['metadata'] {
  const said: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') said[name] = value;
  }
  return said;
}
