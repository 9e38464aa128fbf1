import { useTranslation } from 'react-i18next';
import type { Participant, ParticipantChecklist } from '@hetao/client';
import { StatusTag, Tag } from './status-tag.js';

/** How a paper of an application stands. Nothing is missing from an organisation that was admitted without it. */
export function PaperState({
  state,
  of,
}: {
  readonly state: ParticipantChecklist['items'][number]['state'];
  readonly of: Participant['status'];
}) {
  const { t } = useTranslation();
  return state === 'missing' && of === 'approved' ? (
    <Tag tone="over">{t('kit.notOnFile')}</Tag>
  ) : (
    <StatusTag status={state} />
  );
}
