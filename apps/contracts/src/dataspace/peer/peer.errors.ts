import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What an operator is told who enters a peer. */
export const peerErrors = defineErrors({
  PEER_UNKNOWN: {
    kind: 'not_found',
    title: 'There is no such peer',
    fix: 'List the peers and use the id of one of them.',
  },
  PEER_ADDRESS_INVALID: {
    kind: 'unprocessable',
    title: 'The address of the peer cannot be called',
    fix: 'Give its public https base for 2025-1, without credentials, query or fragment.',
  },
  PEER_WITHOUT_ANSWER: {
    kind: 'unavailable',
    title: 'The peer did not answer as it should',
    fix: 'Try again; if it persists, ask its operator, and compare the address and the keys both have entered.',
  },
  PEER_VERSION_UNKNOWN: {
    kind: 'unprocessable',
    title: 'The peer speaks no version of the protocol that we speak',
    fix: 'Ask its operator for 2025-1, or give its base for 2025-1 as base_url if it publishes none.',
  },
  PEER_AUTH_UNPROVEN: {
    kind: 'unprocessable',
    title: 'In this mode anybody could be the peer',
    fix: 'Use static or bearer-jwt; none and edc-mock are for tests.',
  },
  PEER_HEADER_TAKEN: {
    kind: 'conflict',
    title: 'Another peer proves itself this way',
    fix: 'Agree on a header of its own with each peer; only one peer may come without any.',
  },
});

export type PeerError = ErrorOf<typeof peerErrors>;
