import { z } from 'zod';
import type { PeerStatus } from './node-alarm.js';

const peerDto = z
  .object({
    origin: z.string().describe('Name of the other node’s log'),
    state: z.enum(['never_seen', 'following', 'unreachable', 'alarm']),
    last_checkpoint: z
      .object({ size: z.int(), root: z.string(), seen_at: z.iso.datetime() })
      .nullable()
      .describe('The last that was believed; its note with our signature is /v1/attestation-witness/checkpoint'),
    looked_at: z.iso.datetime().nullable(),
    lag_seconds: z.number().nullable().describe('Since it last answered'),
    failure: z.string().nullable(),
    failing_since: z.iso.datetime().nullable(),
    own_size: z.int().describe('Leaves of this node’s log'),
    witnessed_size: z.int().nullable().describe('Of which the other node has signed for this many'),
    unwitnessed_leaves: z.int(),
    open_alarms: z.int().describe('About either log, and not explained yet'),
  })
  .meta({ id: 'AttestationPeer' });

export const peersDto = z.object({ data: z.array(peerDto) }).meta({ id: 'AttestationPeers' });

/** Renders a peer's status as of an instant. */
export function toPeerDto(status: PeerStatus, now: Date): z.output<typeof peerDto> {
  const { lastCheckpoint: last, answeredAt, ownSize, witnessedSize } = status;
  return {
    origin: status.origin,
    state: stateOf(status),
    last_checkpoint: last && { size: last.size, root: last.root, seen_at: last.seenAt.toISOString() },
    looked_at: status.lookedAt?.toISOString() ?? null,
    lag_seconds: answeredAt && Math.max(0, (now.getTime() - answeredAt.getTime()) / 1000),
    failure: status.failure,
    failing_since: status.failingSince?.toISOString() ?? null,
    own_size: ownSize,
    witnessed_size: witnessedSize,
    unwitnessed_leaves: ownSize - (witnessedSize ?? 0),
    open_alarms: status.openAlarms,
  };
}

/** An alarm outweighs everything: a log that contradicts itself may well answer. */
function stateOf({ openAlarms, failure, answeredAt }: PeerStatus): z.output<typeof peerDto>['state'] {
  if (openAlarms > 0) return 'alarm';
  if (failure !== null) return 'unreachable';
  return answeredAt === null ? 'never_seen' : 'following';
}
