/** An event as old clients sent it. */
const LEGACY_EVENT = { round_num: 1, fighter: 'red', event_type: 'Jab', timestamp: 42.5 } as const;

/** The operator for whom the example of minting a token makes one. */
const LOGGED = {
  round_id: 1,
  judge_id: 'operator_1',
  fighter_id: 'fighter1',
  event_type: 'Jab',
  timestamp_ms: 1_234_567_890_000,
  device_id: 'device_xyz',
  metadata: { significant: true },
} as const;

/** Bodies whose schema alone does not say what is sensible together, by method and path. */
export const EXAMPLE_BODIES: Readonly<Record<string, unknown>> = {
  'post /api/auth/tokens': { role: 'operator', subject: 'operator_1' },
  'post /api/bouts': {
    bout_id: 'bout_123',
    promotion: 'Promotion',
    event: 'Fight Night 1',
    sport: 'mma',
    scheduled_rounds: 3,
    fighter1: { name: 'John Doe' },
    fighter2: { name: 'Mike Smith' },
    judges: [{ judge_id: 'JUDGE001', judge_name: 'Judge Anderson' }],
  },
  'post /api/index/rebuild': { scope: 'all', dry_run: true },
  'patch /api/bouts/{bout_id}': { delay_ms: 5_000, reason: 'The broadcast runs five seconds late' },
  'put /api/bouts/{bout_id}/fighters/{corner}': {
    nickname: 'The Hammer',
    country: 'USA',
    record: '12-3-0',
    age: 29,
    height_cm: 180,
    reach_cm: 185,
    weight_kg: 70.3,
    stance: 'southpaw',
    team: 'Team Alpha',
  },
  'post /api/bouts/{bout_id}/scorecards': { judge_id: 'JUDGE001', round_id: 1, red: 10, blue: 9 },
  'post /api/bouts/{bout_id}/scorecards/sign': { judge_id: 'JUDGE001', red: 30, blue: 27 },
  'post /api/bouts/{bout_id}/scorecards/paper': {
    judge_id: 'JUDGE001',
    round_id: 2,
    red: 9,
    blue: 10,
    reason: 'The tablet was broken',
  },
  'post /api/bouts/{bout_id}/panel': {
    change: 'substitute',
    judge_id: 'JUDGE001',
    person_id: 'judge_baker',
    person_name: 'Judge Baker',
    from_round: 2,
    reason: 'Judge Anderson is unwell',
  },
  'post /api/bouts/{bout_id}/confirm': { proposal_index: 41, accept: true },
  'post /api/bouts/{bout_id}/rulings': {
    kind: 'foul',
    round_id: 1,
    fighter_id: 'fighter1',
    foul: 'groin',
    intent: 'accidental',
  },
  'post /api/bouts/{bout_id}/rulings/acknowledge': { judge_id: 'JUDGE001', target_event_id: 'ruling_123' },
  'post /api/bouts/{bout_id}/lock-round': { round_id: 1 },
  'post /api/bouts/{bout_id}/finalize': { method: 'DEC' },
  'post /api/events/v2/log': { bout_id: 'bout_123', ...LOGGED },
  'post /api/events/v2/batch': { bout_id: 'bout_123', events: [LOGGED] },
  'post /api/log-event': { bout_id: 'bout_123', ...LEGACY_EVENT },
  'post /api/legacy/import': { bout_id: 'bout_123', events: [LEGACY_EVENT] },
  'post /api/cards': { card_id: 'card_1', promotion: 'Promotion', event: 'Fight Night 1' },
  // Not the bout of the other examples, which was made for no card; this one is planned.
  'post /api/cards/{card_id}/bouts': { bout_id: 'bout_124' },
  'post /api/cards/{card_id}/current': { bout_id: 'bout_124' },
  'post /api/shadow/scorecards': { bout_id: 'bout_123', round_id: 1, red: 10, blue: 9 },
  'post /api/pairings/claim': {
    code: 'card_1~code',
    device_id: 'device_xyz',
    // The public key of RFC 8037, appendix A.2.
    public_key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  },
};
