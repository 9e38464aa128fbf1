import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultAt } from '../../i18n/problem-words.js';
import { pointerOf, type Field } from './listing-form.rules.js';
import { PlainField, useFieldWord } from './plain-field.js';

/** A list in a listing: one row of inputs for each entry. What the wizard does not ask of an entry stays as it is. */
export function ListingRows({
  field,
  columns,
  label,
  error,
  extra,
}: {
  readonly field: Field;
  readonly columns: readonly Field[];
  readonly label: string;
  readonly error: unknown;
  readonly extra: ReactNode;
}) {
  const { t } = useTranslation();
  const fieldWord = useFieldWord();
  const faultAt = useFaultAt(error);
  return (
    <fieldset className="localized">
      <legend>{label}</legend>
      {extra}
      <Form.List name={[...field.path]}>
        {(entries, { add, remove }) => (
          <>
            {entries.map((entry) => (
              <div key={entry.key} className="entry">
                {columns.map((column) => (
                  <PlainField
                    key={column.path.join('.')}
                    field={column}
                    name={[entry.name, ...column.path]}
                    label={fieldWord([...field.path, ...column.path])}
                    fault={faultAt(`${pointerOf(field)}/${entry.name}${pointerOf(column)}`)}
                  />
                ))}
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={`${t('listing.remove')} ${entry.name + 1}`}
                  onClick={() => remove(entry.name)}
                />
              </div>
            ))}
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({})}>
              {t('listing.add')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
