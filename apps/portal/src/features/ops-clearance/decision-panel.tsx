import { Button, Form, Input, InputNumber } from 'antd';
import { useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  issueRelease,
  passDeclaration,
  refuseDeclaration,
  type Declaration,
  type DeclarationContentRead,
  type OfficialDecision,
} from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { CopyText } from '../../kit/copy-text.js';
import { Facts } from '../../kit/detail.js';
import { PersonName } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { Time } from '../../kit/time.js';
import { useDraft } from '../../kit/use-draft.js';
import { hashOf } from '../../kit/hash.rules.js';
import { officerMoves } from './clearance.rules.js';

type Persons = DeclarationContentRead['form']['persons'];

interface DecisionPanelProps {
  readonly declaration: Declaration;
  /** How many the exporter declared: a release reaches no further. */
  readonly persons: Persons;
  readonly decidedBy: string | null;
}

/** What the authority decided, entered by one officer; released by another. */
export function DecisionPanel({ declaration, persons, decidedBy }: DecisionPanelProps) {
  const { t } = useTranslation();
  const moves = officerMoves(declaration);
  const { decision } = declaration;
  if (decision === null && !moves.decide) return null;
  return (
    <Panel title={t('opsClearance.decision')}>
      {decision !== null && (
        <Facts
          facts={[
            { label: t('declaration.official'), value: decision.reference },
            { label: t('opsClearance.decidedOn'), value: <Time at={decision.decided_on} day /> },
            { label: t('contract.until'), value: <Time at={decision.valid_until} day /> },
            { label: t('opsClearance.evidence'), value: <CopyText text={decision.evidence_sha256} short /> },
            decidedBy !== null && { label: t('opsClearance.enteredBy'), value: <PersonName id={decidedBy} /> },
          ]}
        />
      )}
      {moves.decide && <DecisionForm declaration={declaration} />}
      {moves.release && <ReleaseForm declaration={declaration} persons={persons} />}
    </Panel>
  );
}

/** The authority's answer. Its paper is hashed here and stays here: the exchange keeps the hash. */
function DecisionForm({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<OfficialDecision>();
  const [outcome, setOutcome] = useState<'pass' | 'refuse'>('pass');
  const draft = useDraft<OfficialDecision>(`decision:${declaration.id}`);
  const decide = useAction(
    async (body: OfficialDecision) => {
      const change = { path: { id: declaration.id }, body, throwOnError: true } as const;
      await (outcome === 'pass' ? passDeclaration(change) : refuseDeclaration(change));
    },
    {
      onDone: () => {
        draft.forget();
        say(t('opsClearance.decided'));
      },
    },
  );
  const hash = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file !== undefined) form.setFieldValue('evidence_sha256', await hashOf(file));
  };
  const submit = (as: 'pass' | 'refuse') => {
    setOutcome(as);
    form.submit();
  };
  return (
    <Form<OfficialDecision>
      name="decision"
      form={form}
      layout="vertical"
      className="narrow-form"
      initialValues={{ ...draft.values }}
      onValuesChange={(_changed, all) => draft.keep(all)}
      onFinish={(body) => decide.mutate(body)}
    >
      <Form.Item name="reference" label={t('declaration.official')} rules={[{ required: true }]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item label={t('opsClearance.paperFile')} htmlFor="decision-paper">
        <input id="decision-paper" type="file" onChange={(event) => void hash(event)} />
      </Form.Item>
      <Form.Item name="evidence_sha256" label={t('opsClearance.evidence')} rules={[{ required: true, len: 64 }]}>
        <Input spellCheck={false} autoComplete="off" />
      </Form.Item>
      <Form.Item name="decided_on" label={t('opsClearance.decidedOn')} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="valid_until" label={t('contract.until')} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      {decide.isError && <ProblemAlert error={decide.error} />}
      <div className="actions">
        <Button type="primary" loading={decide.isPending && outcome === 'pass'} onClick={() => submit('pass')}>
          {t('opsClearance.pass')}
        </Button>
        <Button danger loading={decide.isPending && outcome === 'refuse'} onClick={() => submit('refuse')}>
          {t('opsClearance.refuse')}
        </Button>
      </div>
    </Form>
  );
}

interface Quota {
  readonly general: number | null;
  readonly sensitive: number | null;
}

const CATEGORIES = ['general', 'sensitive'] as const;

/** Opens the border: for whom, for what and how far stands in the declaration; here it is said for how many persons. */
function ReleaseForm({ declaration, persons }: Omit<DecisionPanelProps, 'decidedBy'>) {
  const { t } = useTranslation();
  const release = useAction(
    (quota: Quota, headers) =>
      issueRelease({ path: { id: declaration.id }, body: { quota }, headers, throwOnError: true }),
    { onDone: () => say(t('opsClearance.releasedNow')) },
  );
  const declared = CATEGORIES.filter((category) => persons[category] > 0);
  return (
    <Form<Partial<Quota>>
      name="release"
      layout="vertical"
      className="narrow-form"
      initialValues={Object.fromEntries(declared.map((category) => [category, persons[category]]))}
      onFinish={({ general = null, sensitive = null }) => release.mutate({ general, sensitive })}
    >
      <p className="notice calm">{t('opsClearance.fourEyes')}</p>
      {declared.length === 0 && <p className="muted">{t('opsClearance.noPersons')}</p>}
      {declared.map((category) => (
        <Form.Item
          key={category}
          name={category}
          label={t(`opsClearance.quota.${category}`)}
          extra={t('opsClearance.quotaHint', { count: persons[category] })}
          rules={[{ required: true }]}
        >
          <InputNumber min={1} max={persons[category]} precision={0} />
        </Form.Item>
      ))}
      {release.isError && <ProblemAlert error={release.error} />}
      <Button type="primary" htmlType="submit" loading={release.isPending}>
        {t('opsClearance.release')}
      </Button>
    </Form>
  );
}
