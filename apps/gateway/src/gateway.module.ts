import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';
import { ApiClientController } from './api-client/api-client.controller.js';
import { ApiClientRepository } from './api-client/api-client.repository.js';
import { ApiClients } from './api-client/api-clients.use-cases.js';
import { RecogniseToken } from './api-client/recognise-token.use-cases.js';
import { ApiKeyController } from './api-key/api-key.controller.js';
import { ApiKeyRepository } from './api-key/api-key.repository.js';
import { ApiKeys } from './api-key/api-key.use-cases.js';
import { RecogniseApiKey } from './api-key/recognise-api-key.use-cases.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditQueries } from './audit/audit.queries.js';
import { AuditTrail } from './audit/audit.repository.js';
import { ReadMemory } from './database/read-memory.register.js';
import { ExpiredRowsSweeper } from './database/expired-rows.sweeper.js';
import { DeadLetterController } from './dead-letter/dead-letter.controller.js';
import { DeadLetterQueries } from './dead-letter/dead-letter.queries.js';
import { DecideDeadLetter } from './dead-letter/decide-dead-letter.use-cases.js';
import { ServiceDesks } from './dead-letter/service-desks.client.js';
import { IssueManifest } from './delivery-manifest/issue-manifest.use-cases.js';
import { ManifestController } from './delivery-manifest/manifest.controller.js';
import { LicensedFileReader } from './delivery-manifest/licensed-file.reader.js';
import { ManifestQueries } from './delivery-manifest/manifest.queries.js';
import { ManifestSigner } from './delivery-manifest/manifest.signer.js';
import { ManifestRepository } from './delivery-manifest/manifest.repository.js';
import { CallController } from './delivery/call.controller.js';
import { CallQueries } from './delivery/call.queries.js';
import { ConnectProduct } from './delivery/connect-product.use-cases.js';
import { CircuitController } from './delivery/circuit.controller.js';
import { Deliver } from './delivery/deliver.use-cases.js';
import { DeliveryJobs } from './delivery/delivery.jobs.js';
import { DeliveryKeysController } from './delivery/delivery-keys.controller.js';
import { DeliveryRepository } from './delivery/delivery.repository.js';
import { DeliverySubscriber } from './delivery/delivery.subscriber.js';
import { EndpointController } from './delivery/endpoint.controller.js';
import { MerchantCircuits } from './delivery/merchant-circuits.register.js';
import { EndpointQueries } from './delivery/endpoint.queries.js';
import { PermitDelivery } from './delivery/permit.use-cases.js';
import { ReleaseSubscriber } from './delivery/release.subscriber.js';
import { ReportUsage } from './delivery/report-usage.use-cases.js';
import { RunningDeliveries } from './delivery/running-deliveries.register.js';
import { TransferTokens } from './delivery/transfer-token.use-cases.js';
import { DeviceLoginController } from './device-login/device-login.controller.js';
import { DeviceLoginRepository } from './device-login/device-login.repository.js';
import { DeviceLogins } from './device-login/device-login.use-cases.js';
import { DocsController } from './docs/docs.controller.js';
import { PublicApi } from './docs/public-api.queries.js';
import { GatewayOpening } from './gateway.opening.js';
import { HomeController } from './home/home.controller.js';
import { TradeQueries } from './home/trade.queries.js';
import { AccountRepository } from './identity/account.repository.js';
import { DemoAccounts } from './identity/demo-accounts.use-cases.js';
import { IdentityRules } from './identity/identity.rules.js';
import { InvitationController } from './identity/invitation.controller.js';
import { InvitationRepository } from './identity/invitation.repository.js';
import { Invitations } from './identity/invitations.use-cases.js';
import { JoinController } from './identity/join.controller.js';
import { Join } from './identity/join.use-cases.js';
import { MemberController } from './identity/member.controller.js';
import { AddMember, OpenAccount } from './identity/member.use-cases.js';
import { Members } from './identity/members.use-cases.js';
import { MembershipController } from './identity/membership.controller.js';
import { OrganisationDirectory } from './identity/organisation.directory.js';
import { OrganisationSubscriber } from './identity/organisation.subscriber.js';
import { PasswordHasher } from './identity/password.hasher.js';
import { SeedAccounts } from './identity/seed-accounts.use-cases.js';
import { SetupLinks } from './identity/setup-link.use-cases.js';
import { SetupController } from './identity/setup.controller.js';
import { SignInFailureRepository } from './identity/sign-in-failure.repository.js';
import { CheckPassword } from './identity/sign-in.use-cases.js';
import { TeamNews } from './identity/team-news.jobs.js';
import { IdentifyController } from './oidc/identify.controller.js';
import { Interactions } from './oidc/interaction.reply.js';
import { OidcProvider } from './oidc/oidc.provider.js';
import { ProveIdentity } from './oidc/prove-identity.use-cases.js';
import { SigningKeysRepository } from './oidc/signing-keys.repository.js';
import { Visitors } from './page/visitors.page.js';
import { PasskeyController } from './passkey/passkey.controller.js';
import { PasskeyRepository } from './passkey/passkey.repository.js';
import { PasskeySignInController } from './passkey/passkey-sign-in.controller.js';
import { PasskeySignIn } from './passkey/passkey-sign-in.use-cases.js';
import { Passkeys } from './passkey/passkeys.use-cases.js';
import { RelyingParty } from './passkey/relying-party.codec.js';
import { PersonaController } from './portal/persona.controller.js';
import { PortalReply } from './portal/portal.reply.js';
import { SwitchPersona } from './portal/switch-persona.use-cases.js';
import { Door } from './routing/door.hook.js';
import { ServiceClient } from './routing/service.client.js';
import { CheckCode } from './second-factor/check-code.use-cases.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecondFactorRepository } from './second-factor/second-factor.repository.js';
import { SecondFactors } from './second-factor/second-factor.use-cases.js';
import { Authenticate } from './session/authenticate.use-cases.js';
import { CallerRegister } from './session/caller.register.js';
import { OpenIdClient } from './session/openid.client.js';
import { OutsideIdentityRepository } from './session/outside-identity.repository.js';
import { RecogniseMember } from './session/recognise-member.use-cases.js';
import { SessionController } from './session/session.controller.js';
import { SessionRepository } from './session/session.repository.js';
import { Sessions } from './session/session.use-cases.js';
import { SignInController } from './session/sign-in.controller.js';
import { SignIn } from './session/sign-in.use-cases.js';
import { SignOut } from './session/sign-out.use-cases.js';
import { EndpointNews } from './webhook/endpoint-news.use-cases.js';
import { PostWebhook } from './webhook/post-webhook.use-cases.js';
import { ReplayWebhooks } from './webhook/replay-webhooks.use-cases.js';
import { SendWebhooks } from './webhook/send-webhooks.use-cases.js';
import { TellWebhooks } from './webhook/tell-webhooks.use-cases.js';
import { WebhookDeliveryController } from './webhook/webhook-delivery.controller.js';
import { WebhookEndpoints } from './webhook/webhook-endpoint.use-cases.js';
import { SystemController } from './system/system.controller.js';
import { SystemQueries } from './system/system.queries.js';
import { WebhookController } from './webhook/webhook.controller.js';
import { WebhookJobs } from './webhook/webhook.jobs.js';
import { WebhookQueries } from './webhook/webhook.queries.js';
import { WebhookQueue } from './webhook/webhook.queue.js';
import { WebhookRepository } from './webhook/webhook.repository.js';
import { WebhookSubscriber } from './webhook/webhook.subscriber.js';

/**
 * The features of the door. They are one module: accounts, keys and sessions are read together on every request, and
 * a module each would export all of its insides to the others.
 */
@Module({
  imports: [ClearanceModule],
  controllers: [
    ApiClientController,
    ApiKeyController,
    AuditController,
    CallController,
    CircuitController,
    DeadLetterController,
    DeliveryKeysController,
    DeliverySubscriber,
    DeviceLoginController,
    DocsController,
    EndpointController,
    HomeController,
    IdentifyController,
    InvitationController,
    JoinController,
    ManifestController,
    MemberController,
    MembershipController,
    OrganisationSubscriber,
    PasskeyController,
    PasskeySignInController,
    PersonaController,
    ReleaseSubscriber,
    SecondFactorController,
    SessionController,
    SetupController,
    SignInController,
    SystemController,
    WebhookController,
    WebhookDeliveryController,
    WebhookSubscriber,
  ],
  providers: [
    AccountRepository,
    AddMember,
    ApiClientRepository,
    ApiClients,
    ApiKeyRepository,
    ApiKeys,
    AuditQueries,
    AuditTrail,
    Authenticate,
    CallerRegister,
    CallQueries,
    CheckCode,
    CheckPassword,
    ConnectProduct,
    DeadLetterQueries,
    DecideDeadLetter,
    Deliver,
    DeliveryJobs,
    DeliveryRepository,
    DemoAccounts,
    DeviceLoginRepository,
    DeviceLogins,
    Door,
    EndpointNews,
    EndpointQueries,
    ExpiredRowsSweeper,
    GatewayOpening,
    IdentityRules,
    Interactions,
    InvitationRepository,
    Invitations,
    IssueManifest,
    Join,
    LicensedFileReader,
    ManifestQueries,
    ManifestRepository,
    ManifestSigner,
    Members,
    MerchantCircuits,
    OidcProvider,
    OpenAccount,
    OpenIdClient,
    OrganisationDirectory,
    OutsideIdentityRepository,
    PasskeyRepository,
    Passkeys,
    PasskeySignIn,
    PasswordHasher,
    PermitDelivery,
    PortalReply,
    PostWebhook,
    ProveIdentity,
    PublicApi,
    ReadMemory,
    RecogniseApiKey,
    RecogniseMember,
    RecogniseToken,
    RelyingParty,
    ReplayWebhooks,
    ReportUsage,
    RunningDeliveries,
    SecondFactorRepository,
    SecondFactors,
    SeedAccounts,
    SendWebhooks,
    ServiceClient,
    ServiceDesks,
    SessionRepository,
    Sessions,
    SystemQueries,
    SetupLinks,
    SignIn,
    SignInFailureRepository,
    SigningKeysRepository,
    SignOut,
    SwitchPersona,
    TeamNews,
    TellWebhooks,
    TradeQueries,
    TransferTokens,
    Visitors,
    WebhookEndpoints,
    WebhookJobs,
    WebhookQueries,
    WebhookQueue,
    WebhookRepository,
  ],
})
export class GatewayModule {}
