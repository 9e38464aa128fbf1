import { Module } from '@nestjs/common';
import { BankDetailsController } from './bank-details.controller.js';
import { BankDetailsStore } from './bank-details.store.js';

/** Where parties are paid, changed by two people and not at once. */
@Module({ controllers: [BankDetailsController], providers: [BankDetailsStore] })
export class BankDetailsModule {}
