import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about an offer. */
export const offerErrors = defineErrors({
  OFFER_UNKNOWN: {
    kind: 'not_found',
    title: 'No such offer',
    fix: 'Check the id; GET /v1/offers lists the offers you may see.',
  },
  OFFER_PRODUCT_FOREIGN: {
    kind: 'forbidden',
    title: 'The product belongs to another merchant',
    fix: 'Offer a product of your own organisation.',
  },
  OFFER_TERM_INVALID: {
    kind: 'unprocessable',
    title: 'The times of the offer do not fit together',
    fix: 'valid_until must lie in the future; term.until must lie after term.from and in the future.',
  },
  OFFER_QUOTA_INVALID: {
    kind: 'unprocessable',
    title: 'The quota allows nothing',
    fix: 'Give a limit greater than zero, or leave the quota out.',
  },
  OFFER_CHANNEL_MISMATCH: {
    kind: 'unprocessable',
    title: 'The plan’s channel fee and the channel partner do not fit together',
    fix: 'Name a channel_partner_id other than your own when plan.fee.channel_bps is above zero, and none when it is zero.',
  },
  OFFER_ZONE_UNKNOWN: {
    kind: 'unprocessable',
    title: 'No such time zone',
    fix: 'Give the IANA name of a zone, such as Asia/Hong_Kong.',
  },
  OFFER_NOTICE_INVALID: {
    kind: 'unprocessable',
    title: 'The notice is longer than the term',
    fix: 'Give fewer notice_days than the term has, or no renewal.',
  },
  OFFER_BUYER_INVALID: {
    kind: 'unprocessable',
    title: 'A private offer is made to another organisation',
    fix: 'Name the organisation the offer is for in buyer_id, or leave it out to offer to everybody.',
  },
  OFFER_EXPIRED: {
    kind: 'conflict',
    title: 'The offer has expired',
    fix: 'Ask the merchant for a new offer.',
  },
  OFFER_WITHDRAWN: {
    kind: 'conflict',
    title: 'The offer was withdrawn',
    fix: 'Choose another offer of the product, or ask the merchant for one.',
  },
});

export type OfferError = ErrorOf<typeof offerErrors>;
