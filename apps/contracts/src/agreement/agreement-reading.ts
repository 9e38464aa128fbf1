import type { Jurisdiction, Language, LocalizedText } from '@hetao/kernel';
import type { OdrlPolicy } from '@hetao/rules';
import { odrlFrom, type UsagePolicy } from '../policy/policy.js';
import { prevailingLanguage } from './agreement-document.js';
import type { publicTerms } from '../offer/public-terms.js';

type PublicTerms = ReturnType<typeof publicTerms>;
interface DocumentParty {
  readonly id: string;
  readonly name: LocalizedText;
  readonly jurisdiction: Jurisdiction;
}

/** A document of any form there ever was, read into what the latest one says; what an older form did not say is null. */
export interface ReadDocument {
  readonly form: string;
  readonly agreementId: string;
  readonly product: { readonly id: string; readonly version: number; readonly schemaHash: string | null };
  readonly parties: { readonly merchant: DocumentParty; readonly buyer: DocumentParty };
  readonly terms: {
    readonly purpose: string;
    readonly place_of_use: Jurisdiction;
    readonly effective_from: string;
    readonly effective_until: string;
  };
  readonly plan: PublicTerms['plan'];
  readonly timeZone: string | null;
  readonly odrl: OdrlPolicy;
  readonly quota: PublicTerms['quota'];
  readonly noticeDays: number | null;
  readonly renewal: PublicTerms['renewal'];
  readonly channelPartnerId: string | null;
  readonly release: { readonly origin: Jurisdiction; readonly destination: Jurisdiction } | null;
  readonly supersedes: { readonly agreement_id: string; readonly kind: 'amendment' | 'renewal' } | null;
  readonly prevailing: Language;
}

/** The members of a stored document; forms 1 and 2 lack those marked so. */
interface StoredDocument extends Pick<ReadDocument, 'parties' | 'terms' | 'plan' | 'quota' | 'release'> {
  readonly type: string;
  readonly agreement_id: string;
  readonly product: { readonly id: string; readonly version: number; readonly schema_hash?: string | null };
  readonly policy: object;
  readonly channel_partner_id: string | null;
  readonly time_zone?: string;
  readonly notice_days?: number;
  readonly renewal?: PublicTerms['renewal'];
  readonly supersedes?: ReadDocument['supersedes'];
  readonly languages?: { readonly prevailing: Language };
}

/** Reads a document this exchange drew up: its form is known from its `type`. */
export function readAgreementDocument(document: object): ReadDocument {
  const stored = document as StoredDocument;
  const { id, version, schema_hash: schemaHash = null } = stored.product;
  return {
    form: stored.type,
    agreementId: stored.agreement_id,
    product: { id, version, schemaHash },
    parties: stored.parties,
    terms: stored.terms,
    plan: stored.plan,
    timeZone: stored.time_zone ?? null,
    odrl: policyIn(stored.policy),
    quota: stored.quota,
    noticeDays: stored.notice_days ?? null,
    renewal: stored.renewal ?? null,
    channelPartnerId: stored.channel_partner_id,
    release: stored.release,
    supersedes: stored.supersedes ?? null,
    prevailing: stored.languages?.prevailing ?? prevailingLanguage(stored.parties.merchant.jurisdiction),
  };
}

/** Forms 1 and 2 said the policy in four words. */
function policyIn(policy: object): OdrlPolicy {
  if (!('purposes' in policy)) return policy;
  const words = policy as {
    readonly purposes: UsagePolicy['purposes'];
    readonly places_of_use: UsagePolicy['placesOfUse'];
    readonly onward_use: boolean;
    readonly retention_days: number | null;
  };
  const { purposes, places_of_use: placesOfUse, onward_use: onwardUse, retention_days: retentionDays } = words;
  return odrlFrom({ purposes, placesOfUse, onwardUse, retentionDays });
}
