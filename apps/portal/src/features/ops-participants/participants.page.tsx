import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listParticipants, type Participant } from '@hetao/client';
import { without } from '../../app/search.js';
import { useFormat } from '../../i18n/use-format.js';
import { DataList, type Column } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { Filters, FilterSelect } from '../../kit/filters.js';
import { Page } from '../../kit/page.js';
import { StatusTag, Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { participantRoles, participantStatuses } from './participant-status.js';
import { certificateState } from './participant.rules.js';

const route = getRouteApi('/ops/participants');

/** Organisations of the exchange: where their admission stands, and how long their certificates last. */
export function ParticipantsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useCursorList(['participants', search], ({ page, signal }) =>
    listParticipants({ query: { ...search, ...page }, signal, throwOnError: true }),
  );
  return (
    <Page title={t('nav.participants')} lead={t('opsParticipants.lead')}>
      <Filters>
        <FilterSelect
          label={t('kit.status')}
          value={search.status}
          options={participantStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) =>
            void navigate({ search: status === undefined ? without(search, 'status') : { ...search, status } })
          }
        />
        <FilterSelect
          label={t('opsParticipants.role')}
          value={search.role}
          options={participantRoles.map((value) => ({ value, label: t(`opsParticipants.roles.${value}`) }))}
          onChange={(role) =>
            void navigate({ search: role === undefined ? without(search, 'role') : { ...search, role } })
          }
        />
      </Filters>
      <DataList
        label={t('nav.participants')}
        list={list}
        rowKey={({ id }) => id}
        file="participants"
        empty={<Empty title={t('opsParticipants.none')}>{t('opsListings.noneHint')}</Empty>}
        columns={useParticipantColumns()}
      />
    </Page>
  );
}

function useParticipantColumns(): readonly Column<Participant>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const [now] = useState(() => Date.now());
  return [
    {
      key: 'name',
      title: t('opsParticipants.name'),
      cell: ({ id, name }) => (
        <Link to="/ops/participants/$participantId" params={{ participantId: id }}>
          {format.text(name)}
        </Link>
      ),
      text: ({ name }) => format.text(name),
    },
    {
      key: 'roles',
      title: t('opsParticipants.role'),
      cell: ({ roles }) => roles.map((role) => t(`opsParticipants.roles.${role}`)).join(' · '),
      text: ({ roles }) => roles.join(' '),
    },
    {
      key: 'place',
      title: t('opsParticipants.place'),
      cell: ({ jurisdiction }) => format.place(jurisdiction),
      text: (row) => row.jurisdiction,
    },
    {
      key: 'status',
      title: t('kit.status'),
      cell: ({ status }) => <StatusTag status={status} />,
      text: ({ status }) => status,
    },
    {
      key: 'certificate',
      title: t('opsParticipants.certificate'),
      cell: ({ certificate }) =>
        certificate === null ? '–' : <CertificateUntil until={certificate.valid_until} now={now} />,
      text: ({ certificate }) => certificate?.valid_until ?? '',
    },
  ];
}

const TONE = { valid: 'good', soon: 'warn', expired: 'bad' } as const;

function CertificateUntil({ until, now }: { readonly until: string; readonly now: number }) {
  const { t } = useTranslation();
  const state = certificateState(until, now);
  return (
    <>
      <Tag tone={TONE[state]}>{t(`opsParticipants.certificates.${state}`)}</Tag> <Time at={until} day />
    </>
  );
}
