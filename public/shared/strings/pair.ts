import type { Role } from '../../../domain/roles/index.ts';

/** Every word of the pairing page. */
export const pairWords = {
  title: 'Pair',
  begin: 'Pair this device',
  beginHint: 'The supervisor shows a code for your place. With it this device works for you until the night is over.',
  scan: 'Scan the code with the camera',
  scanStop: 'Stop the camera',
  scanning: 'Hold the code in front of the camera.',
  scanNone:
    'This browser cannot scan. Open the camera app of the phone, point it at the code and open the link, or enter it here.',
  scanRefused: 'The camera cannot be used here. Allow it in the browser, or enter the link.',
  scanOther: 'That is another code, not one for pairing.',
  field: 'Link or code',
  fieldHint: 'As the supervisor’s screen shows it below the picture.',
  fieldWrong: 'This is no pairing link and no pairing code.',
  use: 'Use this code',

  working: 'Pairing this device',
  workingHint: 'It takes the place that the supervisor has chosen. The code is good for one device, once.',
  waiting: 'The server cannot be reached',
  waitingHint: 'This page keeps trying with the same code. Nothing is lost: you may wait, or change the network.',

  pairedTitle: 'This device is paired',
  role: {
    admin: 'Administrator',
    supervisor: 'Supervisor',
    operator: 'Operator',
    judge: 'Judge',
    timekeeper: 'Timekeeper',
    referee: 'Referee',
    broadcaster: 'Broadcaster',
    camera: 'Camera',
    analyst: 'Analyst',
    viewer: 'Viewer',
  } satisfies Record<Role, string>,
  youAre: 'You are',
  facts: {
    role: 'Role',
    seat: 'Seat',
    person: 'Person',
    bout: 'Bout',
    card: 'Card',
    corners: 'Corners',
    aspects: 'Logs',
  },
  everyBout: 'the card’s current one',
  corner: { red: 'Red', blue: 'Blue' },
  aspect: { damage: 'damage', grappling: 'grappling', control: 'control' },
  go: 'Go to your page',
  going: 'Your page opens by itself.',
  forget: 'Give this place up',
  forgotten: 'This device has no place any more.',

  askTitle: 'This device has a place already',
  askHint:
    'With the new code it gives that place up. What is unsent stays on the device and is sent when its owner is back.',
  askTake: 'Take the new place',
  askKeep: 'Keep the old place',

  failedTitle: 'This code cannot be used',
  failed: {
    unknown:
      'It is unknown, or its time is over. Ask the supervisor for a new one: that takes a moment. If you typed it, compare it with the screen.',
    used: 'Another device has used it already. A code is good once: ask the supervisor for a new one.',
    withdrawn: 'This device was shut out. Ask the supervisor for a new code.',
    storage:
      'This browser keeps nothing on the device (a private window?). Open the link in an ordinary window; the code is still good.',
  },
  failedOther: (detail: string) => `The server says: ${detail}`,
  another: 'Enter another code',
} as const;
