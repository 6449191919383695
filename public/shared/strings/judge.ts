import type { Corner } from '../../../domain/corner.ts';

const NAMES = { red: 'Red', blue: 'Blue' } satisfies Record<Corner, string>;

function points(n: string): string {
  return n === '1' ? '1 point' : `${n} points`;
}

/** Every word of the judge's page. */
export const judgeWords = {
  title: 'Judge',
  loading: 'Opening your scorecard',
  seat: (seat: string) => `Seat ${seat}`,
  noSuchSeat: (seat: string) => `Seat ${seat} is not on the panel of this bout`,
  noSuchSeatHint: 'Ask the supervisor which seat you have. This page follows the card to the next bout by itself.',
  absent: 'This seat is recorded as absent',
  absentHint: 'The supervisor opens it again with a second person.',

  notJudge: 'This page is for judges',
  notJudgeHint: (role: string) => `This device is signed in as ${role}. A judge’s device is paired by the supervisor.`,
  toOwnPage: 'Go to your own page',
  anonymous: 'This device has no seat yet',
  anonymousHint: 'The supervisor shows a code for your seat. Scan it with this device, or enter it.',
  toPair: 'Pair this device',
  badLink: 'This link was refused',
  badLinkHint: 'It is damaged or not one of this server’s. Ask the supervisor for a new link, or pair this device.',
  endedLinkHint:
    'It has expired, was withdrawn, or is not one of this server’s. What is unsent stays here. Ask the supervisor for a new link, or pair this device.',
  refused: 'This device is signed out',
  refusedHint: 'Its pairing has ended or was withdrawn. What is unsent stays here. Ask the supervisor for a new code.',
  waiting: 'No bout yet',
  waitingHint: 'The bout appears here by itself as soon as it is the card’s current one.',
  unreachable: 'The server cannot be reached',
  unreachableHint: 'Nothing of a bout is on this device yet. This page keeps trying by itself.',
  forbidden: 'This seat is not open to you',
  forbiddenHint:
    'Another judge may have been put into it, or the bout is of another card. Ask the supervisor; what is unsent stays here.',
  unknownBout: 'There is no such bout',
  unknownBoutHint: 'Open the page without a bout in its address to follow the card.',

  tabs: { log: 'Log', score: 'Score', card: 'Scorecard' },
  tabSign: 'Sign',
  tabsLabel: 'Parts of the page',
  roundOf: (round: number, of: number) => `Round ${round} of ${of}`,
  extension: (round: number) => `Extension round ${round}`,
  notConfirmed: 'Not confirmed',
  noClock: '–:––',
  timeLeft: 'Time left in the round',
  localRound: (round: number) => `No connection. You are working in round ${round}.`,
  nextRound: (round: number) => `I saw round ${round} begin: work in round ${round}`,
  roundIsOn: (round: number) => `Round ${round} is on.`,
  logNow: (round: number) => `Log round ${round}`,
  bellMissing: (rounds: readonly number[]) =>
    rounds.length === 1
      ? `Round ${rounds[0] ?? ''} is over and not scored yet.`
      : `Rounds ${rounds.join(', ')} are over and not scored yet.`,
  scoreNow: (round: number) => `Score round ${round}`,
  reopenedNow: (round: number) => `Round ${round} was opened again by the supervisor.`,

  logTitle: (round: number) => `Log round ${round}`,
  logOver: 'This round takes no more entries.',
  action: {
    kd: 'Knockdown',
    rocked: 'Rocked',
    takedown_landed: 'Takedown',
    submission_attempt: 'Submission attempt',
    sweep_reversal: 'Sweep',
  } as Readonly<Record<string, string>>,
  ofCorner: (corner: Corner, what: string) => `${NAMES[corner]}: ${what}`,
  undo: 'Undo',
  nothingToUndo: 'Nothing to undo in this round',
  undoReason: 'undone by the judge',
  notStored: 'This could not be stored on the device. Try again.',

  roundTitle: (round: number) => `Round ${round}`,
  scoreTitle: (round: number) => `Score round ${round}`,
  pickRound: 'Round to score',
  roundChip: (round: number) => `R${round}`,
  chip: {
    missing: 'not scored',
    reopened: 'open again',
    waiting: 'not sent',
    submitted: 'locked',
    refused: 'refused',
  },
  dash: '–',
  winsRound: (corner: Corner) => `${NAMES[corner]} wins the round`,
  evenRound: 'Even round',
  /** Begins with what is seen, so that it can be spoken to. */
  scoreLabel: (seen: string, whose: string) => `${seen}, ${whose}`,
  more: 'More scores',
  fewer: 'Fewer scores',
  noMore: 'These are all the scores that the rules allow.',
  loadingRules: 'The rules of this bout are being fetched. They are needed to know which scores are lawful.',
  former: (red: string, blue: string) => `It stood at Red ${red} – Blue ${blue} before it was opened again.`,
  apart: (corner: Corner, n: string) =>
    `The referee took ${points(n)} from ${NAMES[corner]} in this round. It is subtracted by itself: score the round as you saw it.`,
  notYetRound: 'This round has not begun.',
  beforeBell: 'The round is still on. You can score it now, but nothing says that you must.',

  reviewTitle: 'Check, then submit',
  reviewScore: (round: number, red: string, blue: string) => `Round ${round}: Red ${red} – ${blue} Blue`,
  reviewEven: 'The round is even',
  change: 'Change',
  submit: 'Submit and lock',
  storing: 'Storing',
  reviewHint: 'Submitting locks the round. Only the supervisor opens it again.',

  locked: 'Locked',
  lockedHint: 'Submitted. Only the supervisor opens it again.',
  waitingCard: 'Saved on this device, not yet sent',
  waitingCardHint: 'It is sent by itself as soon as there is a connection. You need not do anything.',
  paperCard: 'From paper',
  refusedCard: (detail: string) => `The server did not take this score: ${detail}`,

  statistics: 'Show statistics',
  statisticsHint: 'What the statistics say of this round, now that your scorecard is in.',
  statisticsNone: 'Nothing has been released for this round.',
  statisticsLoading: 'Fetching',
  hideStatistics: 'Hide statistics',
  statisticsScore: (score: string) => `Most judges would score it ${score} (Red – Blue).`,
  statisticsNoScore: 'The rule set has no score for what the statistics say.',
  statisticsShare: (percent: number) => `${percent} of 100 judges would give it to Red.`,
  statisticsClose: 'Too close for the statistics to say.',
  statisticsUnfitted: 'A published formula, not fitted on real judges’ scores.',
  statisticsLacked: (groups: readonly string[]) => `Nobody logged: ${groups.join(', ')}.`,

  toldTitle: 'From the referee',
  told: (corner: Corner, n: string, round: number) => `${points(n)} taken from ${NAMES[corner]} in round ${round}`,
  toldUnknown: (n: string, round: number) => `${points(n)} taken in round ${round}`,
  toldWhy: (foul: string) => `For: ${foul}.`,
  toldHint: 'Your raw score stays as it is.',
  understood: 'Understood',
  toldMore: (n: number) => `${n} more after this`,

  cardTitle: 'Your scorecard',
  columns: { round: 'Round', taken: 'Referee', state: 'State' },
  takenShort: (corner: Corner, n: string) => `${NAMES[corner]} −${n}`,
  total: 'Total',
  totalNote: 'Points taken are subtracted in the total.',
  partialNote: 'Only the rounds that count under the rules are in the total.',
  unscored: (rounds: readonly number[]) => `Not scored: ${rounds.map((round) => `round ${round}`).join(', ')}.`,
  allScored: 'Every round that has been fought is scored.',

  signTitle: 'Signature',
  signEarly: 'You sign here after the last round.',
  signMissing: 'Every round has to be scored before you can sign.',
  signDue: 'Every round is scored. Check the totals and sign.',
  signReview: 'Review and sign',
  signBack: 'Back',
  signCall: {
    due: 'Every round is scored. Your signature is next.',
    again: 'Your scorecard has changed. It needs a new signature.',
    refused: 'Your signature was not taken.',
  },
  signTotals: (red: string, blue: string) => `Total: Red ${red} – ${blue} Blue`,
  signStatement: 'This is my scorecard for every round.',
  sign: 'Sign',
  signed: 'Signed',
  signedWaiting: 'Signed on this device, not yet sent',
  signAgain: 'The total has changed since you signed, or a round was opened again. It needs a new signature.',
  signRefused: (detail: string) => `The signature was not taken: ${detail}`,

  deviceTitle: 'This device',
  deviceIs: (device: string) => `Device ${device}`,
  move: 'Move to another device',
  moveHint: 'Scan this code with the other device. It takes your seat; this one goes on sending what it has.',
  moveLabel: 'Pairing code for your seat',
  moveCode: 'Or enter this code there:',
  moveUntil: (minutes: number) => `Good for ${minutes} min, once.`,
  moveClose: 'Hide the code',
  moving: 'Making a code',
  notDurable: 'This browser stores nothing. Keep the page open until everything is sent.',

  fenced: 'This seat is now on another device',
  fencedHint: 'Score and log there. What was tapped here before is kept and still sent.',
  fencedUnsent: (n: number) => (n === 1 ? '1 entry is still to be sent.' : `${n} entries are still to be sent.`),
  fencedRefused: (n: number) =>
    n === 1
      ? '1 entry was not taken from here. Read it at the top, and enter it on the other device if it still holds.'
      : `${n} entries were not taken from here. Read them at the top, and enter on the other device what still holds.`,
  fencedSent: 'Everything from this device has been sent.',
  takeBack: 'Take it back on this device',
  takingBack: 'Taking it back',
  sessionRefused: (detail: string) => `The server does not take this seat from here: ${detail}`,

  update: 'A new version of this page is ready.',
  updateNow: 'Load it now',
} as const;
