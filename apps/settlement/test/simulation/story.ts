import { outstandingMinor } from '../../src/invoice/invoice.js';
import { credit, debit, exchangeOwner, type Posting } from '../../src/ledger/ledger.js';
import type { Act, Story } from './acts.js';
import { creditNote, expectHoldings, issueMonth, pay, payShort, reverse } from './invoicing.js';
import { payOut, payOutReserved, refund } from './paying-out.js';
import { convert, moveRates, revalue } from './rates.js';
import { Scene, type OpenBook } from './scene.js';

const PERIODS = ['2015-05', '2015-06'] as const;

/** Tells the months of one seed: what the rules of the exchange make of them, and what must come out. */
export function storyOf(seed: number): Story {
  const scene = new Scene(seed);
  for (const period of PERIODS) tellMonth(scene, period);
  expectHoldings(scene);
  return { seed, acts: scene.acts, figures: scene.figures.standing() };
}

function tellMonth(scene: Scene, period: string): void {
  scene.period = period;
  scene.clock(new Date(`${period}-02T08:00:00Z`));
  issueMonth(scene);
  const events = scene.random.int(8, 22);
  for (let event = 0; event < events; event += 1) happen(scene);
  // The rest is paid, so that no month closes with money in the open.
  for (const book of scene.books) {
    const open = outstandingMinor(book.invoice);
    if (open > 0n) pay(scene, book, open);
  }
  revalue(scene);
  scene.closed.add(period);
  scene.acts.push({ kind: 'close', period });
  scene.post([{ ...transfer(scene, 1n), period }], 'LEDGER_PERIOD_CLOSED');
}

const EVENTS: readonly ((scene: Scene) => void)[] = [
  (scene) => withBook(scene, (book) => pay(scene, book, scene.random.part(outstandingMinor(book.invoice) + 1n))),
  (scene) => withBook(scene, (book) => pay(scene, book, outstandingMinor(book.invoice) + 1n)),
  (scene) => withBook(scene, (book) => payShort(scene, book)),
  (scene) => withBook(scene, (book) => creditNote(scene, book, false)),
  (scene) => withBook(scene, (book) => creditNote(scene, book, true)),
  (scene) => withBook(scene, (book) => reverse(scene, book)),
  (scene) => withBook(scene, (book) => takeBackAfterPayout(scene, book)),
  payOut,
  payOut,
  payOutReserved,
  refund,
  convert,
  moveRates,
  sendAgain,
  sendOther,
  sendNonsense,
  (scene) => scene.jump(),
];

function happen(scene: Scene): void {
  scene.random.pick(EVENTS)(scene);
}

function withBook(scene: Scene, work: (book: OpenBook) => void): void {
  if (scene.books.length > 0) work(scene.random.pick(scene.books));
}

/** An invoice is paid, its parties are paid out, the payment is taken back, others are paid meanwhile, and it is paid again. */
function takeBackAfterPayout(scene: Scene, book: OpenBook): void {
  const open = outstandingMinor(book.invoice);
  if (open > 0n) pay(scene, book, open);
  for (let times = scene.random.int(1, 3); times > 0; times -= 1) payOut(scene);
  reverse(scene, book);
  for (let times = scene.random.int(0, 2); times > 0; times -= 1) payOut(scene);
  const again = outstandingMinor(book.invoice);
  if (again > 0n) pay(scene, book, scene.random.chance(50) ? again : scene.random.part(again));
}

/** Something that happened before is sent once more, also when its month is closed by now. */
function sendAgain(scene: Scene): void {
  const before = posted(scene);
  if (before.length > 0) scene.acts.push(scene.random.pick(before));
}

/** A key that was used comes with another amount. */
function sendOther(scene: Scene): void {
  const before = posted(scene);
  if (before.length === 0) return;
  const [posting] = scene.random.pick(before).postings;
  if (posting === undefined) return;
  scene.post([{ ...posting, reference: { kind: 'simulation', id: 'forged' } }], 'POSTING_KEY_REUSED');
}

/** Postings that no ledger takes. */
function sendNonsense(scene: Scene): void {
  const one = transfer(scene, 5n);
  const [first, second] = one.legs;
  if (first === undefined || second === undefined) return;
  const nonsense: readonly [Posting, string][] = [
    [{ ...one, legs: [first, { ...second, amountMinor: 4n }] }, 'POSTING_UNBALANCED'],
    [
      {
        ...one,
        legs: [
          { ...first, amountMinor: 0n },
          { ...second, amountMinor: 0n },
        ],
      },
      'POSTING_INVALID',
    ],
    [
      {
        ...one,
        legs: [
          { ...first, amountMinor: -5n },
          { ...second, amountMinor: -5n },
        ],
      },
      'POSTING_INVALID',
    ],
    [{ ...one, legs: [{ ...first, amountMinor: 10n ** 18n + 1n }, second] }, 'POSTING_INVALID'],
    [{ ...one, movement: 'bank_debit' }, 'MOVEMENT_NOT_PERMITTED'],
  ];
  const [posting, code] = scene.random.pick(nonsense);
  scene.post([posting], code);
}

function transfer(scene: Scene, amountMinor: bigint): Posting {
  const bank = { owner: scene.owner('bank:1'), kind: 'bank', currency: 'CNY' } as const;
  const clearing = { owner: exchangeOwner, kind: 'clearing:bank_in', currency: 'CNY' } as const;
  return scene.posting('bank_credit', [debit(bank, amountMinor), credit(clearing, amountMinor)]);
}

function posted(scene: Scene): Extract<Act, { kind: 'post' }>[] {
  return scene.acts.flatMap((act) => (act.kind === 'post' && act.refusedAs === undefined ? [act] : []));
}
