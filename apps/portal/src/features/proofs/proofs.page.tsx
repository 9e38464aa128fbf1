import { useQuery } from '@tanstack/react-query';
import { Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getLogKeys } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { CopyText } from '../../kit/copy-text.js';
import { Loaded } from '../../kit/loaded.js';
import { Page, Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { hashOf } from '../../kit/hash.rules.js';

interface Hashed {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Proof without the data: a file is hashed here and goes nowhere; receipts are verified by a page that needs no exchange. */
export function ProofsPage() {
  const { t, i18n } = useTranslation();
  const keys = useQuery({
    queryKey: ['log-keys'],
    queryFn: async ({ signal }) => (await getLogKeys({ signal, throwOnError: true })).data,
  });
  return (
    <Page title={t('nav.proofs')} lead={t('proofs.lead')}>
      <FileHash />
      <Panel title={t('proofs.verify')}>
        <p className="long-text">{t('proofs.verifyLead')}</p>
        <a className="button" href={`/v1/attestation-log/verifier?lang=${i18n.language}`}>
          {t('proofs.open')}
        </a>
      </Panel>
      <Panel title={t('proofs.log')}>
        <Loaded query={keys}>{(data) => <CopyText text={JSON.stringify(data)} />}</Loaded>
      </Panel>
    </Page>
  );
}

function FileHash() {
  const { t } = useTranslation();
  const format = useFormat();
  const [hashed, setHashed] = useState<readonly Hashed[]>([]);
  const [error, setError] = useState<unknown>(undefined);
  const take = async (file: File) => {
    try {
      const sha256 = await hashOf(file);
      setHashed((before) => [{ name: file.name, bytes: file.size, sha256 }, ...before]);
      setError(undefined);
    } catch (fault) {
      setError(fault);
    }
  };
  return (
    <Panel title={t('proofs.hash')}>
      <Upload.Dragger
        multiple
        showUploadList={false}
        beforeUpload={(file) => {
          void take(file);
          // It stays on this machine: nothing is ever uploaded here.
          return false;
        }}
      >
        <p>{t('proofs.drop')}</p>
        <p className="muted small">{t('proofs.stays')}</p>
      </Upload.Dragger>
      {error !== undefined && <ProblemAlert error={error} />}
      <ul className="hashes" role="status">
        {hashed.map((file) => (
          <li key={`${file.name}${file.sha256}`}>
            <strong>{file.name}</strong> <span className="muted">{format.bytes(file.bytes)}</span>
            <br />
            <CopyText label="SHA-256" text={file.sha256} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
