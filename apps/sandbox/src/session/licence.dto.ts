import { pageOf } from '@hetao/runtime';
import { z } from 'zod';
import { dataClasses, floorOf, isolationLevels } from '../isolation/isolation-level.js';
import type { LicenceView } from './licence.queries.js';

const limits = z.object({
  ...{ epsilon: z.number(), queries_per_day: z.int(), session_minutes: z.int(), vcpu_seconds: z.int() },
  ...{ gb_seconds: z.int(), output_files: z.int(), predictions: z.int() },
});
const used = z.object({
  ...{ session_minutes: z.number(), vcpu_seconds: z.number(), gb_seconds: z.number(), output_files: z.number() },
  predictions: z.number(),
});

export const licenceDto = z
  .object({
    ...{ enclave_id: z.string(), product_id: z.string(), custodian_id: z.string() },
    ...{ name: z.record(z.string(), z.string()), data_class: z.enum(dataClasses), synthetic: z.boolean() },
    ...{ origin: z.string(), isolation_floor: z.enum(isolationLevels), limits },
    /** On what grounds it opens to the caller; null where it does not. */
    grounds: z
      .object({
        ...{ agreement_id: z.string(), place: z.string(), is_export: z.boolean(), release_id: z.string().nullable() },
        legal_basis: z.object({ kind: z.string(), reference: z.string() }),
      })
      .nullable(),
    /** Why it does not open, and what to do; null where it does. */
    refusal: z.object({ code: z.string(), title: z.string(), detail: z.string(), fix: z.string() }).nullable(),
    /** What the agreement has used; null where none opens. */
    used: used.nullable(),
  })
  .meta({ id: 'ComputeLicence' });
export type LicenceDto = z.output<typeof licenceDto>;
export const licencePageDto = pageOf(licenceDto).meta({ id: 'ComputeLicencePage' });

/** Renders a licence as its holder has it. */
export function toLicenceDto({ enclave, grounds, refusal, used: amounts }: LicenceView): LicenceDto {
  const { terms } = enclave;
  return {
    ...{ enclave_id: enclave.id, product_id: enclave.productId, custodian_id: enclave.custodianId },
    ...{ name: { ...enclave.name }, data_class: enclave.dataClass, synthetic: enclave.isSynthetic },
    ...{ origin: enclave.origin, isolation_floor: floorOf(enclave.dataClass) },
    limits: {
      ...{ epsilon: terms.epsilon, queries_per_day: terms.queriesPerDay, session_minutes: terms.sessionMinutes },
      ...{ vcpu_seconds: terms.vcpuSeconds, gb_seconds: terms.gbSeconds, output_files: terms.outputFiles },
      predictions: terms.predictions,
    },
    grounds: grounds && {
      ...{ agreement_id: grounds.agreementId, place: grounds.place, release_id: grounds.releaseId },
      ...{ is_export: grounds.place !== enclave.origin, legal_basis: { ...grounds.basis } },
    },
    refusal: refusal && { code: refusal.code, title: refusal.title, detail: refusal.detail, fix: refusal.fix },
    used: amounts && { ...amounts },
  };
}
