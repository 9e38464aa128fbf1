import { currencies, type Currency } from '@hetao/kernel';
import { realisedPosting, revaluedPostings } from '../../src/fx/fx.postings.js';
import type { FxGain } from '../../src/fx/translation.repository.js';
import { credit, debit, exchangeOwner } from '../../src/ledger/ledger.js';
import { owedSomewhere } from './owed.js';
import type { Scene } from './scene.js';

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
}

/** Rates moved between an invoice and its payment: what that made or cost stays. */
export function moveRates(scene: Scene): void {
  const gain = gainOf(scene, 'realised');
  scene.figures.add('sold less bought', exchangeOwner, FUNCTIONAL, -gain.gainMinor);
  scene.figures.add('gained on rates', exchangeOwner, FUNCTIONAL, gain.gainMinor);
  const postings = realisedPosting(gain, FUNCTIONAL);
  if (postings.length > 0) scene.post(postings);
}

/** What is open is valued at the rate of the month's end; the next month begins by taking all of it back. */
export function revalue(scene: Scene): void {
  const [year = 0, month = 0] = scene.period.split('-').map(Number);
  const period = {
    ...{ period: scene.period, timeZone: 'UTC', startsAt: new Date(Date.UTC(year, month - 1, 1)) },
    ...{ endsAt: new Date(Date.UTC(year, month, 1)), agreementsExpected: null, usageCompletedAt: null },
    ...{ closedAt: null, closedBy: null },
  };
  const at = new Date(period.endsAt.getTime() - 1);
  const postings = revaluedPostings({ ...gainOf(scene, 'unrealised'), at }, FUNCTIONAL, period);
  if (postings.length > 0) scene.post(postings);
}

const FUNCTIONAL: Currency = 'CNY';

/** A gain, a loss, or neither. */
function gainOf(scene: Scene, kind: FxGain['kind']): FxGain {
  const size = scene.random.chance(10) ? 0n : scene.random.part(100_000n);
  return {
    ...{ gainId: scene.name('gain'), kind, documentId: scene.owner('story'), period: scene.period, currency: 'HKD' },
    ...{ exposureMinor: 1n, fromSnapshot: null, toSnapshot: 'snapshot', at: scene.day() },
    gainMinor: scene.random.chance(50) ? size : -size,
  };
}
