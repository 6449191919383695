import type { BoutContext } from '../context.ts';
import { CLOSE_REVOKED, dismiss } from './fan-out.ts';

export function revokeTokens(context: BoutContext, tokenIds: readonly string[]): void {
  for (const group of context.fanOut.groups.values()) {
    for (const [socket, viewer] of group.sockets) {
      if (viewer.caller === null || !tokenIds.includes(viewer.caller.tokenId)) continue;
      dismiss(context, socket);
      socket.close(CLOSE_REVOKED, 'token revoked');
    }
  }
}
