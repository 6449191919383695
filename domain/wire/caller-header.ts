/** In which the edge hands the caller to a bout's socket; it overwrites whatever came from outside. */
export const CALLER_HEADER = 'x-fightjudge-caller';
