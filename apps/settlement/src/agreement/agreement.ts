import type { LocalizedText } from '@hetao/kernel';
import type { AnyPricePlan } from '@hetao/rating';

/** What settlement needs of an agreement. Parties and prices never change once it is concluded. */
export interface Agreement {
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  /** Who brought the buyer and gets the channel's share; often nobody. */
  readonly channelPartnerId: string | null;
  readonly plan: AnyPricePlan;
  /** SHA-256 of the document both sides signed. */
  readonly documentHash: string;
  readonly effectiveFrom: Date;
  readonly effectiveUntil: Date;
  readonly concludedAt: Date;
  /** Zone whose days part periods are counted in; null for plans that know no part periods. */
  readonly timeZone: string | null;
  /** When it ended before it was to; null while it runs. */
  readonly endedAt: Date | null;
}

/** Where a participant's money goes. */
export interface BankAccount {
  readonly iban?: string | undefined;
  readonly accountNumber?: string | undefined;
  readonly name: string;
  readonly bic?: string | undefined;
}

/** What settlement needs of a participant. */
export interface Participant {
  readonly participantId: string;
  readonly name: LocalizedText;
  readonly jurisdiction: string;
  readonly homeCurrency: string;
  readonly bankAccount: BankAccount | null;
  readonly approvedAt: Date;
}
