import { z } from 'zod';
import { idSchema, pageOf } from '@hetao/runtime';
import { epsilonCharged, epsilonReserved, spenders, type Entry } from './privacy-ledger.js';
import type { HeldLedger } from './privacy-ledger.repository.js';

const mechanismDto = z.union([
  z.object({ kind: z.literal('sampled_gaussian'), sampling_rate: z.number(), noise_multiplier: z.number() }),
  z.object({ kind: z.literal('zcdp'), rho: z.number() }),
]);

const entryDto = z.object({
  spender: z.enum(spenders),
  spender_id: z.string(),
  mechanism: mechanismDto,
  reserved: z.int(),
  charged: z.int(),
});

export const ledgerDto = z
  .object({
    id: idSchema('plg'),
    project_id: z.string(),
    dataset_version_id: z.string(),
    grantee_organisation_id: z.string(),
    owner_organisation_id: z.string(),
    epsilon_cap: z.number(),
    delta: z.number(),
    epsilon_charged: z.number().meta({ description: 'What has left, or may have, at δ.' }),
    epsilon_reserved: z.number().meta({ description: 'What would have left if every run used all it holds.' }),
    entries: z.array(entryDto),
    opened_at: z.string(),
  })
  .meta({ id: 'PrivacyLedger' });
export type LedgerDto = z.output<typeof ledgerDto>;
export const ledgerPageDto = pageOf(ledgerDto).meta({ id: 'PrivacyLedgerPage' });

export function toLedgerDto(ledger: HeldLedger): LedgerDto {
  return {
    id: ledger.id,
    project_id: ledger.projectId,
    dataset_version_id: ledger.datasetVersionId,
    grantee_organisation_id: ledger.granteeOrganisationId,
    owner_organisation_id: ledger.ownerOrganisationId,
    epsilon_cap: ledger.epsilonCap,
    delta: ledger.delta,
    epsilon_charged: epsilonCharged(ledger),
    epsilon_reserved: epsilonReserved(ledger),
    entries: ledger.entries.map(toEntryDto),
    opened_at: ledger.openedAt.toISOString(),
  };
}

function toEntryDto({ spender, spenderId, mechanism, reserved, charged }: Entry): z.output<typeof entryDto> {
  return { spender, spender_id: spenderId, mechanism: toMechanismDto(mechanism), reserved, charged };
}

function toMechanismDto(mechanism: Entry['mechanism']): z.output<typeof mechanismDto> {
  if (mechanism.kind === 'zcdp') return mechanism;
  const { kind, samplingRate, noiseMultiplier } = mechanism;
  return { kind, sampling_rate: samplingRate, noise_multiplier: noiseMultiplier };
}
