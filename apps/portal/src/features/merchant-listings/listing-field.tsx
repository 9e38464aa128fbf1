import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultAt } from '../../i18n/problem-words.js';
import { ListingRows } from './listing-rows.js';
import { pointerOf, type Field } from './listing-form.rules.js';
import { PlainField, useFieldWord } from './plain-field.js';

const LANGUAGES = ['en', 'zh-Hans', 'zh-Hant'] as const;

/** One thing of a listing as a part of a form, with what the exchange found wrong with it. */
export function ListingField({
  field,
  error,
  extra,
}: {
  readonly field: Field;
  readonly error?: unknown;
  /** Said under it: what the reviewer wrote. */
  readonly extra?: ReactNode;
}) {
  const fieldWord = useFieldWord();
  const faultAt = useFaultAt(error);
  const { kind, path } = field;
  const label = fieldWord(path);
  if (kind === 'localized' || kind === 'localizedText') {
    return <LocalizedField field={field} label={label} long={kind === 'localizedText'} error={error} extra={extra} />;
  }
  if (typeof kind === 'object' && 'list' in kind) {
    return <ListingRows field={field} columns={kind.list} label={label} error={error} extra={extra} />;
  }
  return <PlainField field={field} name={path} label={label} fault={faultAt(pointerOf(field))} extra={extra} />;
}

function LocalizedField({
  field,
  label,
  long,
  error,
  extra,
}: {
  readonly field: Field;
  readonly label: string;
  readonly long: boolean;
  readonly error: unknown;
  readonly extra: ReactNode;
}) {
  const { t } = useTranslation();
  const faultAt = useFaultAt(error);
  return (
    <fieldset className="localized">
      <legend>{label}</legend>
      {LANGUAGES.map((language) => {
        const fault = faultAt(`${pointerOf(field)}/${language}`);
        const said = { lang: language, dir: 'auto' } as const;
        return (
          <Form.Item
            key={language}
            name={[...field.path, language]}
            label={t(`listing.language.${language}`)}
            rules={[{ required: field.required === true, whitespace: true }]}
            {...(fault !== undefined && { validateStatus: 'error' as const, help: fault })}
          >
            {long ? <Input.TextArea {...said} rows={4} /> : <Input {...said} />}
          </Form.Item>
        );
      })}
      {extra}
    </fieldset>
  );
}
