import { Module } from '@nestjs/common';
import { AgreementModule } from '../agreement/agreement.module.js';
import { BillingTermsController } from './billing-terms.controller.js';
import { SetBillingTerms } from './billing-terms.use-case.js';

@Module({ imports: [AgreementModule], controllers: [BillingTermsController], providers: [SetBillingTerms] })
export class BillingTermsModule {}
