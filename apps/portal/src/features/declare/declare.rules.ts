import type {
  CustomsFacts,
  CustomsFinding,
  CustomsRequirement,
  Declaration,
  DeclarationContentRead,
  DeclarationFormChange,
  SupplementAnswers,
} from '@hetao/client';
import type { SectionId } from '../../kit/declaration/place.rules.js';

type Form = DeclarationContentRead['form'];

/** A paper that was named: the file itself stays with the exporter. */
export interface Paper {
  readonly name: string;
  readonly sha256: string;
}

/** An answer to customs as it is typed. */
interface Answered {
  readonly text?: string;
  readonly paper?: Paper;
}

/**
 * What the form holds: the API's members, papers by what they are, "nobody" told apart from "not answered", and answers
 * to customs by the number of the question.
 */
export interface Values extends Omit<Form, 'documents' | 'other_channels'> {
  readonly documents: Readonly<Record<string, Paper | undefined>>;
  readonly other_channels: readonly NonNullable<Form['other_channels']>[number][];
  readonly no_other_channels: boolean;
  readonly answers: Readonly<Record<string, Answered | undefined>>;
}

/** One input: where its value stands in the form, and how it is typed. */
export interface Asked {
  readonly path: readonly string[];
  readonly kind: 'line' | 'text' | 'date' | 'count' | 'flag';
  /** No draft is without it. */
  readonly required?: true;
}

export interface Section {
  readonly id: SectionId;
  readonly asked: readonly Asked[];
  /** A list of entries, with the inputs of one. */
  readonly rows?: {
    readonly path: 'fields' | 'other_channels';
    readonly columns: readonly Asked[];
    readonly blank: object;
  };
}

const ask = (name: string, kind: Asked['kind'] = 'line'): Asked => ({ path: name.split('.'), kind });
const need = (name: string): Asked => ({ ...ask(name), required: true });
const all = (group: string, names: readonly string[], kind?: Asked['kind']) =>
  names.map((name) => ask(`${group}.${name}`, kind));

const TAGS = ['personal', 'sensitive', 'health', 'gene', 'minor'] as const;
const FIELD_ROWS = {
  path: 'fields',
  columns: [
    ...['name', 'reason', 'source', 'legal_basis'].map((name) => ask(name)),
    ...TAGS.map((tag) => ask(tag, 'flag')),
  ],
  blank: Object.fromEntries(TAGS.map((tag) => [tag, false])),
} as const;
const CHANNEL_ROWS = {
  path: 'other_channels',
  columns: [ask('channel'), ask('general', 'count'), ask('sensitive', 'count')],
  blank: { general: 0, sensitive: 0 },
} as const;

/** The id every list of papers ends with: what else the exporter may want to show. */
export const OTHER_EVIDENCE = 'OTHER_EVIDENCE';

/** What may be chosen between, the pathway's own first; empty where nothing is to be handed in. */
export function waysOf({ requirement, alternatives }: CustomsFinding): readonly CustomsRequirement[] {
  return requirement === null ? [] : [requirement, ...alternatives];
}

/** The requirement whose papers are asked for. */
export function wayChosen(finding: CustomsFinding, mechanism: string | null | undefined) {
  const ways = waysOf(finding);
  return ways.find(({ id }) => id === mechanism) ?? ways[0];
}

/** What is asked of this declaration, by what the facts and the way chosen make necessary (reference 2.5). */
export function sectionsFor(
  { form, facts }: DeclarationContentRead,
  way: CustomsRequirement | undefined,
): readonly Section[] {
  const persons = facts['d.pi'] !== 'none' && facts['d.pi'] !== 'anonymised';
  const when = (holds: boolean, ...asked: readonly Asked[]) => (holds ? asked : []);
  const zone = facts['exp.zone'] ?? 'none';
  const sections: readonly (Section | false)[] = [
    {
      id: 'crossing',
      asked: [
        ...[need('title'), ask('scenario', 'text')],
        ...when(persons, ask('necessity', 'text'), ask('persons.general', 'count'), ask('persons.sensitive', 'count')),
      ],
    },
    {
      id: 'exporter',
      asked: [
        ...all('exporter', ['name', 'place', 'registration_number', 'contact']),
        ...when(persons, ask('ciio_basis', 'text')),
      ],
    },
    persons && { id: 'elsewhere', asked: [ask('no_other_channels', 'flag')], rows: CHANNEL_ROWS },
    {
      id: 'recipient',
      asked: [
        need('recipient_name'),
        ...when(form.agreement_id === null, need('recipient_id')),
        ...[ask('recipient_place'), ask('recipient_control')],
        ...when(persons, ask('storage_place'), ask('retention_days', 'count')),
        ...when(facts['tx.onward_outside_gba'] === true, ask('onward_transfers')),
      ],
    },
    {
      id: 'data',
      asked: when(facts['d.pi'] === 'deidentified', ask('deidentification', 'text')),
      rows: FIELD_ROWS,
    },
    zone !== 'none' && {
      id: 'lookup',
      asked: [ask('list_lookup.list'), ask('list_lookup.looked_up_on', 'date'), ask('list_lookup.result', 'text')],
    },
    form.product_id !== null &&
      form.agreement_id !== null && {
        id: 'contract',
        asked: [ask('contract.reference'), ...all('contract', ['effective_from', 'effective_until'], 'date')],
      },
    (way?.documents.some(({ id }) => id.includes('ASSESSMENT')) ?? false) && {
      id: 'assessment',
      asked: [
        ...all('assessment', ['lawfulness', 'impact', 'measures', 'recipient_law', 'incident_plan'], 'text'),
        ask('assessment.finished_on', 'date'),
      ],
    },
  ];
  return sections.filter((section) => section !== false);
}

type Standing = Pick<Declaration, 'status' | 'supplements'>;

/** What customs asks of a declaration it gave back; undefined while it asks nothing. */
export function roundOf({ status, supplements }: Standing): Declaration['supplements'][number] | undefined {
  return status === 'returned' ? supplements.at(-1) : undefined;
}

/** A declaration as inputs hold it. */
export function valuesOf({ documents, other_channels: channels, ...form }: Form, standing?: Standing): Values {
  const asked = standing === undefined ? [] : (roundOf(standing)?.items ?? []);
  return {
    ...form,
    answers: Object.fromEntries(
      asked.flatMap(({ id, answer, evidence_sha256: sha256 }) =>
        answer === null ? [] : [[id, { text: answer, ...(sha256 !== null && { paper: { name: '', sha256 } }) }]],
      ),
    ),
    documents: Object.fromEntries(documents.map(({ id, name, sha256 }) => [id, { name, sha256 }])),
    other_channels: channels ?? [],
    no_other_channels: channels?.length === 0,
  };
}

/** What is sent: an input left empty is "not answered", and so is a group of them. */
export function changeOf({ documents, no_other_channels: nobody, ...values }: Values): DeclarationFormChange {
  const { exporter, list_lookup: lookup, contract, assessment, other_channels: channels, ...rest } = values;
  const form = {
    ...Object.fromEntries(
      Object.entries(rest).flatMap(([key, value]) => (key === 'answers' ? [] : [[key, orNull(value)]])),
    ),
    ...{ exporter: group(exporter), list_lookup: group(lookup) },
    ...{ contract: group(contract), assessment: group(assessment) },
    fields: values.fields.map((field) => ({ ...mapped(field), ...tagsOf(field) })),
    other_channels: channels.length > 0 ? channels : nobody ? [] : null,
    documents: Object.entries(documents).flatMap(([id, paper]) => (paper === undefined ? [] : [{ id, ...paper }])),
  };
  return form as DeclarationFormChange;
}

/** What is sent to customs: the answers that were given, or given anew. */
export function answersOf({ answers }: Pick<Values, 'answers'>, standing: Standing): SupplementAnswers['answers'] {
  return (roundOf(standing)?.items ?? []).flatMap(({ id: item, answer: before, evidence_sha256: kept }) => {
    const answer = answers[item]?.text?.trim() ?? '';
    const evidence = answers[item]?.paper?.sha256 ?? null;
    if (answer === '' || (answer === before && evidence === kept)) return [];
    return [{ item, answer, evidence_sha256: evidence }];
  });
}

const orNull = (value: unknown): unknown => (value === '' || value === undefined ? null : value);
const mapped = (row: object) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, orNull(value)]));
const tagsOf = (field: Form['fields'][number]) => Object.fromEntries(TAGS.map((tag) => [tag, Boolean(field[tag])]));

/** A group without its empty inputs, which the exchange then names; null where all of them are. */
function group(members: object | null | undefined): object | null {
  const filled = Object.entries(members ?? {}).filter(([, value]) => orNull(value) !== null);
  return filled.length === 0 ? null : Object.fromEntries(filled);
}

/** The facts somebody gave, in the order of their names. */
export function factsGiven(facts: CustomsFacts): readonly (readonly [string, string | number | boolean])[] {
  return Object.entries(facts).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
}
