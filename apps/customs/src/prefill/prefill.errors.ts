import { defineErrors } from '@hetao/kernel';

export const prefillErrors = defineErrors({
  AGREEMENT_NOT_WAITING: {
    kind: 'not_found',
    title: 'No agreement of yours waits for a release under this id',
    fix: 'Check the id. Only agreements both sides signed, whose data cross a border, wait for a release; it takes a moment until customs hears of one.',
  },
  PREFILL_PRODUCT_UNKNOWN: {
    kind: 'conflict',
    title: 'Customs does not know yet what the product holds',
    fix: 'Wait a moment and ask again; products are described when they are listed. Else declare by hand.',
  },
});
