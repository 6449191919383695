/** `demo-20261121T093000Z`: an id that says when it was made, in UTC. */
export function stampedId(prefix: string, nowMs: number): string {
  return `${prefix}-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
}
