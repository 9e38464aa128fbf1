import { currencies } from '@hetao/kernel';
import { credit, debit, exchangeOwner, type AccountKey } from '../../src/ledger/ledger.js';
import { arrive } from './invoicing.js';
import type { OpenBook, Scene } from './scene.js';

const PAID_OUT = { merchant: 'payable:merchant', channel: 'payable:channel' } as const;

/** Something that a party is owed and nobody has paid out. */
interface Owed {
  readonly account: AccountKey;
  readonly amountMinor: bigint;
  /** Notes that so much of it is gone. */
  readonly take: (amountMinor: bigint) => void;
}

/** Pays something out; the bank does it, refuses it, or sends it back later. */
export function payOut(scene: Scene): void {
  const owed = owedSomewhere(scene);
  if (owed === undefined) return;
  const { account, amountMinor } = owed;
  const { currency, owner } = account;
  owed.take(amountMinor);
  const out = { owner: exchangeOwner, kind: 'clearing:bank_out', currency } as const;
  const deferred = { owner, kind: 'payable:deferred', currency } as const;
  scene.post([scene.posting('payout_instructed', [debit(account, amountMinor), credit(out, amountMinor)])]);
  scene.figures.add('held for', owner, currency, -amountMinor);
  const fate = scene.random.int(1, 4);
  if (fate === 1) {
    scene.post([scene.posting('payout_rejected', [debit(out, amountMinor), credit(deferred, amountMinor)])]);
  } else {
    leave(scene, account, amountMinor);
  }
  if (fate === 2) {
    const clearing = { owner: exchangeOwner, kind: 'clearing:bank_in', currency } as const;
    const back = scene.posting('payout_returned', [debit(clearing, amountMinor), credit(deferred, amountMinor)]);
    scene.post([arrive(scene, currency, amountMinor), back]);
    scene.figures.add('arrived, not placed', exchangeOwner, currency, -amountMinor);
  }
  if (fate > 2) return;
  scene.figures.add('held for', owner, currency, amountMinor);
  scene.waiting.push({ account: deferred, amountMinor });
}

/** Reserves a payout first. While it is reserved nobody else gets the money; then it is used, in part too, or not. */
export function payOutReserved(scene: Scene): void {
  const owed = owedSomewhere(scene);
  if (owed === undefined) return;
  const { account, amountMinor } = owed;
  const out = { owner: exchangeOwner, kind: 'clearing:bank_out', currency: account.currency } as const;
  const posting = scene.posting('payout_instructed', [debit(account, amountMinor), credit(out, amountMinor)], 'hold');
  const key = posting.idempotencyKey;
  const reservation = { ...posting, expiresAt: new Date(scene.now.getTime() + 3_600_000) };
  scene.acts.push({ kind: 'reserve', reservation }, { kind: 'reserve', reservation });
  const more = 10n ** 18n;
  scene.post([scene.posting('payout_instructed', [debit(account, more), credit(out, more)])], 'LEDGER_LIMIT_REACHED');
  const fate = scene.random.int(1, 3);
  if (fate === 1) {
    scene.acts.push({ kind: 'void', key }, { kind: 'void', key }, { kind: 'use', key, refusedAs: 'HOLD_RESOLVED' });
    return;
  }
  if (fate === 2) {
    scene.clock(new Date(scene.now.getTime() + 2 * 3_600_000));
    scene.acts.push({ kind: 'use', key, refusedAs: 'HOLD_EXPIRED' }, { kind: 'expire' });
    scene.acts.push({ kind: 'void', key, refusedAs: 'HOLD_RESOLVED' });
    return;
  }
  const part = scene.random.part(amountMinor);
  const legs = [debit(account, part), credit(out, part)];
  if (amountMinor < more) {
    const beyond = [debit(account, amountMinor + 1n), credit(out, amountMinor + 1n)];
    scene.acts.push({ kind: 'use', key, legs: beyond, refusedAs: 'HOLD_EXCEEDED' });
  }
  scene.acts.push(
    { kind: 'use', key, legs },
    { kind: 'use', key, legs },
    { kind: 'void', key, refusedAs: 'HOLD_RESOLVED' },
  );
  owed.take(part);
  scene.figures.add('held for', account.owner, account.currency, -part);
  leave(scene, account, part);
}

/** Sends back what is owed to a buyer. The bank may return it, and then it is owed and sent once more. */
export function refund(scene: Scene): void {
  const buyers = scene.books.filter(
    ({ invoice }) => scene.figures.get('owed to buyer', invoice.buyerId, invoice.currency) > 0n,
  );
  if (buyers.length === 0) return;
  const { buyerId, currency } = scene.random.pick(buyers).invoice;
  const amountMinor = scene.random.part(scene.figures.get('owed to buyer', buyerId, currency));
  const owed = { owner: buyerId, kind: 'payable:buyer', currency } as const;
  const out = { owner: exchangeOwner, kind: 'clearing:bank_out', currency } as const;
  const clearing = { owner: exchangeOwner, kind: 'clearing:bank_in', currency } as const;
  const send = (): void => {
    scene.post([scene.posting('refund_instructed', [debit(owed, amountMinor), credit(out, amountMinor)])]);
    leave(scene, owed, amountMinor);
  };
  send();
  scene.figures.add('owed to buyer', buyerId, currency, -amountMinor);
  if (!scene.random.chance(50)) return;
  const back = scene.posting('credit_on_account', [debit(clearing, amountMinor), credit(owed, amountMinor)]);
  scene.post([arrive(scene, currency, amountMinor), back]);
  scene.figures.add('arrived, not placed', exchangeOwner, currency, -amountMinor);
  send();
}

/** Changes what a party is owed into another currency, at a rate that moves before the books are closed. */
export function convert(scene: Scene): void {
  const owed = owedSomewhere(scene);
  if (owed === undefined || owed.amountMinor > 10n ** 15n || owed.account.kind === 'payable:deferred') return;
  const { account, amountMinor } = owed;
  const others = currencies.filter((currency) => currency !== account.currency);
  const bought = { ...account, currency: scene.random.pick(others) };
  const boughtMinor = (amountMinor * BigInt(scene.random.int(1, 900))) / 100n + 1n;
  const [sold, got] = [
    { owner: exchangeOwner, kind: 'trading', currency: account.currency } as const,
    { owner: exchangeOwner, kind: 'trading', currency: bought.currency } as const,
  ];
  owed.take(amountMinor);
  scene.post([
    scene.posting('currency_converted', [
      debit(account, amountMinor),
      credit(sold, amountMinor),
      debit(got, boughtMinor),
      credit(bought, boughtMinor),
    ]),
  ]);
  scene.figures.add('held for', account.owner, account.currency, -amountMinor);
  scene.figures.add('held for', account.owner, bought.currency, boughtMinor);
  scene.figures.add('sold less bought', exchangeOwner, account.currency, amountMinor);
  scene.figures.add('sold less bought', exchangeOwner, bought.currency, -boughtMinor);
  scene.waiting.push({ account: bought, amountMinor: boughtMinor });
  const gain = scene.random.part(1_000n);
  const gained = { owner: exchangeOwner, kind: 'fx:realised', currency: bought.currency } as const;
  scene.post([scene.posting('fx_realised', [debit(got, gain), credit(gained, gain)])]);
  scene.figures.add('sold less bought', exchangeOwner, bought.currency, -gain);
  scene.figures.add('gained on rates', exchangeOwner, bought.currency, gain);
}

/** Money that is on its way out is seen to leave the bank. */
function leave(scene: Scene, { currency }: AccountKey, amountMinor: bigint): void {
  const out = { owner: exchangeOwner, kind: 'clearing:bank_out', currency } as const;
  const bank = { owner: scene.owner('bank:1'), kind: 'bank', currency } as const;
  scene.post([scene.posting('bank_debit', [debit(out, amountMinor), credit(bank, amountMinor)])]);
  scene.figures.add('at the bank', exchangeOwner, currency, -amountMinor);
}

function owedSomewhere(scene: Scene): Owed | undefined {
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
      const amountMinor = (book.held.get(share) ?? 0n) - (book.paidOut.get(share) ?? 0n);
      return amountMinor > 0n ? [owedOf(book, share, amountMinor)] : [];
    }),
  );
  return owed.length === 0 ? undefined : scene.random.pick(owed);
}

function owedOf(book: OpenBook, share: 'merchant' | 'channel', amountMinor: bigint): Owed {
  const { merchantId, channelPartnerId, currency } = book.invoice;
  const owner = share === 'merchant' ? merchantId : (channelPartnerId ?? '');
  const take = (taken: bigint): void => {
    const before = book.paidOut.get(share) ?? 0n;
    book.paidOut = new Map(book.paidOut).set(share, before + taken);
  };
  return { account: { owner, kind: PAID_OUT[share], currency }, amountMinor, take };
}
