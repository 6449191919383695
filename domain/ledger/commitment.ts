import { sha256 } from './sha256.ts';

/** SHA-256 of `salt|name`: binds a person's name for whoever is given the salt, and tells others nothing. */
export function commitmentOf(salt: string, name: string): string {
  return sha256(`${salt}|${name}`);
}
