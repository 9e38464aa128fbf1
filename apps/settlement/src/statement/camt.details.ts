import type { LineSide, PaymentDetail } from './statement.js';
import { childOf, childrenOf, findAt, malformed, requireAt, textAt, type XmlElement } from './camt.xml.js';

/** What the detail inherits from its entry, and how amounts are read. */
export interface EntryContext {
  readonly side: LineSide;
  readonly currency: string;
  readonly amountOf: (element: XmlElement) => { amountMinor: bigint; currency: string };
}

/** Words banks write where the payer gave no reference. */
const NO_REFERENCE = /^(NOTPROVIDED|NOT PROVIDED|NONREF|NONE)$/i;
/** Where a payment's own amount may stand, the entry's currency first; version 2 knows only `AmtDtls`. */
const AMOUNT_PATHS = ['Amt', 'AmtDtls/TxAmt/Amt', 'AmtDtls/CntrValAmt/Amt', 'AmtDtls/InstdAmt/Amt'];
const MAX_TEXT = 500;

/** Reads one `TxDtls`: references, parties, and what the payer wrote. */
export function detailOf(element: XmlElement, context: EntryContext): PaymentDetail {
  const side = childOf(element, 'CdtDbtInd') === undefined ? context.side : sideOf(element);
  const party = side === 'credit' ? 'Dbtr' : 'Cdtr';
  return {
    amountMinor: amountInEntryCurrency(element, context),
    side,
    endToEndId: endToEndIdOf(element),
    bankReference: textAt(element, 'Refs/AcctSvcrRef') ?? null,
    remittance: remittanceOf(element),
    // From version 8 the name stands one level deeper, since a party may be a person or an agent.
    counterpartyName: clipped(textAt(element, `RltdPties/${party}/Nm`) ?? textAt(element, `RltdPties/${party}/Pty/Nm`)),
    counterpartyAccount: clipped(
      textAt(element, `RltdPties/${party}Acct/Id/IBAN`) ?? textAt(element, `RltdPties/${party}Acct/Id/Othr/Id`),
    ),
    returnReason: returnReasonOf(element),
  };
}

/** `CRDT` or `DBIT` of a balance, entry or payment. */
export function sideOf(element: XmlElement): LineSide {
  const indicator = requireAt(element, 'CdtDbtInd');
  if (indicator.text === 'CRDT') return 'credit';
  if (indicator.text === 'DBIT') return 'debit';
  throw malformed(indicator.place, `"${indicator.text.slice(0, 40)}" is neither CRDT nor DBIT`);
}

function amountInEntryCurrency(element: XmlElement, { currency, amountOf }: EntryContext): bigint | null {
  for (const path of AMOUNT_PATHS) {
    const found = findAt(element, path);
    if (found === undefined) continue;
    const amount = amountOf(found);
    if (amount.currency === currency) return amount.amountMinor;
  }
  return null;
}

/** The code of `RtrInf`, or the fact that the bank transaction code says "return" (RRTN). */
function returnReasonOf(element: XmlElement): string | null {
  const code = textAt(element, 'RtrInf/Rsn/Cd') ?? textAt(element, 'RtrInf/Rsn/Prtry');
  if (code !== undefined) return code.slice(0, 35);
  const isReturn = childOf(element, 'RtrInf') !== undefined || textAt(element, 'BkTxCd/Domn/Fmly/SubFmlyCd') === 'RRTN';
  return isReturn ? 'NARR' : null;
}

function endToEndIdOf(element: XmlElement): string | null {
  const text = textAt(element, 'Refs/EndToEndId');
  return text === undefined || NO_REFERENCE.test(text) ? null : text.slice(0, MAX_TEXT);
}

function remittanceOf(element: XmlElement): readonly string[] {
  const information = childOf(element, 'RmtInf');
  const unstructured = information === undefined ? [] : childrenOf(information, 'Ustrd').map(({ text }) => text);
  const structured =
    information === undefined
      ? []
      : childrenOf(information, 'Strd').flatMap((part) => [
          textAt(part, 'CdtrRefInf/Ref'),
          textAt(part, 'RfrdDocInf/Nb'),
          textAt(part, 'AddtlRmtInf'),
        ]);
  return [...unstructured, ...structured, textAt(element, 'AddtlTxInf')].filter(
    (text): text is string => text !== undefined && text !== '',
  );
}

function clipped(text: string | undefined): string | null {
  return text === undefined ? null : text.slice(0, MAX_TEXT);
}
