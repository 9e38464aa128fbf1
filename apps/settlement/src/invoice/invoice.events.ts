import type { InvoiceIssuedV1 } from '@hetao/events';
import { money, moneyToJson } from '@hetao/kernel';
import type { Invoice } from './invoice.js';

/** What others are told of an invoice that was issued. */
export function issuedEvent(invoice: Invoice): InvoiceIssuedV1 {
  const amount = (amountMinor: bigint) => moneyToJson(money(amountMinor, invoice.currency));
  return {
    invoiceId: invoice.invoiceId,
    number: invoice.number,
    period: invoice.period,
    agreementId: invoice.agreementId,
    merchantId: invoice.merchantId,
    buyerId: invoice.buyerId,
    net: amount(invoice.netMinor),
    tax: amount(invoice.taxMinor),
    gross: amount(invoice.grossMinor),
    dueDate: invoice.dueDate,
    issuedAt: invoice.issuedAt.toISOString(),
  };
}
