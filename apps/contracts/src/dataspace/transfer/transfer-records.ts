import { Injectable } from '@nestjs/common';
import { TransferAddresses } from './transfer-addresses.js';
import { TransferAgreementRepository } from './transfer-agreements.repository.js';
import { TransferRepository } from './transfer.repository.js';

/** What is written down about transfers, and what they stand on. */
@Injectable()
export class TransferRecords {
  readonly transfers: TransferRepository;
  readonly agreements: TransferAgreementRepository;
  readonly addresses: TransferAddresses;

  constructor(transfers: TransferRepository, agreements: TransferAgreementRepository, addresses: TransferAddresses) {
    this.transfers = transfers;
    this.agreements = agreements;
    this.addresses = addresses;
  }
}
