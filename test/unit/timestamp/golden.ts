import { bytesOfBase64 } from '../../../domain/log/index.ts';
import { utf8Bytes } from '../../../domain/ledger/index.ts';

/** What the golden reply is of: the text of a note, in the bytes that openssl was given. */
export const GOLDEN_NOTE = utf8Bytes('log.test/bout/b\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n');

/** 2026-11-21T18:16:13Z. */
export const GOLDEN_MS = 1_795_284_973_000;

export const GOLDEN_AUTHORITY = 'Test TSA, FightJudge';

/** A reply of `openssl ts -reply` (3.0) to `openssl ts -query -data note -sha256 -cert`, signed with P-256. */
const GOLDEN =
  'MIID9zADAgEAMIID7gYJKoZIhvcNAQcCoIID3zCCA9sCAQMxDzANBglghkgBZQMEAgEFADCBpgYLKoZIhvcNAQkQAQSggZYEgZMwgZACAQEGBC' +
  'oDBAEwMTANBglghkgBZQMEAgEFAAQgRKHG/4v/JgMMEuuRqVzbTp4GIgDZrZEjzFitGhfkylUCAQIYDzIwMjYxMTIxMTgxNjEzWjADAgEBAQH/' +
  'AghHprtnHxOdRaAspCowKDETMBEGA1UECgwKRmlnaHRKdWRnZTERMA8GA1UEAwwIVGVzdCBUU0GgggHDMIIBvzCCAWWgAwIBAgIUdxHUV1qY0e' +
  'CNOPmkXvm6Bdw+oQowCgYIKoZIzj0EAwIwKDETMBEGA1UECgwKRmlnaHRKdWRnZTERMA8GA1UEAwwIVGVzdCBUU0EwIBcNMjYxMTIxMTgxNjEz' +
  'WhgPMjEyNjEwMjgxODE2MTNaMCgxEzARBgNVBAoMCkZpZ2h0SnVkZ2UxETAPBgNVBAMMCFRlc3QgVFNBMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQ' +
  'cDQgAEwUDoShURX64gD96JVS0vIQojn0lMt1kZgYKidYeW2+KZnYX55jzkcQXawfJ8CbuzFfuefC8fVb9+rK7s/3hBnaNrMGkwHQYDVR0OBBYE' +
  'FL2QB7ojnDuUqD0m0JYJAbp98cGQMB8GA1UdIwQYMBaAFL2QB7ojnDuUqD0m0JYJAbp98cGQMA8GA1UdEwEB/wQFMAMBAf8wFgYDVR0lAQH/BA' +
  'wwCgYIKwYBBQUHAwgwCgYIKoZIzj0EAwIDSAAwRQIgWhVCPdU2Gu0SDbVM4ReoA/mTJK+twyeAB6Sp+4lvcjECIQCSLHmYCaQMLj/5s4KUAyH4' +
  'S4/CGCUR1WLzLmmllOcImTGCAVMwggFPAgEBMEAwKDETMBEGA1UECgwKRmlnaHRKdWRnZTERMA8GA1UEAwwIVGVzdCBUU0ECFHcR1FdamNHgjT' +
  'j5pF75ugXcPqEKMA0GCWCGSAFlAwQCAQUAoIGkMBoGCSqGSIb3DQEJAzENBgsqhkiG9w0BCRABBDAcBgkqhkiG9w0BCQUxDxcNMjYxMTIxMTgx' +
  'NjEzWjAvBgkqhkiG9w0BCQQxIgQgS/cGfhezzU7Y21gyQ7PbbiaxC7nWlLbeOySMisgNXMYwNwYLKoZIhvcNAQkQAi8xKDAmMCQwIgQgkpnLfC' +
  'iC84lF0hcgI5lGPzk09Dr79sBscr7V15wObNkwCgYIKoZIzj0EAwIERjBEAiA9238B8xYmbJztliQ2h9DoaUObGqsbqosWjP+MQ3ZL/AIgKoB9' +
  '2u+ATfnrz5EcGfQpkR3kZrDLOZYj2cYRAsFTYKg=';

export function goldenReply(): Uint8Array {
  const bytes = bytesOfBase64(GOLDEN);
  if (bytes === null) throw new Error('the golden reply is no base64');
  return bytes;
}
