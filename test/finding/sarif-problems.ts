import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';

/** What the schema of SARIF 2.1.0 says against a log; undefined when nothing. */
export function sarifProblems(log: object): string | undefined {
  // The draft-04 schema uses nothing that newer drafts read otherwise but the name of its id.
  const { id: _id, $schema: _schema, ...rest } = schema;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat(
    'uri-reference',
    (text) => URL.canParse(text, 'file:///x/') && !/[\s"<>\\]/.test(text),
  );
  ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
  const validate = ajv.compile(rest);
  return validate(log) ? undefined : ajv.errorsText(validate.errors);
}
