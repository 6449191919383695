/** The badge that says what is still on its way, and its list. */
export const unsentWords = {
  allSent: 'All sent',
  unsent: (count: number) => `${count} unsent`,
  refused: (count: number, unsent: number) => (unsent > 0 ? `${count} refused, ${unsent} unsent` : `${count} refused`),
  notKept: 'Not kept on this device',
  notKeptHint:
    'This browser keeps nothing on the device (a private window?). What you log is lost if this page is closed before it is sent.',
  title: 'What is on its way',
  nothing: 'Everything has reached the record.',
  waitingTitle: 'Waiting to be sent',
  waitingHint: 'Kept on this device, in this order. It is sent by itself as soon as there is a connection.',
  tryNow: 'Try now',
  refusedTitle: 'Refused',
  dismiss: 'I have read it',
  others: (count: number) =>
    count === 1
      ? 'One entry of another person waits on this device. It is sent when their page is opened here.'
      : `${count} entries of other people wait on this device. They are sent when their pages are opened here.`,
  receipts: (count: number) =>
    count === 1 ? '1 receipt kept on this device' : `${count} receipts kept on this device`,
  receiptsHint:
    'The server’s word for each of your entries. Whoever has them finds out if the record is changed later.',
  saveReceipts: 'Save receipts',
  receiptsFailed: 'The receipts could not be read on this device.',
} as const;
