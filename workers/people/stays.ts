/** What an erasure leaves, told with every answer; docs/privacy.md says why. */
export const STAYS: readonly string[] = [
  'Ids: of fighters, judges, subjects and devices, in ledgers, archives, figures and the index. They are what the record is bound to.',
  'Commitments to the name. Once the salt is erased with the name, nobody can tell which name they were made from.',
  'Free text that officials wrote (reasons, notes), in ledgers and archives: it is not searched for names.',
  'Copies that were handed out: archives, exports, printed scorecards, feeds, screens that show the name already.',
  'Backups of the platform: objects and the index can be set back for up to 30 days, after which the name is gone there too.',
  'On a server of one’s own: freed space of its database files, until it is written over.',
  'What the person logged, ruled and scored: it is the record of the bout.',
];

/** What a look at a person leaves out. */
export const NOT_SEARCHED: readonly string[] = [
  'Free text that officials wrote (reasons, notes).',
  'Copies that were handed out.',
  'Names: somebody who was registered without an id of their own is found in one bout at a time; with `bout_id`, ask for `fighter1`, `fighter2` or the id of the seat.',
];

/** What a look into one bout leaves out besides. */
export const NOT_SEARCHED_ALONE: readonly string[] = [
  ...NOT_SEARCHED.slice(0, 2),
  'Other bouts, devices paired with the card, tokens, figures of the index: ask without `bout_id`, by an id of the person’s own.',
];
