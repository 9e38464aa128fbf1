import { defineErrors } from '@hetao/kernel';

export const nodeErrors = defineErrors({
  NODE_ALARM_UNKNOWN: {
    kind: 'not_found',
    title: 'No such alarm',
    fix: 'Check the id; GET /v1/attestation-witness/alarms lists the alarms.',
  },
  PEER_UNREACHABLE: {
    kind: 'unavailable',
    title: 'The other node did not answer as a log does',
    fix: 'Check ATTESTATION_PEER_URL and that the other node is up; it is asked again at every turn.',
  },
});
