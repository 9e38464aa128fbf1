import { Inject, Injectable } from '@nestjs/common';
import {
  CertificateIssuedV1,
  ProductDelistedV1,
  ProductDescribedV1,
  ProductListedV1,
  ProductResumedV1,
  ProductReturnedV1,
  ProductRefusedV1,
  ProductSubmittedV1,
  ProductSuspendedV1,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { CatalogConfig } from '../catalog.config.js';
import { CertificateRepository } from '../certificate/certificate.repository.js';
import type { Finding } from '../review/finding.js';
import { requiredPapers } from '../review/required-papers.js';
import type { Product } from './product.js';
import { SubmissionRepository } from './submission.repository.js';
import { VersionRepository } from './version.repository.js';

/** The step that was taken, and what lay on the desk. */
export interface SettledStep {
  readonly from: Product['status'];
  readonly at: Date;
  readonly findings: readonly Finding[];
  /** The product on the market that this is the next version of. */
  readonly base: Product | null;
}

/** What follows from a decision about a listing: its certificate, and what the other services are told. */
@Injectable()
export class ListingOutcome {
  readonly #certificates: CertificateRepository;
  readonly #submissions: SubmissionRepository;
  readonly #versions: VersionRepository;
  readonly #config: CatalogConfig;

  constructor(
    certificates: CertificateRepository,
    submissions: SubmissionRepository,
    versions: VersionRepository,
    @Inject(SERVICE_CONFIG) config: CatalogConfig,
  ) {
    this.#certificates = certificates;
    this.#submissions = submissions;
    this.#versions = versions;
    this.#config = config;
  }

  /**
   * Everything that goes with the new status: what was handed in is kept, the certificate issued or withdrawn, the next
   * version announced to its buyers, the other services told. Answers the product as it is to be saved.
   */
  async settle(tx: Tx, product: Product, step: SettledStep): Promise<Product> {
    if (step.from === 'draft' && product.submissions > 0) await this.#submissions.keep(tx, product, step.findings);
    const certified = await this.#certified(tx, product, step.at);
    if (certified.status === 'listed') await this.#versions.keep(tx, certified, step.at);
    if (certified.status === 'scheduled' && step.base !== null) {
      await this.#versions.schedule(tx, step.base, certified, step.at);
    }
    if (certified.status === 'delisted' && certified.versionOf !== null) {
      await this.#versions.withdraw(tx, certified.versionOf, step.at);
    }
    announce(tx, certified, step);
    return certified;
  }

  /** Gives a product that comes on the market its certificate; any other keeps what it has, or loses it. */
  async #certified(tx: Tx, product: Product, at: Date): Promise<Product> {
    if (product.status === 'delisted') {
      await this.#certificates.withdraw(tx, product.id, { at, reason: 'The product was delisted.' });
      return product;
    }
    if (product.status !== 'listed') return product;
    const [merchant] = await tx.query<{ name: Product['name'] }>('SELECT name FROM participants WHERE id = $1', [
      product.merchantId,
    ]);
    const noLaterThan = earliestPaper(product);
    const certificate = await this.#certificates.issue(tx, {
      kind: 'listing',
      subjectId: product.id,
      holderId: product.merchantId,
      content: {
        name: product.name,
        holderName: merchant?.name ?? product.name,
        statement: `${product.kind}, version ${product.version}`,
        basis: 'review',
      },
      at,
      days: this.#config.LISTING_CERTIFICATE_DAYS,
      ...(noLaterThan === undefined ? {} : { noLaterThan }),
    });
    tx.append(CertificateIssuedV1, {
      number: certificate.number,
      kind: 'listing',
      subjectId: product.id,
      holderId: product.merchantId,
      validUntil: certificate.validUntil,
      issuedAt: at.toISOString(),
    });
    return { ...product, certificateNumber: certificate.number, certificateUntil: certificate.validUntil };
  }
}

/** Tells the other services, in the transaction of the change. */
function announce(tx: Tx, product: Product, { from, at }: SettledStep): void {
  const { id: productId, merchantId, name, kind, version } = product;
  const about = { productId, merchantId };
  switch (product.status) {
    case 'listed':
      if (from === 'suspended') tx.append(ProductResumedV1, { ...about, resumedAt: at.toISOString() });
      // Before the listing: whoever hears that it is on sale already knows where the data lies.
      tx.append(ProductDescribedV1, { ...about, name, kind, version, ...described(product, at) });
      tx.append(ProductListedV1, { ...about, name, kind, version, listedAt: at.toISOString() });
      return;
    case 'suspended': {
      const reason = product.suspendReason ?? '';
      tx.append(ProductSuspendedV1, { ...about, reason, suspendedAt: at.toISOString() });
      // Who knows of no suspension must not go on selling: to him it is off the list until it is listed again.
      tx.append(ProductDelistedV1, { ...about, reason, delistedAt: at.toISOString() });
      return;
    }
    case 'delisted':
      if (product.versionOf !== null) return;
      tx.append(ProductDelistedV1, { ...about, reason: product.delistReason ?? '', delistedAt: at.toISOString() });
      return;
    case 'returned':
      tx.append(ProductReturnedV1, { ...about, reason: product.returnReason ?? '', returnedAt: at.toISOString() });
      return;
    case 'refused': {
      const { article = '', reason = '' } = product.refusal ?? {};
      tx.append(ProductRefusedV1, { ...about, article, reason, refusedAt: at.toISOString() });
      return;
    }
    case 'submitted':
    case 'source_check':
    case 'quality_check':
      if (from !== 'draft') return;
      tx.append(ProductSubmittedV1, { ...about, name, kind, version, submittedAt: at.toISOString() });
      return;
    case 'legal_review':
    case 'exchange_review':
    case 'draft':
    case 'scheduled':
    case 'merged':
  }
}

function described({ storedIn, subjectsIn, fields }: Product, at: Date) {
  return {
    storedIn,
    subjectsIn: [...subjectsIn],
    fields: fields.map(({ name, meaning, personal, sensitive, health, gene, minor, exportReason }) => ({
      ...{ name, meaning, personal, sensitive, health, gene, minor, exportReason },
    })),
    describedAt: at.toISOString(),
  };
}

/** A certificate does not outlive the papers and rights it rests on; of each kind of paper, the latest counts. */
function earliestPaper({ card }: Product): string | undefined {
  const documents = card?.documents ?? [];
  const papers = requiredPapers.flatMap(({ kind }) => {
    const given = documents.filter((document) => document.kind === kind);
    if (given.some(({ validUntil }) => validUntil === null)) return [];
    return given
      .map(({ validUntil }) => validUntil ?? '')
      .sort()
      .slice(-1);
  });
  const rights = (card?.provenance?.upstream ?? []).flatMap(({ validUntil }) => validUntil ?? []);
  const registered = card?.registrationCertificate?.validUntil ?? [];
  return [...papers, ...rights].concat(registered).sort()[0];
}
