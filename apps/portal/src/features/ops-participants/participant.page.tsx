import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  approveBankDetails,
  getChecklist,
  getParticipant,
  listBankDetails,
  listParticipantHistory,
  type BankDetails,
  type Participant,
  type ParticipantChecklist,
} from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { ActButton } from '../../kit/act-button.js';
import { CopyText } from '../../kit/copy-text.js';
import { Rows } from '../../kit/data-list.js';
import { DetailHead, Facts, Timeline } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { PaperState } from '../../kit/paper-state.js';
import { StatusTag } from '../../kit/status-tag.js';
import type { StatusWord } from '../../kit/status.js';
import { Time } from '../../kit/time.js';
import { AdmissionActions } from './admission-actions.js';

const route = getRouteApi('/ops/participants/$participantId');

/** The newest of everybody's: settlement lists by ids of its own kind, which organisations do not have. */
const MOST_ACCOUNTS = 100;

/** One organisation: what it says of itself, the papers its home asks for, where its money goes, and its history. */
export function ParticipantPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { participantId } = route.useParams();
  const query = useQuery({
    queryKey: ['participant-file', participantId],
    queryFn: async ({ signal }) => {
      const call = { path: { id: participantId }, signal, throwOnError: true } as const;
      const [participant, checklist, history, bank] = await Promise.all([
        getParticipant(call),
        getChecklist(call),
        listParticipantHistory(call),
        listBankDetails({ query: { limit: MOST_ACCOUNTS }, signal, throwOnError: true }),
      ]);
      return {
        participant: participant.data,
        checklist: checklist.data,
        history: history.data.data,
        bank: bank.data.data.filter((details) => details.participant_id === participantId),
      };
    },
  });
  return (
    <Loaded query={query} rows={10}>
      {({ participant, checklist, history, bank }) => (
        <Page
          title={format.text(participant.name)}
          section={t('nav.participants')}
          actions={<AdmissionActions participant={participant} />}
        >
          <DetailHead id={participant.id} path={`/v1/participants/${participant.id}`}>
            <StatusTag status={participant.status} />
          </DetailHead>
          <div className="columns">
            <div>
              <Profile participant={participant} />
              <Papers checklist={checklist} of={participant.status} />
              <Accounts bank={bank} />
            </div>
            <Panel title={t('kit.history')}>
              <Timeline
                entries={history.map((entry) => ({
                  key: String(entry.revision),
                  at: <Time at={entry.at} />,
                  title: <StatusTag status={entry.status_to as StatusWord} />,
                  ...(entry.reason !== null && { detail: entry.reason }),
                }))}
              />
            </Panel>
          </div>
        </Page>
      )}
    </Loaded>
  );
}

function Profile({ participant }: { readonly participant: Participant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { profile, certificate } = participant;
  return (
    <Panel title={t('opsParticipants.profile')}>
      <Facts
        facts={[
          {
            label: t('opsParticipants.role'),
            value: participant.roles.map((role) => t(`opsParticipants.roles.${role}`)).join(' · '),
          },
          { label: t('opsParticipants.place'), value: format.place(participant.jurisdiction) },
          profile && { label: t('opsParticipants.legalName'), value: profile.legal_name },
          profile && { label: t('opsParticipants.registration'), value: profile.registration_number },
          profile && { label: t('opsParticipants.address'), value: profile.address },
          profile && {
            label: t('opsParticipants.contact'),
            value: `${profile.contact.name}, ${profile.contact.email}`,
          },
          certificate !== null && { label: t('opsParticipants.certificate'), value: certificate.number },
          certificate !== null && { label: t('contract.until'), value: <Time at={certificate.valid_until} day /> },
        ].map((fact) => fact ?? false)}
      />
    </Panel>
  );
}

function Papers({ checklist, of }: { readonly checklist: ParticipantChecklist; readonly of: Participant['status'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('opsParticipants.papers')}>
      <section className="scroll" tabIndex={0} aria-label={t('opsParticipants.papers')}>
        <Rows
          label={t('opsParticipants.papers')}
          rows={checklist.items}
          rowKey={({ requirement }) => requirement}
          columns={[
            { key: 'title', title: t('opsListings.paper'), cell: ({ title }) => format.text(title) },
            { key: 'state', title: t('kit.status'), cell: ({ state }) => <PaperState state={state} of={of} /> },
            {
              key: 'article',
              title: t('opsParticipants.article'),
              cell: ({ article_text: article }) => format.text(article),
            },
            { key: 'issuer', title: t('opsListings.issuer'), cell: ({ document }) => document?.issuer ?? '–' },
            {
              key: 'hash',
              title: 'SHA-256',
              cell: ({ document }) => (document === null ? '–' : <CopyText text={document.sha256} short />),
            },
          ]}
        />
      </section>
    </Panel>
  );
}

/** New details get money only once an operator who did not propose them has looked at them. */
function Accounts({ bank }: { readonly bank: readonly BankDetails[] }) {
  const { t } = useTranslation();
  if (bank.length === 0) return null;
  return (
    <Panel title={t('opsParticipants.bank')}>
      <section className="scroll" tabIndex={0} aria-label={t('opsParticipants.bank')}>
        <Rows
          label={t('opsParticipants.bank')}
          rows={bank}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', title: t('opsParticipants.accountName'), cell: ({ account }) => account.name },
            {
              key: 'number',
              title: t('opsParticipants.account'),
              cell: ({ account }) => account.iban ?? account.account_number ?? '–',
            },
            { key: 'status', title: t('kit.status'), cell: ({ status }) => <StatusTag status={status} /> },
            {
              key: 'act',
              title: t('opsParticipants.decide'),
              cell: ({ id, status }) =>
                status === 'proposed' ? (
                  <ActButton
                    small
                    label={t('opsParticipants.approveBank')}
                    done={t('opsParticipants.bankApproved')}
                    act={(headers) => approveBankDetails({ path: { id }, headers, throwOnError: true })}
                  />
                ) : (
                  '–'
                ),
            },
          ]}
        />
      </section>
    </Panel>
  );
}
