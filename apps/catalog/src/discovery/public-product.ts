import type { Jurisdiction, LocalizedText } from '@hetao/kernel';
import type { ProductCard } from '../card/product-card.js';
import type { DataField } from '../product/data-description.js';
import type { ProductKind } from '../product/product.js';

/** A listed product as anybody may read it: what descriptions for machines are made of. */
export interface PublicProduct {
  readonly id: string;
  readonly kind: ProductKind;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly languages: readonly string[];
  readonly storedIn: Jurisdiction;
  readonly subjectsIn: readonly Jurisdiction[];
  readonly fields: readonly DataField[];
  readonly card: ProductCard | null;
  readonly version: number;
  readonly listedAt: Date;
  readonly merchantName: LocalizedText;
}

/** Where a product is read, and where it is described; absolute addresses. */
export interface Addresses {
  /** Scheme and host of the exchange, without a slash at the end. */
  readonly base: string;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

export function productAddress({ base }: Addresses, id: string): string {
  return `${base}/v1/products/${id}`;
}

/** Leaves out what is not known, so that no description says null. */
export function known(entries: Readonly<Record<string, Json | undefined>>): JsonObject {
  const told = Object.entries(entries).filter(
    ([, value]) => value !== undefined && value !== null && !isEmptyList(value),
  );
  return Object.fromEntries(told) as JsonObject;
}

function isEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}
