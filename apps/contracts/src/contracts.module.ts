import { Module } from '@nestjs/common';
import { AgreementModule } from './agreement/agreement.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { EntitlementModule } from './entitlement/entitlement.module.js';
import { NegotiationModule } from './negotiation/negotiation.module.js';
import { OfferModule } from './offer/offer.module.js';
import { SweepModule } from './sweep/sweep.module.js';

@Module({
  imports: [DirectoryModule, OfferModule, NegotiationModule, AgreementModule, EntitlementModule, SweepModule],
})
export class ContractsModule {}
