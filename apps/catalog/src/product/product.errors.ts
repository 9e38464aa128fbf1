import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a product and its listing. */
export const productErrors = defineErrors({
  PRODUCT_VERSION_UNKNOWN: {
    kind: 'not_found',
    title: 'No such version',
    fix: 'GET /v1/products/{id}/versions lists those there were.',
  },
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
    title: 'A listing is decided by other eyes',
    fix: 'Ask a reviewer of another organisation who neither submitted the product nor passed a step of it.',
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
  PRODUCT_CARD_CONTRADICTS: {
    kind: 'unprocessable',
    title: 'The card of the product contradicts itself',
    fix: 'Mend the places named under errors.',
  },
  PRODUCT_CHECKS_FAILED: {
    kind: 'unprocessable',
    title: 'The automatic checks hold the listing up',
    fix: 'Mend every place named under errors, then hand the product in again.',
  },
  PRODUCT_COMMENTS_OPEN: {
    kind: 'conflict',
    title: 'Comments of the reviewer have no answer yet',
    fix: 'Answer each with POST /v1/products/{id}/comments/{comment}/answer, then hand the product in again.',
  },
  PRODUCT_STEP_NOT_REACHED: {
    kind: 'conflict',
    title: 'The review is at another step',
    fix: 'Read the product again and pass the step its status names.',
  },
  PRODUCT_VERSION_UNDERWAY: {
    kind: 'conflict',
    title: 'The next version is already on its way',
    fix: 'Go on with that one, or delist it first; its id is in meta.next.',
  },
  PRODUCT_NAME_MIXES_SCRIPTS: {
    kind: 'unprocessable',
    title: 'The name mixes letters that look alike',
    fix: 'Write each word in letters of one script.',
  },
});

export type ProductError = ErrorOf<typeof productErrors>;
