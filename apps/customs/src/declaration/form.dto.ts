import { z } from 'zod';
import { idSchema } from '@hetao/runtime';
import { dateDto, sha256Dto, text } from '../shared/text.dto.js';
import type { DeclarationForm } from './form.js';

const open = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

const field = z.strictObject({
  name: text(200),
  personal: z.boolean(),
  sensitive: z.boolean(),
  health: z.boolean(),
  gene: z.boolean(),
  minor: z.boolean(),
  reason: open(text(1000)),
  source: open(text(500)),
  legal_basis: open(text(500)),
});
const persons = z.int().min(0).max(2_000_000_000);
const exporter = z.strictObject({
  name: text(300),
  place: text(300),
  registration_number: open(text(100)),
  contact: open(text(300)),
});
const channel = z.strictObject({ channel: text(200), general: persons, sensitive: persons });
const lookup = z.strictObject({ list: text(300), looked_up_on: dateDto, result: text(1000) });
const contract = z.strictObject({
  reference: text(200),
  document_sha256: open(sha256Dto),
  effective_from: dateDto,
  effective_until: dateDto,
});
const assessment = z.strictObject({
  lawfulness: text(4000),
  impact: text(4000),
  measures: text(4000),
  recipient_law: text(4000),
  incident_plan: text(4000),
  finished_on: dateDto,
});

/** Every member of the form; what is left out is not answered yet. */
const members = {
  title: text(200),
  product_id: open(idSchema('prd')),
  agreement_id: open(idSchema('agr')),
  exporter: open(exporter),
  ciio_basis: open(text(2000)),
  recipient_id: text(64),
  recipient_name: text(300),
  recipient_place: open(text(300)),
  recipient_control: open(text(500)),
  scenario: open(text(2000)),
  necessity: open(text(2000)),
  fields: z.array(field).max(500),
  deidentification: open(text(2000)),
  storage_place: open(text(500)),
  retention_days: open(z.int().min(0).max(36_500)),
  onward_transfers: open(text(1000)),
  persons: z.strictObject({ general: persons, sensitive: persons }),
  other_channels: open(z.array(channel).max(50)).describe('Persons sent over other channels this year; [] for none'),
  list_lookup: open(lookup),
  mechanism: open(text(64)).describe('Chosen requirement: the finding’s own, or one of its alternatives'),
  contract: open(contract),
  assessment: open(assessment),
  existing_numbers: z.array(text(100)).max(50).default([]),
  documents: z
    .array(z.strictObject({ id: text(64), name: text(300), sha256: sha256Dto }))
    .max(100)
    .default([]),
};
export const formDto = z.strictObject(members).meta({ id: 'DeclarationForm' });
export type FormDto = z.output<typeof formDto>;

type Patch = { readonly [K in keyof FormDto]?: FormDto[K] | undefined };
/** The same members, all of them optional: what is left out stays as it is. */
export const formPatchDto = z
  .strictObject(
    Object.fromEntries(
      Object.entries(members).map(([key, schema]) => [
        key,
        (schema instanceof z.ZodDefault ? schema.unwrap() : schema).optional(),
      ]),
    ),
  )
  .meta({ id: 'DeclarationFormChange' }) as unknown as z.ZodType<Patch>;

/** What a request says, in the words of the domain. */
export function toForm(dto: FormDto): DeclarationForm {
  const { exporter: who, list_lookup: list, contract: paper, assessment: own } = dto;
  return {
    title: dto.title,
    productId: dto.product_id,
    agreementId: dto.agreement_id,
    exporter: who && {
      name: who.name,
      place: who.place,
      registrationNumber: who.registration_number,
      contact: who.contact,
    },
    ciioBasis: dto.ciio_basis,
    recipientId: dto.recipient_id,
    recipientName: dto.recipient_name,
    recipientPlace: dto.recipient_place,
    recipientControl: dto.recipient_control,
    scenario: dto.scenario,
    necessity: dto.necessity,
    fields: dto.fields.map(({ legal_basis: legalBasis, ...rest }) => ({ ...rest, legalBasis })),
    deidentification: dto.deidentification,
    storagePlace: dto.storage_place,
    retentionDays: dto.retention_days,
    onwardTransfers: dto.onward_transfers,
    persons: dto.persons,
    otherChannels: dto.other_channels,
    listLookup: list && { list: list.list, lookedUpOn: list.looked_up_on, result: list.result },
    mechanism: dto.mechanism,
    contract: paper && {
      reference: paper.reference,
      documentSha256: paper.document_sha256,
      effectiveFrom: paper.effective_from,
      effectiveUntil: paper.effective_until,
    },
    assessment: own && {
      ...{ lawfulness: own.lawfulness, impact: own.impact, measures: own.measures },
      ...{ recipientLaw: own.recipient_law, incidentPlan: own.incident_plan, finishedOn: own.finished_on },
    },
    existingNumbers: dto.existing_numbers,
    documents: dto.documents,
  };
}

/** The form as a client writes it, so that what was read can be sent back. */
export function toFormDto(form: DeclarationForm): FormDto {
  const { exporter: who, listLookup: list, contract: paper, assessment: own } = form;
  return {
    title: form.title,
    product_id: form.productId,
    agreement_id: form.agreementId,
    exporter: who && {
      name: who.name,
      place: who.place,
      registration_number: who.registrationNumber,
      contact: who.contact,
    },
    ciio_basis: form.ciioBasis,
    recipient_id: form.recipientId,
    recipient_name: form.recipientName,
    recipient_place: form.recipientPlace,
    recipient_control: form.recipientControl,
    scenario: form.scenario,
    necessity: form.necessity,
    fields: form.fields.map(({ legalBasis, ...rest }) => ({ ...rest, legal_basis: legalBasis })),
    deidentification: form.deidentification,
    storage_place: form.storagePlace,
    retention_days: form.retentionDays,
    onward_transfers: form.onwardTransfers,
    persons: form.persons,
    other_channels: form.otherChannels && form.otherChannels.map((each) => ({ ...each })),
    list_lookup: list && { list: list.list, looked_up_on: list.lookedUpOn, result: list.result },
    mechanism: form.mechanism,
    contract: paper && {
      reference: paper.reference,
      document_sha256: paper.documentSha256,
      effective_from: paper.effectiveFrom,
      effective_until: paper.effectiveUntil,
    },
    assessment: own && {
      ...{ lawfulness: own.lawfulness, impact: own.impact, measures: own.measures },
      ...{ recipient_law: own.recipientLaw, incident_plan: own.incidentPlan, finished_on: own.finishedOn },
    },
    existing_numbers: [...form.existingNumbers],
    documents: form.documents.map((each) => ({ ...each })),
  };
}

/** Lays a change over a form: members that are given replace those there were. */
export function changeForm(form: DeclarationForm, patch: Patch): DeclarationForm {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return toForm({ ...toFormDto(form), ...given });
}
