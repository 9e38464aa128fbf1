import {
  err,
  ok,
  seesEveryTenant,
  seesTenant,
  type Clock,
  type DomainError,
  type Reader,
  type Result,
} from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { AgreementRepository } from '../agreement/agreement.repository.js';
import { billingTermsErrors } from './billing-terms.errors.js';
import { isForOperators, type BillingTermsChange, type BillingTermsDto } from './billing-terms.dto.js';

/** Sets how invoices of an agreement are written: the buyer its order number, the exchange the rest. */
@Injectable()
export class SetBillingTerms {
  readonly #uow: UnitOfWork;
  readonly #agreements: AgreementRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, agreements: AgreementRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#agreements = agreements;
    this.#clock = clock;
  }

  execute(
    agreementId: string,
    change: BillingTermsChange,
    by: Reader & { readonly subject: string },
  ): Promise<Result<BillingTermsDto, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<BillingTermsDto, DomainError>> => {
      const agreement = await this.#agreements.find(tx, agreementId);
      if (agreement === null || !seesTenant(by, agreement.buyerId)) {
        return err(billingTermsErrors.BILLING_TERMS_NOT_FOUND(`There is no agreement ${agreementId} that you buy by.`));
      }
      if (isForOperators(change) && !seesEveryTenant(by)) {
        return err(billingTermsErrors.BILLING_TERMS_NOT_YOURS('Your organisation buys by this agreement.'));
      }
      return ok(await this.#store(tx, agreementId, change, by.subject));
    });
  }

  /** What is not named stays as it was. */
  async #store(tx: Tx, agreementId: string, change: BillingTermsChange, by: string): Promise<BillingTermsDto> {
    const has = (key: keyof BillingTermsChange): boolean => change[key] !== undefined;
    const [row] = await tx.query<BillingTermsDto>(
      `INSERT INTO billing_terms (agreement_id, purchase_order, net_days, tax_category, tax_evidence, updated_at, updated_by)
       VALUES ($1, $2, $3, coalesce($4, 'standard'), $5, $6, $7)
       ON CONFLICT (agreement_id) DO UPDATE
          SET purchase_order = CASE WHEN $8 THEN $2 ELSE billing_terms.purchase_order END,
              net_days = CASE WHEN $9 THEN $3 ELSE billing_terms.net_days END,
              tax_category = coalesce($4, billing_terms.tax_category),
              tax_evidence = CASE WHEN $10 THEN $5 ELSE billing_terms.tax_evidence END,
              version = billing_terms.version + 1, updated_at = $6, updated_by = $7
       RETURNING agreement_id, purchase_order, net_days, tax_category, tax_evidence`,
      [
        agreementId,
        change.purchase_order ?? null,
        change.net_days ?? null,
        change.tax_category ?? null,
        change.tax_evidence ?? null,
        this.#clock.now(),
        by,
        has('purchase_order'),
        has('net_days'),
        has('tax_evidence'),
      ],
    );
    if (row === undefined) throw new Error(`The billing terms of ${agreementId} were not stored.`);
    return row;
  }
}
