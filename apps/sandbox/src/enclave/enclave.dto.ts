import { idSchema, pageOf } from '@hetao/runtime';
import { jurisdictions } from '@hetao/kernel';
import { z } from 'zod';
import { legalBasisKinds } from '../access/compute-grant.js';
import { dataClasses, floorOf, isolationLevels } from '../isolation/isolation-level.js';
import { columnTypes, columnUses, generalisations } from './column-policy.js';
import { DEFAULT_PREDICTIONS, type DatasetVersion, type Enclave } from './enclave.js';

const terms = z.strictObject({
  ...{ epsilon: z.number().positive().max(20), queries_per_day: z.int().min(1).max(100) },
  ...{ session_minutes: z.int().min(0).max(100_000), vcpu_seconds: z.int().min(0).max(10_000_000) },
  ...{ gb_seconds: z.int().min(0).max(10_000_000), output_files: z.int().min(0).max(10_000) },
  predictions: z.int().min(0).max(10_000_000).default(DEFAULT_PREDICTIONS),
  ...{ own_code: z.boolean(), max_people: z.int().min(1).max(200) },
});
const name = z.strictObject({
  en: z.string().min(1).max(200),
  'zh-Hans': z.string().min(1).max(200),
  'zh-Hant': z.string().min(1).max(200),
});

export const newEnclaveDto = z
  .strictObject({
    ...{ product_id: idSchema('prd'), name, data_class: z.enum(dataClasses), origin: z.enum(jurisdictions) },
    /** Fewest patients in anything shown; never below 5. */
    min_patients: z.int().min(5).max(1_000).default(10),
    terms,
  })
  .meta({ id: 'NewEnclave' });

const plain = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'is lower-case letters, digits and underscores');
const columnRule = z.strictObject({
  ...{ name: plain, type: z.enum(columnTypes), use: z.enum(columnUses), sensitive: z.boolean().default(false) },
  generalise: z.enum(generalisations).nullable().default(null),
});
const table = z.strictObject({
  ...{ name: plain, patient_key: plain, max_rows_per_patient: z.int().min(1).max(10_000).default(100) },
  columns: z.array(columnRule).max(300).default([]),
});
export const newVersionDto = z
  .strictObject({ tables: z.array(table).min(1).max(40) })
  .meta({ id: 'NewDatasetVersion' });
export const syntheticDto = z
  .strictObject({ persons: z.int().min(10).max(1_000_000), seed: z.int().min(0).max(2_147_483_647) })
  .meta({ id: 'NewSyntheticDataset' });
export const newBasisDto = z
  .strictObject({
    ...{ kind: z.enum(legalBasisKinds), reference: z.string().min(1).max(200), destination: z.enum(jurisdictions) },
    ...{ valid_from: z.iso.datetime(), valid_until: z.iso.datetime() },
  })
  .meta({ id: 'NewLegalBasis' });
export const newPersonDto = z
  .strictObject({
    ...{ agreement_id: idSchema('agr'), subject: z.string().min(1).max(200), name: z.string().min(1).max(200) },
    ...{ place: z.enum(jurisdictions), trained_on: z.iso.date() },
  })
  .meta({ id: 'NewEnclavePerson' });

export const recordedDto = z.object({ id: z.string() }).meta({ id: 'SandboxRecorded' });
export const uploadedDto = z.object({ table: z.string(), bytes: z.int() }).meta({ id: 'UploadedTable' });
export const versionDto = z
  .object({
    ...{ id: z.string(), version: z.int(), patients: z.int(), content_hash: z.string() },
    tables: z.array(
      z.object({
        ...{
          name: z.string(),
          rows: z.int(),
          sha256: z.string(),
          patient_key: z.string(),
          max_rows_per_patient: z.int(),
        },
        columns: z.array(
          z.object({
            ...{ name: z.string(), type: z.enum(columnTypes), use: z.enum(columnUses), sensitive: z.boolean() },
            generalise: z.enum(generalisations).nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'DatasetVersion' });
export const enclaveDto = z
  .object({
    ...{ id: z.string(), product_id: z.string(), custodian_id: z.string(), name: z.record(z.string(), z.string()) },
    ...{ data_class: z.enum(dataClasses), isolation_floor: z.enum(isolationLevels), origin: z.string() },
    ...{ synthetic: z.boolean(), min_patients: z.int(), terms: terms },
    newest_version: versionDto.nullable(),
  })
  .meta({ id: 'Enclave' });
export type EnclaveDto = z.output<typeof enclaveDto>;
export const enclavePageDto = pageOf(enclaveDto).meta({ id: 'EnclavePage' });

/** Renders a version: what there is, and what may be done with it; never a value. */
export function toVersionDto({
  id,
  version,
  patients,
  contentHash,
  tables,
}: DatasetVersion): z.output<typeof versionDto> {
  return {
    ...{ id, version, patients: Math.round(patients / 5) * 5, content_hash: contentHash },
    tables: tables.map((one) => ({
      ...{ name: one.name, rows: Math.round(one.rows / 5) * 5, sha256: one.sha256, patient_key: one.patientKey },
      ...{ max_rows_per_patient: one.maxRowsPerPatient, columns: [...one.columns] },
    })),
  };
}

/** Renders an enclave. */
export function toEnclaveDto(enclave: Enclave, version: DatasetVersion | null): EnclaveDto {
  const {
    id,
    productId,
    custodianId,
    name: called,
    dataClass,
    origin,
    isSynthetic,
    minPatients,
    terms: agreed,
  } = enclave;
  return {
    ...{ id, product_id: productId, custodian_id: custodianId, name: { ...called }, data_class: dataClass, origin },
    ...{ isolation_floor: floorOf(dataClass), synthetic: isSynthetic, min_patients: minPatients },
    terms: {
      ...{ epsilon: agreed.epsilon, queries_per_day: agreed.queriesPerDay, session_minutes: agreed.sessionMinutes },
      ...{ vcpu_seconds: agreed.vcpuSeconds, gb_seconds: agreed.gbSeconds, output_files: agreed.outputFiles },
      predictions: agreed.predictions,
      ...{ own_code: agreed.ownCode, max_people: agreed.maxPeople },
    },
    newest_version: version && toVersionDto(version),
  };
}
