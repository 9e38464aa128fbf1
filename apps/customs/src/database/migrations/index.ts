import { RuleSetsDeclarationsReleases1764500000001 } from './1764500000001-rule-sets-declarations-releases.js';
import { Consultations1764500000002 } from './1764500000002-consultations.js';
import { CountingClocksAndRisk1764500000010 } from './1764500000010-counting-clocks-and-risk.js';
import { PrecedentsAttachmentsAndReports1764500000011 } from './1764500000011-precedents-attachments-and-reports.js';
import { DeclarationContents1764600000011 } from './1764600000011-declaration-contents.js';
import { RiskOfHolds1764500000013 } from './1764500000013-risk-of-holds.js';
import { ConsultationAuthors1764500000012 } from './1764500000012-consultation-authors.js';

/** The migrations of customs in the order they run. */
export const customsMigrations = [
  RuleSetsDeclarationsReleases1764500000001,
  Consultations1764500000002,
  CountingClocksAndRisk1764500000010,
  PrecedentsAttachmentsAndReports1764500000011,
  DeclarationContents1764600000011,
  ConsultationAuthors1764500000012,
  RiskOfHolds1764500000013,
];
