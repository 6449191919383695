/** How large a name can be set in the room that it has. */
export function fitOf(name: string): 'fit-large' | 'fit-middle' | 'fit-small' {
  const longest = Math.max(...name.split(/\s+/).map((part) => part.length));
  if (name.length <= 15 && longest <= 14) return 'fit-large';
  return name.length <= 26 && longest <= 17 ? 'fit-middle' : 'fit-small';
}

/** The same for the title of a card, beside its scores. */
export function titleFit(title: string): 'title-large' | 'title-small' {
  return title.length <= 30 ? 'title-large' : 'title-small';
}
