import { useTranslation } from 'react-i18next';
import { listSandboxJobs, submitOutput, type SandboxJob } from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import { DataList } from '../../kit/data-list.js';
import { Empty } from '../../kit/empty.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { useCursorList } from '../../kit/use-cursor-list.js';
import { AskLine } from './ask-line.js';
import { maySubmit, usedOf } from './job.rules.js';

/** Jobs as they run; a table that came out of the data can be sent to its reviewers. */
export function JobList() {
  const { t } = useTranslation();
  const list = useCursorList(['sandbox-jobs'], ({ page, signal }) =>
    listSandboxJobs({ query: page, signal, throwOnError: true }),
  );
  return (
    <DataList
      label={t('sandbox.jobs')}
      list={list}
      rowKey={(row) => row.id}
      empty={<Empty title={t('sandbox.noJobs')}>{t('sandbox.noJobsHint')}</Empty>}
      columns={[
        { key: 'job', title: t('sandbox.job'), cell: (row) => <JobName job={row} /> },
        {
          key: 'on',
          title: t('sandbox.runsOn'),
          cell: (row) => (row.dry_run ? t('sandbox.twin') : t('sandbox.data')),
        },
        { key: 'status', title: t('kit.status'), cell: (row) => <StatusTag status={row.state} /> },
        { key: 'used', title: t('sandbox.used'), cell: (row) => usedOf(row).join(' · ') || '–' },
        { key: 'since', title: t('sandbox.since'), cell: (row) => <Time at={row.changed_at} near /> },
        { key: 'submit', title: t('sandbox.output'), cell: (row) => <Submit job={row} /> },
      ]}
    />
  );
}

function JobName({ job: { kind, id } }: { readonly job: SandboxJob }) {
  return (
    <>
      {kind} <code className="muted small">{id.slice(-6)}</code>
    </>
  );
}

function Submit({ job }: { readonly job: SandboxJob }) {
  const { t } = useTranslation();
  if (!maySubmit(job, signedIn().account_id)) return <span className="muted">–</span>;
  return (
    <AskLine
      label={t('sandbox.submit')}
      hint={t('sandbox.submitHint')}
      field={t('sandbox.outputTitle')}
      done={t('sandbox.submitted')}
      act={(title, headers) => submitOutput({ body: { job_id: job.id, title }, headers, throwOnError: true })}
    />
  );
}
