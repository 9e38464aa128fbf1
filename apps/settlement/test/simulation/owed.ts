import type { ShareDebt } from '../../src/invoice/party-accounts.js';
import type { AccountKey } from '../../src/ledger/ledger.js';
import type { OpenBook, Scene } from './scene.js';

const PAID_OUT = { merchant: 'payable:merchant', channel: 'payable:channel' } as const;

/** Something that a party is owed and nobody has paid out. */
export interface Owed {
  readonly account: AccountKey;
  readonly amountMinor: bigint;
  /** Notes that so much of it is gone. */
  readonly take: (amountMinor: bigint) => void;
}

/** A debt, and the invoice that it is of. */
export interface BookDebt extends ShareDebt {
  readonly book: OpenBook;
}

/** What a party owes back in a currency, the oldest invoice first. */
export function debtsOf(scene: Scene, { owner, currency }: AccountKey): readonly BookDebt[] {
  return scene.books.flatMap((book) =>
    (['merchant', 'channel'] as const).flatMap((share) => {
      const { invoice, holdings } = book;
      const whose = share === 'merchant' ? invoice.merchantId : invoice.channelPartnerId;
      const amountMinor = holdings.owedBack.get(share) ?? 0n;
      const isOwed = amountMinor > 0n && whose === owner && invoice.currency === currency;
      return isOwed ? [{ book, invoiceId: invoice.invoiceId, share, owner, amountMinor }] : [];
    }),
  );
}

/** Notes that debts are settled by a payout. */
export function clear(settled: readonly BookDebt[]): void {
  for (const { book, share, amountMinor } of settled) {
    const owedBack = new Map(book.holdings.owedBack);
    owedBack.set(share, (owedBack.get(share) ?? 0n) - amountMinor);
    book.holdings = { ...book.holdings, owedBack };
    book.setOff.set(share, (book.setOff.get(share) ?? 0n) + amountMinor);
  }
}

/** What of somebody's may be paid out now. */
export function owedSomewhere(scene: Scene): Owed | undefined {
  if (scene.waiting.length > 0 && scene.random.chance(40)) {
    const index = scene.random.int(0, scene.waiting.length - 1);
    const [waiting] = scene.waiting.slice(index);
    if (waiting === undefined) return undefined;
    const take = (amountMinor: bigint): void => {
      const rest = waiting.amountMinor - amountMinor;
      scene.waiting.splice(index, 1, ...(rest > 0n ? [{ ...waiting, amountMinor: rest }] : []));
    };
    return { ...waiting, take };
  }
  const owed = scene.books.flatMap((book) =>
    (['merchant', 'channel'] as const).flatMap((share) => {
      const amountMinor = (book.holdings.held.get(share) ?? 0n) - (book.holdings.paidOut.get(share) ?? 0n);
      return amountMinor > 0n ? [owedOf(book, share, amountMinor)] : [];
    }),
  );
  return owed.length === 0 ? undefined : scene.random.pick(owed);
}

function owedOf(book: OpenBook, share: 'merchant' | 'channel', amountMinor: bigint): Owed {
  const { merchantId, channelPartnerId, currency } = book.invoice;
  const owner = share === 'merchant' ? merchantId : (channelPartnerId ?? '');
  const take = (taken: bigint): void => {
    const before = book.holdings.paidOut.get(share) ?? 0n;
    book.holdings = { ...book.holdings, paidOut: new Map(book.holdings.paidOut).set(share, before + taken) };
    book.left.set(share, (book.left.get(share) ?? 0n) + taken);
  };
  return { account: { owner, kind: PAID_OUT[share], currency }, amountMinor, take };
}
