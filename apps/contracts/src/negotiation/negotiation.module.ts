import { Module } from '@nestjs/common';
import { AgreementModule } from '../agreement/agreement.module.js';
import { ApprovalModule } from '../approval/approval.module.js';
import { ConformanceModule } from '../dataspace/conformance/conformance.module.js';
import { ScriptedNegotiations } from '../dataspace/conformance/scripted-negotiations.js';
import { HeardMessages } from '../dataspace/negotiation/heard-messages.repository.js';
import { NegotiationDeliveries } from '../dataspace/negotiation/negotiation-deliveries.js';
import { NegotiationHearing } from '../dataspace/negotiation/negotiation-hearing.js';
import { NegotiationProcesses } from '../dataspace/negotiation/negotiation-processes.queries.js';
import { NegotiationProtocolController } from '../dataspace/negotiation/negotiation-protocol.controller.js';
import { PeerAgreementRepository } from '../dataspace/negotiation/peer-agreement.repository.js';
import { PeerMessages } from '../dataspace/negotiation/peer-messages.js';
import { OpenForPeer, ReceiveMessage } from '../dataspace/negotiation/receive-message.use-cases.js';
import { WireNegotiationPost } from '../dataspace/negotiation/wire-negotiation.post.js';
import { OutboundModule } from '../dataspace/outbound/outbound.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { OfferModule } from '../offer/offer.module.js';
import { AgreementFollower } from './agreement.follower.js';
import { BusinessReactions } from './business.reactions.js';
import { NegotiatedAgreement } from './negotiated-agreement.use-cases.js';
import { NegotiationConduct } from './negotiation-conduct.use-cases.js';
import { NegotiationController } from './negotiation.controller.js';
import { NegotiationJournal } from './negotiation.journal.js';
import { NegotiationPost } from './negotiation.post.js';
import { NegotiationHistoryController } from './negotiation-history.controller.js';
import { NegotiationHistoryQueries } from './negotiation-history.queries.js';
import { NegotiationQueries } from './negotiation.queries.js';
import { NegotiationReactions } from './negotiation.reactions.js';
import { NegotiationRepository } from './negotiation.repository.js';
import { NegotiationSettingsController } from './negotiation-settings.controller.js';
import { NegotiationSettingsRepository } from './negotiation-settings.repository.js';
import { NegotiationSteward } from './negotiation-steward.use-cases.js';
import { SetNegotiationSettings } from './negotiation-settings.use-cases.js';
import { AnswerRequest, ExpireRequest, RequestAccess } from './negotiation.use-cases.js';
import { PeerContacts } from './peer-contacts.queries.js';
import { PeerNegotiationController } from './peer-negotiation.controller.js';
import { PeerNegotiationQueries } from './peer-negotiation.queries.js';
import { AnswerPeer, NegotiateWithPeer } from './peer-negotiation.use-cases.js';

@Module({
  imports: [ApprovalModule, DirectoryModule, OfferModule, AgreementModule, OutboundModule, ConformanceModule],
  controllers: [
    NegotiationController,
    NegotiationHistoryController,
    PeerNegotiationController,
    NegotiationSettingsController,
    NegotiationProtocolController,
  ],
  providers: [
    NegotiationRepository,
    NegotiationQueries,
    NegotiationHistoryQueries,
    NegotiationSettingsRepository,
    NegotiatedAgreement,
    NegotiationJournal,
    NegotiationConduct,
    NegotiationSteward,
    AgreementFollower,
    RequestAccess,
    AnswerRequest,
    ExpireRequest,
    PeerContacts,
    PeerNegotiationQueries,
    NegotiateWithPeer,
    AnswerPeer,
    SetNegotiationSettings,
    BusinessReactions,
    { provide: NegotiationReactions, useClass: ScriptedNegotiations },
    { provide: NegotiationPost, useClass: WireNegotiationPost },
    PeerAgreementRepository,
    PeerMessages,
    HeardMessages,
    NegotiationHearing,
    NegotiationDeliveries,
    NegotiationProcesses,
    OpenForPeer,
    ReceiveMessage,
  ],
  exports: [ExpireRequest, NegotiationRepository, NegotiationConduct, NegotiateWithPeer, PeerAgreementRepository],
})
export class NegotiationModule {}
