import { createHash } from 'node:crypto';
import { type ExchangeApi, until } from './api.js';

/** As much of a declaration as clearing it needs. */
interface Declaration {
  readonly id: string;
  readonly agreement_id: string | null;
  readonly status: string;
  readonly pathway: string;
  readonly tracks: readonly { readonly id: string; readonly state: string }[];
}

interface Finding {
  readonly requirement: { readonly documents: readonly { readonly id: string }[] } | null;
}

/** Who takes part: the exporter declares, one officer decides, another one releases. */
export interface ClearingSides {
  readonly exporter: ExchangeApi;
  readonly officer: ExchangeApi;
  readonly supervisor: ExchangeApi;
}

/** What only the exporter knows, and what the officers enter. */
export interface ClearingStory {
  /** How the exporter names himself to customs. */
  readonly exporter: { readonly name: string; readonly place: string; readonly registration_number: string };
  /** ISO dates on the mainland: when it was decided, and how long that is good for. */
  readonly decided: { readonly on: string; readonly until: string };
  /** Answers beyond the simplest ones: data about nobody, on no list. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  readonly form?: Readonly<Record<string, unknown>>;
  readonly quota?: { readonly general: number | null; readonly sensitive: number | null };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Takes an agreement through customs: the draft that opened by itself, the answers only the exporter has, then either the
 * memo that says why nothing need be handed in, or papers, authority and parallel tracks; and the release by a second
 * officer. What was done already is taken up where it stands.
 *
 * @returns the release's id, where it was made now
 */
export async function clearAgreement(
  sides: ClearingSides,
  agreementId: string,
  story: ClearingStory,
): Promise<string | undefined> {
  let now = await declareAgreement(sides.exporter, agreementId, story);
  const path = `/v1/customs/declarations/${now.id}`;
  const step = (as: keyof ClearingSides, command: string, body: object = {}) =>
    sides[as].post<Declaration>(`${path}/${command}`, body);
  const evidence = { evidence_sha256: sha256(now.id) };
  const decision = { ...evidence, decided_on: story.decided.on, valid_until: story.decided.until };
  if (now.status === 'self_check') {
    now = await step('officer', 'exempt', { reference: `Memo ${now.id}`, ...decision });
  }
  if (now.status === 'submitted') now = await step('officer', 'forward');
  if (now.status === 'in_authority') {
    for (const { id } of now.tracks.filter(({ state }) => state === 'open')) {
      await step('officer', `tracks/${id}`, { state: 'cleared', reference: `${id} cleared`, ...evidence });
    }
    now = await step('officer', 'pass', { reference: `Notice ${now.id}`, ...decision });
  }
  if (now.status === 'exempt_memo' || now.status === 'decided_pass') {
    const quota = story.quota ?? { general: null, sensitive: null };
    return (await step('supervisor', 'release', { quota, valid_from: story.decided.on })).id;
  }
  return undefined;
}

/**
 * The exporter's part of it: the draft is answered, checked and, unless the rules exempt it, handed in with its papers.
 *
 * @returns the declaration where it waits for others
 */
export async function declareAgreement(
  exporter: ExchangeApi,
  agreementId: string,
  story: Omit<ClearingStory, 'decided' | 'quota'>,
): Promise<Declaration> {
  let now = await until(`The declaration of ${agreementId}`, () => find(exporter, agreementId));
  const path = `/v1/customs/declarations/${now.id}`;
  if (now.status === 'draft') {
    await exporter.patch(path, answersOf(story));
    now = await exporter.post<Declaration>(`${path}/check`, {});
  }
  if (now.status === 'self_check' && now.pathway !== 'EXEMPT') {
    await supplyPapers(exporter, path);
    now = await exporter.post<Declaration>(`${path}/submit`, {});
  }
  return now;
}

async function find(exporter: ExchangeApi, agreementId: string): Promise<Declaration | undefined> {
  const declarations = await exporter.list<Declaration>('/v1/customs/declarations');
  return declarations.find((declaration) => declaration.agreement_id === agreementId);
}

/** Supplies what the finding asks for; a demonstration has the hash of a paper, not the paper. */
async function supplyPapers(exporter: ExchangeApi, path: string): Promise<void> {
  const { requirement } = await exporter.get<Finding>(`${path}/finding`);
  const documents = (requirement?.documents ?? []).map(({ id }) => ({
    ...{ id, name: `${id}.pdf` },
    sha256: sha256(`${path} ${id}`),
  }));
  await exporter.patch(path, { form: { documents } });
}

function answersOf({ exporter, facts, form }: Omit<ClearingStory, 'decided' | 'quota'>) {
  return {
    facts: { ...simplestFacts, ...facts },
    form: { exporter, recipient_control: 'independent of the exporter', ...form },
  };
}

/** An exporter like most, and data about nobody. */
export const simplestFacts = {
  'exp.ciio': false,
  'exp.total_pi': 0,
  'exp.gba': true,
  'exp.zone': 'none',
  'exp.foreign_party': false,
  'd.important': 'not_notified',
  'd.core_or_secret': false,
  'd.tcm_tech': false,
  'd.us_bulk': false,
  'tx.collected_abroad': false,
  'tx.mixes_domestic': false,
  'tx.onward_outside_gba': false,
  'rcp.listed_42': false,
  'rcp.foreign_party': true,
  'nl.status': 'na',
} as const;
