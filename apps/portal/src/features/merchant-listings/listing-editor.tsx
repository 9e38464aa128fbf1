import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reviseProduct, type Product, type ProductRevision } from '@hetao/client';
import { etagOf } from '../../api/etag.js';
import { isStale } from '../../api/problem.js';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { Panel } from '../../kit/page.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { StaleEdit } from '../../kit/stale-edit.js';
import { useDraft } from '../../kit/use-draft.js';
import type { ListingData } from './listing-data.js';
import { ListingField } from './listing-field.js';
import {
  completeness,
  contentOf,
  isEditable,
  pointerOf,
  revisionOf,
  steps,
  type Content,
  type FormStep,
} from './listing-form.rules.js';
import { CommentsAt, hasCommentsAt, LooseComments } from './listing-comments.js';
import { PlansStep, PreviewStep } from './listing-outlook.js';
import { useFieldWord } from './plain-field.js';
import { wizardSteps, type WizardStep } from './wizard-steps.js';
import { YamlStep } from './yaml-step.js';

const route = getRouteApi('/merchant/listings/$listingId');

/** The wizard. What is typed is kept in the browser; a save sends what changed of the version it was read from. */
export function ListingEditor({ data }: { readonly data: ListingData }) {
  // What somebody else saves meanwhile must not slip in as the base of this save.
  const [base, setBase] = useState(data.product);
  return <Wizard key={base.revision} data={data} base={base} onBase={setBase} />;
}

interface WizardProps {
  readonly data: ListingData;
  readonly base: Product;
  readonly onBase: (product: Product) => void;
}

function Wizard({ data, base, onBase }: WizardProps) {
  const { step = 'basics' } = route.useSearch();
  const [form] = Form.useForm<Content>();
  const draft = useDraft<Content>(`listing:${base.id}`);
  const [values, setValues] = useState<Content>({ ...contentOf(base), ...draft.values });
  const restart = (product: Product) => {
    draft.forget();
    onBase(product);
  };
  const formStep = step in steps ? (step as FormStep) : undefined;
  return (
    <>
      <StepBar step={step} values={values} />
      <LooseComments data={data} />
      <Form<Content>
        form={form}
        layout="vertical"
        initialValues={values}
        disabled={!isEditable(base.status)}
        onValuesChange={() => {
          const all = form.getFieldsValue(true) as Content;
          setValues(all);
          draft.keep(all);
        }}
      >
        {formStep !== undefined && (
          <FormPanel step={formStep} data={data} base={base} values={values} onSaved={restart} />
        )}
      </Form>
      {step === 'plans' && <PlansStep />}
      {step === 'preview' && <PreviewStep data={data} />}
      {step === 'yaml' && <YamlStep key={data.product.revision} product={data.product} onImported={restart} />}
    </>
  );
}

/** Where one is, how far the whole is, and what would help most. */
function StepBar({ step, values }: { readonly step: WizardStep; readonly values: Content }) {
  const { t } = useTranslation();
  const format = useFormat();
  const fieldWord = useFieldWord();
  const { share, next } = completeness(values);
  return (
    <nav className="wizard" aria-label={t('listing.steps')}>
      <ol>
        {wizardSteps.map((name) => (
          <li key={name}>
            <Link from={route.id} to="." search={{ step: name }} aria-current={name === step ? 'step' : undefined}>
              {t(`listing.step.${name}`)}
            </Link>
          </li>
        ))}
      </ol>
      <p className="muted small">
        {t('listing.complete', { percent: format.share(share) })}
        {next !== undefined && (
          <>
            {' · '}
            <Link from={route.id} to="." search={{ step: next.step }}>
              {t('listing.next', { field: fieldWord(next.field.path) })}
            </Link>
          </>
        )}
      </p>
    </nav>
  );
}

interface FormPanelProps {
  readonly step: FormStep;
  readonly data: ListingData;
  readonly base: Product;
  readonly values: Content;
  readonly onSaved: (product: Product) => void;
}

function FormPanel({ step, data, base, values, onSaved }: FormPanelProps) {
  const { t } = useTranslation();
  const change = revisionOf(contentOf(base), values);
  const save = useAction(
    async ({ body, revision }: { readonly body: ProductRevision; readonly revision: number }) =>
      (
        await reviseProduct({
          path: { id: base.id },
          body,
          headers: { 'If-Match': etagOf(revision) },
          throwOnError: true,
        })
      ).data,
    {
      onDone: (saved) => {
        say(t('listing.saved'));
        onSaved(saved);
      },
    },
  );
  const send = (revision: number) => change !== undefined && save.mutate({ body: change, revision });
  return (
    <Panel title={t(`listing.step.${step}`)}>
      {!isEditable(base.status) && <p className="notice calm">{t('listing.readOnly')}</p>}
      {steps[step].map((field) => (
        <ListingField
          key={pointerOf(field)}
          field={field}
          error={save.error}
          {...(hasCommentsAt(data, pointerOf(field)) && {
            extra: <CommentsAt data={data} pointer={pointerOf(field)} />,
          })}
        />
      ))}
      {isStale(save.error) ? (
        <StaleEdit
          mine={values}
          theirs={contentOf(data.product)}
          onKeepMine={() => send(data.product.revision)}
          onTakeTheirs={() => onSaved(data.product)}
        />
      ) : (
        save.isError && <ProblemAlert error={save.error} />
      )}
      <div className="actions">
        <Button disabled={change === undefined} loading={save.isPending} onClick={() => send(base.revision)}>
          {t('listing.save')}
        </Button>
        <span className="muted" role="status">
          {change === undefined ? t('listing.nothingToSave') : `${t('listing.unsaved')} ${t('listing.saveFirst')}`}
        </span>
      </div>
    </Panel>
  );
}
