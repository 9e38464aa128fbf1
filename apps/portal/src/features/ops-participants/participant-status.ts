import type { Participant } from '@hetao/client';

/** How an organisation may stand. */
export const participantStatuses = [
  'draft',
  'registered',
  'submitted',
  'review',
  'supplement',
  'approved',
  'suspended',
  'ended',
] as const satisfies readonly Participant['status'][];

/** What an organisation may be admitted as. */
export const participantRoles = [
  'merchant',
  'buyer',
  'operator',
  'auditor',
  'channel',
  'law_firm',
  'quality_body',
  'security_body',
  'registrar',
] as const satisfies readonly Participant['roles'][number][];
