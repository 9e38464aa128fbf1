import type { Clock } from '@hetao/kernel';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { addDays, dateIn } from '../period/period.js';
import type { SettlementConfig } from '../settlement.config.js';

/** When an invoice is issued and due. */
export interface IssueTerms {
  readonly issuedAt: Date;
  /** Year of the issue in the legal zone: the one whose numbers it takes. */
  readonly year: number;
  /** Date of the issue in the legal zone. */
  readonly date: string;
  /** Calendar date in the legal zone. */
  readonly dueDate: string;
}

/** Reads the terms of today: legal dates carry a zone, instants do not. */
@Injectable()
export class InvoiceTerms {
  readonly #clock: Clock;
  readonly #config: SettlementConfig;

  constructor(@Inject(CLOCK) clock: Clock, @Inject(SERVICE_CONFIG) config: SettlementConfig) {
    this.#clock = clock;
    this.#config = config;
  }

  now(): IssueTerms {
    const issuedAt = this.#clock.now();
    const date = dateIn(this.#config.LEGAL_TIME_ZONE, issuedAt.getTime());
    return { issuedAt, year: Number(date.slice(0, 4)), date, dueDate: addDays(date, this.#config.PAYMENT_TERM_DAYS) };
  }
}
