import { Inject, Injectable } from '@nestjs/common';
import { PersonsDeliveredV1 } from '@hetao/events';
import { type Clock, newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { type AgreementAccess, EntitlementRepository } from '../entitlement/entitlement.repository.js';
import type { AcceptedUsage, UsageSink } from '../ingestion/usage.sink.js';
import type { UsageEvent } from '../ingestion/usage-event.js';
import { maxPersonsAnEvent, mainlandYear, readPersons } from './persons.js';
import { type PersonKey, PersonsRepository } from './persons.repository.js';

interface Delivery {
  readonly agreementId: string;
  readonly access: AgreementAccess;
  readonly key: PersonKey;
}

/**
 * Counts whose data left under releases of customs: each person once an exporter and calendar year of the mainland. It
 * tells customs of each person once an agreement and year, since every release counts its own persons down. It happens in the transaction that counts the use, so neither is there without the
 * other. A person stays counted when the use is voided later: the data has left.
 */
@Injectable()
export class CountPersons implements UsageSink {
  constructor(
    private readonly persons: PersonsRepository,
    private readonly entitlements: EntitlementRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param usage accepted events, of any agreements; those whose data crosses no border are passed over. */
  async counted(tx: Tx, usage: readonly AcceptedUsage[]): Promise<void> {
    const named = usage.map(({ event }) => event).filter((event) => event.data.includes('"persons"'));
    if (named.length === 0) return;
    const access = await this.entitlements.accessTo(tx, [...new Set(named.map((use) => use.agreementId))]);
    const deliveries = new Map<string, Delivery>();
    for (const use of named) {
      for (const delivery of deliveriesOf(use, access.get(use.agreementId))) {
        const key = keyOf(delivery);
        if (!deliveries.has(key)) deliveries.set(key, delivery);
      }
    }
    if (deliveries.size === 0) return;
    const persons = [...deliveries.values()].map(({ agreementId, key }) => ({ agreementId, ...key }));
    const countedAt = this.clock.now();
    const added = await this.persons.addNew(tx, persons);
    if (added.length > 0) await this.persons.addCounts(tx, added, countedAt);
    const told = await this.persons.addToAgreements(tx, persons);
    const news = told.flatMap(
      (person) => deliveries.get(keyOf({ agreementId: person.agreementId, key: person })) ?? [],
    );
    state(tx, news, countedAt);
  }
}

function* deliveriesOf(use: UsageEvent, access: AgreementAccess | undefined): Generator<Delivery> {
  const exporterId = access?.entitlements[0]?.merchantId;
  if (access === undefined || exporterId === undefined || access.standings.length === 0) return;
  const persons = readPersons(use.data);
  if (!persons.ok || !persons.value) return;
  const year = mainlandYear(use.timeMs);
  const of = (commitment: string, isSensitive: boolean) => ({
    agreementId: use.agreementId,
    access,
    key: { exporterId, year, isSensitive, commitment },
  });
  for (const commitment of persons.value.general) yield of(commitment, false);
  for (const commitment of persons.value.sensitive) yield of(commitment, true);
}

function state(tx: Tx, news: readonly Delivery[], countedAt: Date): void {
  const groups = Map.groupBy(news, ({ agreementId, key }) => `${agreementId} ${key.year}`);
  for (const [first, ...rest] of groups.values()) {
    if (!first) continue;
    const all = [first, ...rest].map(({ key }) => key);
    const general = all.filter((key) => !key.isSensitive).map((key) => key.commitment);
    const sensitive = all.filter((key) => key.isSensitive).map((key) => key.commitment);
    const { entitlements } = first.access;
    const { productId = '', merchantId = '', buyerId = '' } = entitlements[0] ?? {};
    for (let at = 0; at < Math.max(general.length, sensitive.length); at += maxPersonsAnEvent) {
      tx.append(PersonsDeliveredV1, {
        deliveryId: newId('dlv'),
        agreementId: first.agreementId,
        productId,
        merchantId,
        buyerId,
        year: first.key.year,
        general: general.slice(at, at + maxPersonsAnEvent),
        sensitive: sensitive.slice(at, at + maxPersonsAnEvent),
        recordedAt: countedAt.toISOString(),
      });
    }
  }
}

function keyOf({ agreementId, key }: { agreementId: string; key: Omit<PersonKey, 'exporterId'> }): string {
  return `${agreementId} ${key.year} ${key.isSensitive ? 's' : 'g'} ${key.commitment}`;
}
