import type { HttpAnswer } from './http.ts';

/** A figure of answers that were errors would be worth nothing. @throws Error on any status but 200 */
export function expectSuccess(what: string, { status, body }: HttpAnswer): void {
  if (status !== 200) throw new Error(`${what} answered ${status}: ${body.toString('utf8', 0, 300)}`);
}
