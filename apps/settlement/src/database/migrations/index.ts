import type { MigrationClass } from '@hetao/persistence';
import { CreateAgreements1764000000001 } from './0001-agreements.js';
import { CreateLedger1764000000002 } from './0002-ledger.js';
import { GuardLedger1764000000003 } from './0003-ledger-posting.js';
import { CreateInvoices1764000000004 } from './0004-invoices.js';
import { CreateStatements1764000000005 } from './0005-statements.js';
import { CreatePayouts1764000000006 } from './0006-payouts.js';
import { OpenMovements1764000000007 } from './0007-ledger-movements.js';
import { CreateLedgerHeads1764000000008 } from './0008-ledger-heads.js';
import { PostInBatches1764000000009 } from './0009-ledger-batches.js';
import { ReserveMoney1764000000010 } from './0010-ledger-holds.js';
import { ChainLedger1764000000011 } from './0011-ledger-chain.js';
import { AddSplitAndCurrencyKinds1764000000020 } from './0020-ledger-kinds.js';
import { ExtendInvoicing1764000000021 } from './0021-invoicing.js';
import { CreateTaxAndFapiao1764000000022 } from './0022-tax-and-fapiao.js';
import { ExtendRating1764000000023 } from './0023-rating.js';
import { CreateCurrencyRates1764000000024 } from './0024-currency.js';
import { AddReconciliationKinds1764000000030 } from './0030-reconciliation-ledger.js';
import { ReadMoreStatements1764000000031 } from './0031-statement-formats.js';
import { Reconcile1764000000032 } from './0032-reconciliation.js';
import { AddPayoutTerms1764000000033 } from './0033-payout-terms.js';
import { ResolveExceptions1764000000034 } from './0034-exceptions.js';
import { SealPartyStatements1764000000035 } from './0035-party-statements.js';
import { ImportInOperations1764000000037 } from './0037-import-operations.js';
import { TakePaymentsBack1764000000041 } from './0041-taken-back.js';
import { IsolateTenants1764700000042 } from './0042-isolate-tenants.js';
import { GroundSuggestions1764700000043 } from './0043-suggestion-grounds.js';
import { AuditAndRefund1764000000040 } from './0040-audits.js';
import { ChargeFromRelease1764000000039 } from './0039-releases.js';
import { OweSharesBack1764000000038 } from './0038-share-debts.js';
import { AdjustUsage1764000000036 } from './0036-adjustments.js';

/** In the order in which they run. A released one never changes. */
export const settlementMigrations: readonly MigrationClass[] = [
  CreateAgreements1764000000001,
  CreateLedger1764000000002,
  GuardLedger1764000000003,
  CreateInvoices1764000000004,
  CreateStatements1764000000005,
  CreatePayouts1764000000006,
  OpenMovements1764000000007,
  CreateLedgerHeads1764000000008,
  PostInBatches1764000000009,
  ReserveMoney1764000000010,
  ChainLedger1764000000011,
  AddSplitAndCurrencyKinds1764000000020,
  ExtendInvoicing1764000000021,
  CreateTaxAndFapiao1764000000022,
  ExtendRating1764000000023,
  CreateCurrencyRates1764000000024,
  AddReconciliationKinds1764000000030,
  ReadMoreStatements1764000000031,
  Reconcile1764000000032,
  AddPayoutTerms1764000000033,
  ResolveExceptions1764000000034,
  SealPartyStatements1764000000035,
  AdjustUsage1764000000036,
  ImportInOperations1764000000037,
  OweSharesBack1764000000038,
  ChargeFromRelease1764000000039,
  AuditAndRefund1764000000040,
  TakePaymentsBack1764000000041,
  IsolateTenants1764700000042,
  GroundSuggestions1764700000043,
];
