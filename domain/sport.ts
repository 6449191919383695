export const SPORTS = ['mma', 'boxing', 'kickboxing', 'muay-thai', 'bare-knuckle', 'karate-combat'] as const;

export type Sport = (typeof SPORTS)[number];
