import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { getSandboxReceiptKey, getTrainingRunReceipt, type SandboxJobReceipt } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { CopyText } from '../../kit/copy-text.js';
import { Facts } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { shortId } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { useBasisText } from '../../kit/sandbox/use-basis-text.js';
import { saveFile } from '../../kit/save-file.js';
import { Tag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { certificateFacts, holds } from './certificate.rules.js';
import './run.css';

/** What the sandbox signed of a run that has ended, checked here against its public key. */
export function CertificatePanel({ runId }: { readonly runId: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['training-run-receipt', runId],
    queryFn: async ({ signal }) => {
      const [{ data: receipt }, { data: key }] = await Promise.all([
        getTrainingRunReceipt({ path: { id: runId }, signal, throwOnError: true }),
        getSandboxReceiptKey({ signal, throwOnError: true }),
      ]);
      return { receipt, isGenuine: await holds(receipt, key) };
    },
  });
  return (
    <Panel
      title={t('sandbox.run.certificate.title')}
      extra={query.data !== undefined && <SignatureTag holds={query.data.isGenuine} />}
    >
      <div className="run-certificate">
        <p className="muted small">{t('sandbox.run.certificate.lead')}</p>
        <Loaded query={query}>{({ receipt }) => <Certificate runId={runId} receipt={receipt} />}</Loaded>
      </div>
    </Panel>
  );
}

function SignatureTag({ holds: isGenuine }: { readonly holds: boolean }) {
  const { t } = useTranslation();
  const word = t(isGenuine ? 'sandbox.run.certificate.holds' : 'sandbox.run.certificate.fails');
  return <Tag tone={isGenuine ? 'good' : 'bad'}>{word}</Tag>;
}

function Certificate({ runId, receipt }: { readonly runId: string; readonly receipt: SandboxJobReceipt }) {
  const { t } = useTranslation();
  const format = useFormat();
  const basisText = useBasisText();
  const { issuedAt, isolation, dataHash, agreementId, basis } = certificateFacts(receipt.document);
  const save = () => saveFile(`${runId}.json`, 'application/json', JSON.stringify(receipt, null, 2));
  return (
    <>
      <Facts
        facts={[
          { label: t('sandbox.run.certificate.issued'), value: <Time at={issuedAt} /> },
          { label: t('sandbox.run.certificate.number'), value: format.count(receipt.position) },
          isolation !== null && { label: t('sandbox.run.certificate.isolation'), value: isolation },
          basis !== null && { label: t('sandbox.basis'), value: basisText(basis) },
          agreementId !== null && {
            label: t('nav.contracts'),
            value: (
              <Link to="/contracts/$agreementId" params={{ agreementId }}>
                {shortId(agreementId)}
              </Link>
            ),
          },
          dataHash !== null && {
            label: t('sandbox.run.certificate.data'),
            value: <CopyText text={dataHash} short />,
          },
          { label: t('sandbox.run.certificate.hash'), value: <CopyText text={receipt.hash} short /> },
        ]}
      />
      <div className="actions">
        <Button icon={<DownloadOutlined aria-hidden />} onClick={save}>
          {t('sandbox.run.certificate.save')}
        </Button>
      </div>
    </>
  );
}
