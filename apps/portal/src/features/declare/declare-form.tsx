import { Button, Form } from 'antd';
import { useState, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { etagOf } from '../../api/etag.js';
import { isStale } from '../../api/problem.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { StaleEdit } from '../../kit/stale-edit.js';
import { useDraft } from '../../kit/use-draft.js';
import { DeclareSection } from './declare-fields.js';
import { DeclareMissing } from './declare-missing.js';
import { DeclarePapers } from './declare-papers.js';
import { DeclareQuestions } from './declare-questions.js';
import { DeclareSupplements } from './declare-supplements.js';
import { changeOf, roundOf, sectionsFor, valuesOf, wayChosen, type Values } from './declare.rules.js';
import type { DeclareData } from './use-declare-data.js';
import { byMemo, useHandIn, type Wish } from './use-hand-in.js';
import './declare.css';

/** The declaration as its exporter writes it: kept in the browser as it is typed, at the exchange when it is saved. */
export function DeclareForm({ data }: { readonly data: DeclareData }) {
  const { declaration, content, finding, completeness } = data;
  const [form] = Form.useForm<Values>();
  const draft = useDraft<Values>(`declaration:${declaration.id}`);
  const [initial] = useState<Values>(() => ({ ...valuesOf(content.form, declaration), ...draft.values }));
  const [mechanism, setMechanism] = useState(initial.mechanism);
  // What somebody else saves meanwhile must not slip in as the base of this save.
  const [over, setOver] = useState(data.tag);
  const way = wayChosen(finding, mechanism);
  const send = useHandIn(data, { onStep: (revision) => setOver(etagOf(revision)), onDone: draft.forget });
  const typed = () => form.getFieldsValue(true) as Values;
  const go = (name: (string | number)[]) => form.scrollToField(name, { focus: true, block: 'center' });
  // What does not fit is said at its input.
  const wish = (what: Wish) =>
    form.validateFields().then(
      () => send.mutate({ what, values: typed(), over }),
      () => undefined,
    );
  const takeTheirs = () => {
    draft.forget();
    form.setFieldsValue(valuesOf(content.form, declaration));
    setOver(data.tag);
    send.reset();
  };
  const questions = (
    <DeclareQuestions
      data={data}
      onSaved={(revision) => setOver((base) => (base === data.tag ? etagOf(revision) : base))}
    />
  );
  // What customs asks comes first; what the rules ask was answered once already.
  const isAsked = roundOf(declaration) !== undefined;
  return (
    <div className="columns">
      <div>
        {!isAsked && questions}
        <Form<Values>
          name="declare"
          form={form}
          layout="vertical"
          scrollToFirstError={{ focus: true }}
          initialValues={initial}
          onValuesChange={() => {
            setMechanism(typed().mechanism);
            draft.keep(typed());
          }}
        >
          <DeclareSupplements data={data} onGo={go} />
          {sectionsFor(content, way).map((section) => (
            <DeclareSection key={section.id} section={section} error={send.error} />
          ))}
          <DeclarePapers finding={finding} way={way} />
        </Form>
        {isAsked && questions}
        <Refusal
          error={send.error}
          versions={() => ({ mine: changeOf(typed()), theirs: changeOf(valuesOf(content.form)) })}
          onKeepMine={() => send.variables && send.mutate({ ...send.variables, values: typed(), over: data.tag })}
          onTakeTheirs={takeTheirs}
        />
        <HandIn
          data={data}
          busy={send.isPending ? send.variables.what : undefined}
          onWish={(what) => void wish(what)}
        />
      </div>
      <aside>
        <DeclareMissing completeness={completeness} way={way} onGo={go} />
      </aside>
    </div>
  );
}

interface RefusalProps extends Omit<ComponentProps<typeof StaleEdit>, 'mine' | 'theirs'> {
  /** Null while nothing was refused. */
  readonly error: Error | null;
  /** What is typed is there once the form is. */
  readonly versions: () => Pick<ComponentProps<typeof StaleEdit>, 'mine' | 'theirs'>;
}

/** Why it was not taken; where somebody else saved meanwhile, what differs. */
function Refusal({ error, versions, ...ways }: RefusalProps) {
  if (error === null) return null;
  return isStale(error) ? <StaleEdit {...versions()} {...ways} /> : <ProblemAlert error={error} />;
}

interface HandInProps {
  readonly data: DeclareData;
  readonly busy: Wish | undefined;
  readonly onWish: (what: Wish) => void;
}

function HandIn({ data: { finding, declaration }, busy, onWish }: HandInProps) {
  const { t } = useTranslation();
  const memo = byMemo(finding.pathway.id);
  const blocked = finding.pathway.id === 'BLOCKED';
  return (
    <>
      {memo && <p className="notice calm">{t('declare.memo')}</p>}
      {blocked && <p className="notice">{t('declare.blocked')}</p>}
      <div className="actions">
        <Button loading={busy === 'save'} disabled={busy !== undefined} onClick={() => onWish('save')}>
          {t('declare.save')}
        </Button>
        {!blocked && !(memo && declaration.status !== 'draft') && (
          <Button
            type="primary"
            loading={busy === 'hand in'}
            disabled={busy !== undefined}
            onClick={() => onWish('hand in')}
          >
            {t(memo ? 'declare.check' : 'declare.submit')}
          </Button>
        )}
      </div>
    </>
  );
}
