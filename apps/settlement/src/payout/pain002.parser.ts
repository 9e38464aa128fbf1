import { DomainException, err, ok, type Result } from '@hetao/kernel';
import { childrenOf, findAt, readXml, textAt, type XmlElement } from '../statement/camt.xml.js';
import { statementErrors, type StatementError } from '../statement/statement.errors.js';
import { payoutErrors, type PayoutError } from './payout.errors.js';

/** What a bank says about one payment of a file. */
export interface PaymentStatus {
  readonly endToEndId: string;
  /** `RJCT`, `ACSC`, … of ISO 20022 ExternalPaymentTransactionStatus1Code. */
  readonly status: string;
  /** `AC04`, … of ISO 20022 ExternalStatusReason1Code; null where none was given. */
  readonly reason: string | null;
}

/** A payment status report. */
export interface StatusReport {
  readonly messageId: string;
  readonly originalMessageId: string;
  /** Of the whole file; null where the bank speaks of single payments only. */
  readonly groupStatus: string | null;
  readonly groupReason: string | null;
  readonly payments: readonly PaymentStatus[];
}

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.\d{2}$/;

/** Reads ISO 20022 pain.002 (CustomerPaymentStatusReport) of any version. */
export function parsePain002(bytes: Uint8Array): Result<StatusReport, StatementError | PayoutError> {
  try {
    return reportOf(readXml(bytes));
  } catch (error) {
    if (error instanceof DomainException && error.problem.code in statementErrors) {
      return err(error.problem as StatementError);
    }
    throw error;
  }
}

function reportOf(document: XmlElement): Result<StatusReport, PayoutError> {
  const report = findAt(document, 'CstmrPmtStsRpt');
  if (!NAMESPACE.test(document.namespace) || report === undefined) {
    return err(
      payoutErrors.STATUS_REPORT_INVALID(
        `line 1: the root is ${document.name} of "${document.namespace.slice(0, 200)}".`,
      ),
    );
  }
  const messageId = textAt(report, 'GrpHdr/MsgId');
  const originalMessageId = textAt(report, 'OrgnlGrpInfAndSts/OrgnlMsgId');
  if (messageId === undefined || originalMessageId === undefined) {
    return err(payoutErrors.STATUS_REPORT_INVALID('GrpHdr/MsgId or OrgnlGrpInfAndSts/OrgnlMsgId is missing.'));
  }
  const payments = childrenOf(report, 'OrgnlPmtInfAndSts').flatMap((block) => {
    const blockStatus = textAt(block, 'PmtInfSts');
    return childrenOf(block, 'TxInfAndSts').flatMap((element): PaymentStatus[] => {
      const endToEndId = textAt(element, 'OrgnlEndToEndId');
      const status = textAt(element, 'TxSts') ?? blockStatus;
      return endToEndId === undefined || status === undefined
        ? []
        : [{ endToEndId, status, reason: reasonOf(element) }];
    });
  });
  const group = findAt(report, 'OrgnlGrpInfAndSts');
  return ok({
    messageId,
    originalMessageId,
    groupStatus: textAt(report, 'OrgnlGrpInfAndSts/GrpSts') ?? null,
    groupReason: group === undefined ? null : reasonOf(group),
    payments,
  });
}

function reasonOf(element: XmlElement): string | null {
  return textAt(element, 'StsRsnInf/Rsn/Cd') ?? textAt(element, 'StsRsnInf/Rsn/Prtry') ?? null;
}
