import { setOff, type ShareDebt } from '../../src/invoice/party-accounts.js';
import {
  credit,
  debit,
  exchangeOwner,
  type AccountKey,
  type AccountKind,
  type Posting,
} from '../../src/ledger/ledger.js';
import type { PayableShare } from '../../src/payout/payout.js';
import { instructedPosting } from '../../src/payout/payout.postings.js';
import { defaultTerms, planPayout, type PayoutPlan } from '../../src/payout/settlement-terms.js';
import { arrive } from './invoicing.js';
import { clear, debtsOf, owedSomewhere, type Owed } from './owed.js';
import type { Scene } from './scene.js';

const SHARES: Partial<Record<AccountKind, PayableShare>> = {
  'payable:merchant': 'merchant',
  'payable:channel': 'channel',
};

/**
 * Pays something out, less what its party owes back and what is kept in reserve; the bank does it, refuses it, or sends it
 * back later.
 */
export function payOut(scene: Scene): void {
  const owed = owedSomewhere(scene);
  if (owed === undefined) return;
  const { account, amountMinor } = owed;
  const { currency, owner } = account;
  const debts = debtsOf(scene, account);
  const plan = planOf(scene, owed, debts);
  owed.take(amountMinor);
  clear(setOff(debts, plan.nettedMinor).settled);
  const out = { owner: exchangeOwner, kind: 'clearing:bank_out', currency } as const;
  const deferred = { owner, kind: 'payable:deferred', currency } as const;
  scene.post([instruction(scene, owed, plan)]);
  if (plan.reserveMinor > 0n) scene.waiting.push({ account: deferred, amountMinor: plan.reserveMinor });
  const { payMinor } = plan;
  scene.figures.add('held for', owner, currency, -payMinor);
  if (payMinor === 0n) return;
  const fate = scene.random.int(1, 4);
  if (fate === 1) {
    scene.post([scene.posting('payout_rejected', [debit(out, payMinor), credit(deferred, payMinor)])]);
  } else {
    leave(scene, account, payMinor);
  }
  if (fate === 2) {
    const clearing = { owner: exchangeOwner, kind: 'clearing:bank_in', currency } as const;
    const back = scene.posting('payout_returned', [debit(clearing, payMinor), credit(deferred, payMinor)]);
    scene.post([arrive(scene, currency, payMinor), back]);
    scene.figures.add('arrived, not placed', exchangeOwner, currency, -payMinor);
  }
  if (fate > 2) return;
  scene.figures.add('held for', owner, currency, payMinor);
  scene.waiting.push({ account: deferred, amountMinor: payMinor });
}

function planOf(scene: Scene, { account, amountMinor }: Owed, debts: readonly ShareDebt[]): PayoutPlan {
  const waited = account.kind === 'payable:deferred';
  const due = {
    newMinor: waited ? 0n : amountMinor,
    waitedMinor: waited ? amountMinor : 0n,
    owedBackMinor: debts.reduce((sum, debt) => sum + debt.amountMinor, 0n),
    currency: account.currency,
  };
  const terms = { ...defaultTerms, reserveBps: scene.random.pick([0, 0, 1_000]), reserveDays: 30 };
  return planPayout(due, terms, { held: false, today: `${scene.period}-20` });
}

function instruction(scene: Scene, { account, amountMinor }: Owed, plan: PayoutPlan): Posting {
  const { owner: beneficiaryId, currency } = account;
  const waited = account.kind === 'payable:deferred';
  const share = SHARES[account.kind] ?? 'merchant';
  const one = { invoiceId: '', share, shareKey: share, owner: beneficiaryId, currency, paidOn: '' };
  const payable = {
    ...{ beneficiaryId, share, currency, amountMinor },
    items: waited ? [] : [{ ...one, amountMinor }],
    deferrals: waited ? [{ deferralId: '', beneficiaryId, share, currency, amountMinor }] : [],
  };
  const payout = {
    ...{ payoutId: scene.name('payout'), period: scene.period, beneficiaryId, share, currency, endToEndId: '' },
    ...{ amountMinor: plan.payMinor, grossMinor: amountMinor, state: 'instructed' as const, settledAt: null },
    ...{ bankAccount: { name: '' }, instructedAt: scene.day() },
  };
  return instructedPosting(payout, payable, plan);
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

/** Money that is on its way out is seen to leave the bank. */
function leave(scene: Scene, { currency }: AccountKey, amountMinor: bigint): void {
  const out = { owner: exchangeOwner, kind: 'clearing:bank_out', currency } as const;
  const bank = { owner: scene.owner('bank:1'), kind: 'bank', currency } as const;
  scene.post([scene.posting('bank_debit', [debit(out, amountMinor), credit(bank, amountMinor)])]);
  scene.figures.add('at the bank', exchangeOwner, currency, -amountMinor);
}
