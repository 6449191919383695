import { claimOf } from '../bout/index.ts';
import { type Entry, joinMetadata } from '../ledger/index.ts';

/** The words of an action, as its caller sent them. */
export function wireAction(entry: Entry) {
  const claim = claimOf(entry);
  return {
    event_type: claim.eventType,
    fighter_id: claim.fighterId,
    judge_id: claim.judgeId,
    device_id: claim.deviceId,
    metadata: joinMetadata(claim.metadata, claim.metadataExtra),
  };
}
