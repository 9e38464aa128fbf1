import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a product and its listing. */
export const productErrors = defineErrors({
  PRODUCT_UNKNOWN: {
    kind: 'not_found',
    title: 'No such product',
    fix: 'Check the id; GET /v1/products lists the products you may see.',
  },
  PRODUCT_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The product is not in a state that allows this',
    fix: 'Read the product again and choose one of the commands its status accepts.',
  },
  PRODUCT_FOUR_EYES: {
    kind: 'forbidden',
    title: 'Nobody reviews the product of his own organisation',
    fix: 'Ask a reviewer of another organisation, who did not submit the product, to decide.',
  },
  PRODUCT_MERCHANT_NOT_APPROVED: {
    kind: 'conflict',
    title: 'The merchant may not list products',
    fix: 'The organisation must be registered with the role merchant and be approved by the operator first.',
  },
  PRODUCT_MERCHANT_UNKNOWN: {
    kind: 'forbidden',
    title: 'Your organisation is not a merchant of this exchange',
    fix: 'Ask the operator to register your organisation with the role merchant.',
  },
  PRODUCT_FIELDS_CONTRADICT: {
    kind: 'unprocessable',
    title: 'The description of the data contradicts itself',
    fix: 'Describe each column once, and call a column personal whenever it is sensitive, about health or about a minor.',
  },
});

export type ProductError = ErrorOf<typeof productErrors>;
