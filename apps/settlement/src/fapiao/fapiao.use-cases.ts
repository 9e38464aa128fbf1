import {
  err,
  newId,
  ok,
  parseMoney,
  seesTenant,
  type Clock,
  type DomainError,
  type Reader,
  type Result,
} from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { invoiceErrors } from '../invoice/invoice.errors.js';
import { InvoiceRepository } from '../invoice/invoice.repository.js';
import type { NewFapiaoDto } from './fapiao.dto.js';
import { checkAmount, fapiaoErrors, note, type Fapiao, type FapiaoNews } from './fapiao.js';
import { FapiaoRepository } from './fapiao.repository.js';

/** Asks for fapiao and notes what the tax platform answered; the platform itself is reached by people. */
@Injectable()
export class KeepFapiao {
  readonly #uow: UnitOfWork;
  readonly #invoices: InvoiceRepository;
  readonly #fapiao: FapiaoRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, invoices: InvoiceRepository, fapiao: FapiaoRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#invoices = invoices;
    this.#fapiao = fapiao;
    this.#clock = clock;
  }

  request(order: NewFapiaoDto, by: Reader & { readonly subject: string }): Promise<Result<Fapiao, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Fapiao, DomainError>> => {
      const [invoice] = await this.#invoices.lockByReference(tx, [order.invoice_id]);
      if (invoice === undefined || !seesTenant(by, invoice.buyerId)) {
        return err(invoiceErrors.INVOICE_NOT_FOUND(`There is no invoice ${order.invoice_id} that you bought by.`));
      }
      const standing = await this.#fapiao.standingMinor(tx, invoice.invoiceId);
      const openMinor = invoice.state === 'void' ? 0n : invoice.grossMinor - invoice.creditedMinor - standing;
      const amountMinor = order.amount === undefined ? openMinor : parseMoney(order.amount, 'CNY').amountMinor;
      const checked = checkAmount({ currency: invoice.currency, openMinor }, amountMinor);
      if (!checked.ok) return checked;
      const fapiao: Fapiao = {
        fapiaoId: newId('fap'),
        invoiceId: invoice.invoiceId,
        kind: order.kind,
        title: order.title,
        taxpayerNo: order.taxpayer_no ?? null,
        amountMinor,
        state: 'requested',
        issued: null,
        red: null,
        failure: null,
        requestedAt: this.#clock.now(),
      };
      await this.#fapiao.add(tx, fapiao, by.subject);
      return ok(fapiao);
    });
  }

  note(fapiaoId: string, news: FapiaoNews): Promise<Result<Fapiao, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Fapiao, DomainError>> => {
      const known = await this.#fapiao.lock(tx, fapiaoId);
      if (known === undefined) return err(fapiaoErrors.FAPIAO_NOT_FOUND(`There is no fapiao ${fapiaoId}.`));
      const next = note(known, news);
      if (!next.ok) return next;
      if ('evidence' in news && (await this.#fapiao.numberTaken(tx, news.evidence.number, fapiaoId))) {
        return err(fapiaoErrors.FAPIAO_NUMBER_TAKEN(`${news.evidence.number} is known from another fapiao.`));
      }
      await this.#fapiao.save(tx, next.value);
      return next;
    });
  }
}
