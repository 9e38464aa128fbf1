import { z } from 'zod';
import { cursorQuery, idSchema, pageOf, text } from '@hetao/runtime';
import type { Peer } from './peer.js';

const header = z.string().min(16).max(4_000).describe('The whole value of the Authorization header');
const jwks = z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(20) });

const address = z.url({ protocol: /^https?$/ }).max(1_000);

const auth = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }).describe('Anybody without a header is this peer: never in production'),
  z.strictObject({ mode: z.literal('static'), sends: header, expects: header }),
  z.strictObject({ mode: z.literal('edc-mock') }).describe('Anybody is who he says he is: never in production'),
  z.strictObject({ mode: z.literal('bearer-jwt'), keys: jwks.describe('The public keys of the peer (JWKS)') }),
]);

export const newPeerDto = z
  .strictObject({
    participant_id: text(300).describe('Who it is in the dataspace, as in did:web:alba.example'),
    organisation_id: idSchema('org').describe('The organisation of this exchange it trades for'),
    base_url: address.optional().describe('Its base for 2025-1, where it is known'),
    root_url: address.optional().describe('Else its root: the base is found by its /.well-known/dspace-version'),
    auth,
  })
  .refine(({ base_url: base, root_url: root }) => (base === undefined) !== (root === undefined), {
    message: 'Give either base_url or root_url.',
    path: ['base_url'],
  })
  .meta({ id: 'NewPeer' });
export type NewPeerDto = z.output<typeof newPeerDto>;

export const peerDto = z
  .object({
    id: z.string(),
    participant_id: z.string(),
    organisation_id: z.string(),
    base_url: z.string(),
    auth_mode: z.enum(['none', 'static', 'edc-mock', 'bearer-jwt']),
    status: z.enum(['active', 'suspended']),
  })
  .meta({ id: 'Peer' });
export type PeerDto = z.output<typeof peerDto>;

export const peerPageDto = pageOf(peerDto).meta({ id: 'PeerPage' });
export const peerQueryDto = cursorQuery;
export type PeerQueryDto = z.output<typeof peerQueryDto>;

/** Renders a peer; what it told in confidence stays here. */
export function toPeerDto(peer: Peer): PeerDto {
  return {
    id: peer.id,
    participant_id: peer.participantId,
    organisation_id: peer.organisationId,
    base_url: peer.baseUrl,
    auth_mode: peer.auth.mode,
    status: peer.status,
  };
}
