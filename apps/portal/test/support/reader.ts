import type { Member } from '@hetao/testing';

export type Role = 'buyer' | 'merchant' | 'operator' | 'auditor';
/** Everybody with an account; the officer is the operator's second pair of eyes. */
export type Person = Role | 'officer';

const ADDRESSES: Readonly<Record<Person, string>> = {
  buyer: 'buyer@university.hetao.demo',
  merchant: 'merchant@lingnan.hetao.demo',
  operator: 'operator@hetao.demo',
  officer: 'customs@hetao.demo',
  auditor: 'auditor@hetao.demo',
};

/** How somebody of the demonstration signs in. */
export function memberOf(who: Person): Member {
  return { email: ADDRESSES[who], password: 'demo' };
}
