/**
 * The fault of a request that got no answer, with the address in it: `fetch` itself says `fetch failed`, and why in its
 * cause. For commands that take the address as `--url`.
 */
export function noAnswer(url: string, error: unknown): Error {
  return new Error(`no answer from ${url}: ${reasonOf(error)} (is the server running? --url names another)`, {
    cause: error,
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
