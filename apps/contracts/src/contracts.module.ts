import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';
import { AgreementModule } from './agreement/agreement.module.js';
import { DataspaceModule } from './dataspace/dataspace.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { DisputeModule } from './dispute/dispute.module.js';
import { EntitlementModule } from './entitlement/entitlement.module.js';
import { NegotiationModule } from './negotiation/negotiation.module.js';
import { OfferModule } from './offer/offer.module.js';
import { PolicyModule } from './policy/policy.module.js';
import { SigningKeyModule } from './signing-key/signing-key.module.js';
import { SimulationModule } from './simulator/simulation.module.js';
import { SweepModule } from './sweep/sweep.module.js';

// Clearance first: what it learns of a release is read by the agreement that waited for it.
@Module({
  imports: [
    ClearanceModule,
    DirectoryModule,
    PolicyModule,
    SigningKeyModule,
    OfferModule,
    NegotiationModule,
    AgreementModule,
    EntitlementModule,
    DisputeModule,
    SimulationModule,
    SweepModule,
    DataspaceModule,
  ],
})
export class ContractsModule {}
