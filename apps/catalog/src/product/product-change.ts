import type { ProductCard } from '../card/product-card.js';
import type { ProductContent } from './product.js';

/** What a merchant says of a product he begins. */
export type DraftContent = Omit<ProductContent, 'storedIn'> & { readonly storedIn?: ProductContent['storedIn'] };

/** What a merchant changes: the fields he named, and the sections of the card he named. */
export interface ContentChange {
  readonly fields: Partial<Omit<ProductContent, 'card'>>;
  readonly sections: Partial<ProductCard> | null;
}
