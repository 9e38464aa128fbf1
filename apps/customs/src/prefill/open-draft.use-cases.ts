import { Inject, Injectable } from '@nestjs/common';
import { deterministicId, err, ok, unwrap, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { CounterRepository } from '../counter/counter.repository.js';
import { AssessDeclaration, type DeclarationContent } from '../declaration/assess-declaration.use-cases.js';
import { draftDeclaration, type Declaration } from '../declaration/declaration.js';
import { DeclarationRepository } from '../declaration/declaration.repository.js';
import { mainlandYear, type Reader } from '../shared/reader.js';
import { prefill, type CrossingAgreement, type KnownProduct } from './prefill.js';
import { prefillErrors } from './prefill.errors.js';
import { ProjectionRepository } from './projection.repository.js';

/** Who opens a draft when nobody did. */
const EXCHANGE = 'exchange';

/** Finds what a declaration begins with: product, parties, earlier answers, the persons counted so far. */
@Injectable()
export class PrefillSources {
  readonly #known: ProjectionRepository;
  readonly #counters: CounterRepository;
  readonly #clock: Clock;

  constructor(known: ProjectionRepository, counters: CounterRepository, @Inject(CLOCK) clock: Clock) {
    this.#known = known;
    this.#counters = counters;
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  async content(tx: Tx, agreement: CrossingAgreement, product: KnownProduct): Promise<DeclarationContent> {
    const year = mainlandYear(this.#clock.now());
    const totals = await this.#counters.totals(tx, agreement.merchantId, year);
    return prefill({
      product,
      agreement,
      merchant: await this.#known.participant(tx, agreement.merchantId),
      buyer: await this.#known.participant(tx, agreement.buyerId),
      earlier: await this.#known.earlier(tx, agreement),
      persons: { general: totals.general.total, sensitive: totals.sensitive.total },
    });
  }
}

/** Where agreements are looked up and drafts are put. */
@Injectable()
export class DraftShelves {
  readonly known: ProjectionRepository;
  readonly declarations: DeclarationRepository;

  constructor(known: ProjectionRepository, declarations: DeclarationRepository) {
    this.known = known;
    this.declarations = declarations;
  }
}

/** Opens the declaration of an agreement as a draft, once: a second request finds the first one's. */
@Injectable()
export class OpenDraft {
  readonly #uow: UnitOfWork;
  readonly #sources: PrefillSources;
  readonly #assess: AssessDeclaration;
  readonly #shelves: DraftShelves;

  constructor(uow: UnitOfWork, sources: PrefillSources, assess: AssessDeclaration, shelves: DraftShelves) {
    this.#uow = uow;
    this.#sources = sources;
    this.#assess = assess;
    this.#shelves = shelves;
  }

  /** For the merchant of the agreement. */
  execute(agreementId: string, by: Reader): Promise<Result<Declaration, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Declaration, DomainError>> => {
      const agreement = await this.#shelves.known.agreement(tx, agreementId);
      if (agreement?.merchantId !== by.organisationId) {
        return err(prefillErrors.AGREEMENT_NOT_WAITING(`No agreement ${agreementId} of yours waits for a release.`));
      }
      const opened = await this.open(tx, agreement, by.subject);
      if (opened !== null) return ok(opened);
      const { productId } = agreement;
      return err(prefillErrors.PREFILL_PRODUCT_UNKNOWN(`What ${productId} holds has not been described here yet.`));
    });
  }

  /** @returns the draft, or whatever became of it since; null while the product is not known. */
  async open(tx: Tx, agreement: CrossingAgreement, subject = EXCHANGE): Promise<Declaration | null> {
    const { agreementId, merchantId, productId } = agreement;
    await this.#shelves.known.lock(tx, agreementId);
    const id = deterministicId('dcl', agreementId);
    const before = await this.#shelves.declarations.load(tx, id);
    if (before !== null) return before;
    const product = await this.#shelves.known.product(tx, productId);
    if (product === null) return null;
    const assessed = unwrap(await this.#assess.execute(await this.#sources.content(tx, agreement, product)));
    const at = this.#sources.now();
    const draft = draftDeclaration(assessed, { id, exporterId: merchantId, by: subject, at, year: mainlandYear(at) });
    const by = { subject, organisationId: merchantId };
    await this.#shelves.declarations.insert(tx, draft, { command: 'prefill', from: null, at, by, note: agreementId });
    return draft;
  }
}
