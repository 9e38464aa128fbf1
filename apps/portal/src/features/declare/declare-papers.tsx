import { Form, Select } from 'antd';
import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomsFinding, CustomsRequirement } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { hashOf } from '../../kit/hash.rules.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import { OTHER_EVIDENCE, waysOf, type Paper } from './declare.rules.js';

interface DeclarePapersProps {
  readonly finding: CustomsFinding;
  readonly way: CustomsRequirement | undefined;
}

/** The papers the chosen way asks for, which of them are there, and where the law leaves a choice, that choice. */
export function DeclarePapers({ finding, way }: DeclarePapersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ways = waysOf(finding);
  return (
    <Panel title={t('declare.papers')}>
      {ways.length > 1 && (
        <Form.Item name="mechanism" label={t('declare.mechanism')}>
          <Select
            aria-label={t('declare.mechanism')}
            placeholder={way && format.text(way.authority)}
            options={ways.map(({ id, authority }) => ({ value: id, label: `${format.text(authority)} · ${id}` }))}
          />
        </Form.Item>
      )}
      {way === undefined || way.documents.length === 0 ? (
        <p className="muted">{t('declare.noPapers')}</p>
      ) : (
        <>
          <p className="muted small">{t('declare.papersHint')}</p>
          {way.documents.map((paper) => (
            <Form.Item key={paper.id} name={['documents', paper.id]} label={format.text(paper.text)}>
              <PaperInput optional={paper.id === OTHER_EVIDENCE} />
            </Form.Item>
          ))}
        </>
      )}
    </Panel>
  );
}

interface PaperInputProps {
  readonly optional: boolean;
  /** Given by the form it stands in. */
  readonly id?: string;
  readonly value?: Paper;
  readonly onChange?: (paper: Paper) => void;
}

/** A file that is named and hashed here, and never sent. */
export function PaperInput({ optional, id, value, onChange }: PaperInputProps) {
  const { t } = useTranslation();
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file !== undefined) onChange?.({ name: file.name, sha256: await hashOf(file) });
  };
  const lacking = optional ? 'optional' : 'lacking';
  return (
    <div className="declare-paper">
      <Tag tone={value !== undefined ? 'good' : optional ? 'draft' : 'waiting'}>
        {t(`declare.${value !== undefined ? 'there' : lacking}`)}
      </Tag>
      <input id={id} type="file" onChange={(event) => void take(event)} />
      {value !== undefined && (
        <span className="small wrap">
          {value.name} <code title={value.sha256}>{value.sha256.slice(0, 12)}…</code>
        </span>
      )}
    </div>
  );
}
