import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { EnclaveModule } from '../enclave/enclave.module.js';
import { IsolationModule } from '../isolation/isolation.module.js';
import { JobModule } from '../job/job.module.js';
import { EnclaveDesks } from './enclave-desk.maker.js';
import { LicenceController } from './licence.controller.js';
import { LicenceQueries } from './licence.queries.js';
import { LiveSessions } from './live-sessions.register.js';
import { OpenSession } from './open-session.use-cases.js';
import { RecordingController } from './recording.controller.js';
import { RecordingQueries } from './recording.queries.js';
import { ScreenMaker } from './screen.maker.js';
import { SealAbandoned } from './seal-abandoned.use-cases.js';
import { SessionOversightController } from './session-oversight.controller.js';
import { HouseSessions } from './session-house.use-cases.js';
import { SessionAccess } from './session.access.js';
import { SessionController } from './session.controller.js';
import { SessionJobs } from './session.jobs.js';
import { SessionQueries } from './session.queries.js';
import { SessionRepository } from './session.repository.js';
import { PixelSessions } from './session.use-cases.js';
import { StreamController } from './stream.controller.js';
import { StreamUpgrades } from './stream.upgrades.js';

/** Pixel sessions: asked for, approved, watched, recorded, sealed. */
@Module({
  imports: [AccessModule, IsolationModule, EnclaveModule, JobModule],
  controllers: [
    LicenceController,
    RecordingController,
    StreamController,
    SessionOversightController,
    SessionController,
  ],
  providers: [
    ...[PixelSessions, HouseSessions, OpenSession, SessionRepository, SessionQueries, RecordingQueries, LicenceQueries],
    ...[LiveSessions, ScreenMaker, EnclaveDesks, SessionAccess, StreamUpgrades, SessionJobs, SealAbandoned],
  ],
})
export class PixelSessionModule {}
