import type { RuleSetId } from './rules.ts';

export type Foul = {
  /** Stable, for buttons and records. */
  readonly id: string;
  readonly words: string;
  readonly source: string;
};

/** Fouls of one source, as pairs of id and words. */
function fouls(source: string, ...list: readonly (readonly [id: string, words: string])[]): readonly Foul[] {
  return list.map(([id, words]) => ({ id, words, source }));
}

const MMA = [
  ...fouls(
    '19 NYCRR 212.10(b); NMAC 15.6.20.15',
    ['headbutt', 'Headbutt'],
    ['eye_gouge', 'Eye gouge'],
    ['bite', 'Biting'],
    ['hair_pull', 'Hair pulling'],
    ['fish_hook', 'Fish hook'],
    ['groin', 'Attack on the groin'],
    ['finger_in_orifice', 'Finger in an orifice or a wound'],
    ['small_joint', 'Small joint manipulation'],
    ['spine_or_back_of_head', 'Strike to the spine or the back of the head'],
    ['throat', 'Strike to or grab of the throat'],
    ['clawing', 'Clawing, pinching or twisting the flesh'],
  ),
  ...fouls(
    'NMAC 15.6.20.15',
    ['kick_head_grounded', 'Kick to the head of a grounded opponent'],
    ['knee_head_grounded', 'Knee to the head of a grounded opponent'],
    ['stomp_grounded', 'Stomp on a grounded opponent'],
    ['spiking', 'Spiking the opponent on head or neck'],
    ['throw_out', 'Throwing the opponent out of ring or cage'],
    ['hold_shorts_or_gloves', 'Holding the opponent’s shorts or gloves'],
    ['hold_fence_or_ropes', 'Holding the fence or the ropes'],
    ['spit', 'Spitting'],
    ['abusive_language', 'Abusive language'],
    ['unsportsmanlike', 'Unsportsmanlike conduct that injures'],
    ['attack_on_break', 'Attack on or during the break'],
    ['attack_under_care', 'Attack on an opponent in the referee’s care'],
    ['attack_after_bell', 'Attack after the bell'],
    ['disregard_referee', 'Disregarding the referee'],
    ['timidity', 'Timidity'],
    ['corner_interference', 'Interference by the corner'],
  ),
  ...fouls('ABC, effective 2017 (gcafights.com)', ['outstretched_fingers', 'Fingers outstretched towards the eyes']),
];

const DOWNWARD_ELBOW = fouls('NMAC 15.6.20.15; until the amendment of November 2024 (sportsnet.ca)', [
  'downward_elbow',
  'Strike downward with the point of the elbow, where the amendment of 2024 is not in force',
]);

const BOXING = fouls(
  '4 CCR 337',
  ['low_blow', 'Low blow'],
  ['hit_down', 'Hitting an opponent who is down, rising or helpless on the ropes'],
  ['hold_and_hit', 'Holding and hitting'],
  ['holding', 'Excessive holding'],
  ['wrestling_or_biting', 'Wrestling, kicking or biting'],
  ['hold_ropes', 'Holding the ropes'],
  ['butt', 'Butt with head or shoulder'],
  ['not_with_the_knuckles', 'Hitting with open glove, wrist, forearm, elbow or knee; backhand'],
  ['rabbit_punch', 'Rabbit punch'],
  ['kidney_punch', 'Kidney punch'],
  ['spin_and_hit', 'Spinning and hitting'],
  ['taunting', 'Taunting or abuse'],
  ['unsportsmanlike', 'Unsportsmanlike act'],
  ['hit_on_break', 'Hitting on the break'],
  ['hit_after_bell', 'Hitting after the bell'],
  ['hit_entangled', 'Hitting an opponent entangled in the ropes'],
  ['push', 'Pushing'],
  ['mouthpiece', 'Dropping the mouthpiece again and again'],
  ['hit_during_intervention', 'Hitting while the referee intervenes'],
);

const KICKBOXING = [
  ...fouls(
    'Wis. Adm. Code SPS 192.59(7)',
    ['headbutt', 'Headbutt'],
    ['throat', 'Attack on the throat'],
    ['back_of_head', 'Attack on the back of head or torso'],
    ['below_waist', 'Attack below the waist, unless the rules of the event allow leg kicks'],
  ),
  ...fouls(
    '14B NCAC 10.0604(a)(5)',
    ['hit_down', 'Striking an opponent who is down or rising'],
    ['hold_and_hit', 'Holding and hitting'],
    ['holding', 'Holding or keeping up a clinch'],
    ['knee_elbow_palm', 'Strike with elbow or palm heel; with the knee, unless the rules of the event allow it'],
  ),
  ...fouls(
    'OAR 230-120-0080',
    ['groin', 'Attack on the groin'],
    ['spit_or_bite', 'Spitting or biting'],
    ['hold_leg', 'Grabbing a leg or foot'],
    ['throw', 'Throw or takedown'],
    ['going_down', 'Going down without being hit'],
    ['attack_on_break', 'Attack on the break'],
    ['attack_after_bell', 'Attack after the bell'],
    ['push_out', 'Pushing or wrestling the opponent out of the ring'],
    ['abusive_language', 'Abusive language'],
    ['mouthpiece', 'Dropping the mouthpiece again and again'],
    ['evasion', 'Avoiding contact'],
    ['unsportsmanlike', 'Unsportsmanlike act that injures'],
  ),
];

const MUAY_THAI = [
  ...fouls(
    'worldthaiboxing.org, rule 18',
    ['headbutt', 'Headbutt'],
    ['bite', 'Biting'],
    ['eye_gouge', 'Eye gouge'],
    ['spit', 'Spitting'],
    ['wrestling', 'Wrestling, back or arm lock, judo throw'],
    ['fall_on', 'Falling on the opponent on purpose'],
    ['hold_ropes', 'Holding the ropes'],
    ['abusive_language', 'Abusive language'],
    ['attack_after_stop', 'Attack after the order to stop'],
    ['groin', 'Attack on the groin'],
  ),
  ...fouls(
    'ifmamuaythai.org, 18.2',
    ['hit_down', 'Attack on an opponent who is down or rising'],
    ['mouthpiece', 'Spitting out the gum shield on purpose'],
    ['passive', 'Passive defence, falling to avoid a hit'],
  ),
  ...fouls('punchitgym.com, fouls', ['push_leg', 'More than two steps with a caught leg without a strike']),
];

const BARE_KNUCKLE = fouls(
  'Wyo. Code R. 046-16 § 2',
  ['eye_gouge', 'Eye gouge'],
  ['spit_or_bite', 'Spitting or biting'],
  ['hair_pull', 'Hair pulling'],
  ['fish_hook', 'Fish hook'],
  ['groin', 'Attack on the groin'],
  ['finger_in_orifice', 'Finger in an orifice or a wound'],
  ['small_joint', 'Small joint manipulation'],
  ['spine_or_back_of_head', 'Strike to the spine or the back of the head'],
  ['throat', 'Strike to or grab of the throat'],
  ['clawing', 'Clawing, pinching or twisting the flesh'],
  ['hit_down', 'Striking an opponent who is down'],
  ['hold_fence_or_ropes', 'Holding or using the cage or the ropes'],
  ['abusive_language', 'Abusive language'],
  ['unsportsmanlike', 'Unsportsmanlike conduct that injures'],
  ['attack_on_break', 'Attack during the break or after the bell'],
  ['attack_under_care', 'Attack on an opponent in the referee’s care'],
  ['timidity', 'Timidity'],
  ['corner_interference', 'Interference by the corner'],
  ['throw_out', 'Throwing the opponent out of ring or cage'],
  ['disregard_referee', 'Disregarding the referee'],
  ['foreign_substance', 'Foreign substance on hair or body'],
  ['outstretched_fingers', 'Fingers outstretched towards the eyes'],
  ['push', 'Pushing about the ring'],
  ['takedown', 'Takedown'],
);

/** What the referee may call, by rule set. Empty where no list was found: the foul is then described in words. */
export const FOULS: Readonly<Record<RuleSetId, readonly Foul[]>> = {
  'mma-unified-2017': [...MMA, ...DOWNWARD_ELBOW],
  'mma-unified-2025': MMA,
  boxing: BOXING,
  kickboxing: KICKBOXING,
  'muay-thai': MUAY_THAI,
  'bare-knuckle': BARE_KNUCKLE,
  'karate-combat': [],
};
