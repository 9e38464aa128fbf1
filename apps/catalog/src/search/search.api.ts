/** The index by itself, for benchmarks: services and the platform see the catalog's own index alone. */
export { emptyCard } from '../card/product-card.js';
export type { Product } from '../product/product.js';
export { cheapest, type OpenOffer } from './entry-price.js';
export { labelsOf } from './facets.js';
export { concepts } from './language/concepts.js';
export { clausesOf } from './language/question.js';
export { deletionsOf } from './language/spelling.js';
export { termsOf, wordsIn } from './language/terms.js';
export { factsOf, readableOf } from './search-facts.js';
export { BUILT_BY } from './search-index.repository.js';
