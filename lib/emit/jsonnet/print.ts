import type { Assert, BinaryOperator, Expression, Field, JsonnetFile, Local } from './tree.ts';

/** Source: the Jsonnet specification, "Lexing". */
const KEYWORDS = new Set(
  'assert else error false for function if import importstr importbin in local null tailstrict then self super true'.split(
    ' ',
  ),
);

/** Binding strength; a higher number binds tighter. Source: the Jsonnet specification, "Associativity and operator precedence". */
const STRENGTH: Record<BinaryOperator, number> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<=': 4,
  '>=': 4,
  in: 4,
  '+': 5,
};

/**
 * Prints a file as `tk fmt` would leave it (a test holds it to that).
 *
 * @returns the text, with a newline at its end.
 */
export function printJsonnet(file: JsonnetFile): string {
  const locals = file.locals.map(printLocal);
  const gap = locals.length > 0 ? '\n' : '';
  return `// ${file.banner}\n${locals.join('')}${gap}${print(file.value, '')}\n`;
}

function printLocal({ name, parameters, value }: Local): string {
  if (parameters === undefined) return `local ${name} = ${print(value, '')};\n`;
  const head = `local ${name}(${parameters.join(', ')}) =\n`;
  if (value.type !== 'binary') return `${head}  ${print(value, '  ')};\n`;
  const lines = value.operands.map((operand, index) =>
    printOperand(value.operator, operand, index, '  '),
  );
  return `${head}  ${lines.join(`\n  ${value.operator} `)};\n`;
}

/**
 * A Jsonnet string literal, in the quotes that `tk fmt` prefers: single ones unless only single ones occur inside.
 */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  return mark + text.replace(UNQUOTED, (character) => escapeCharacter(character, mark)) + mark;
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNQUOTED = /[\\'"\u0000-\u001f\u007f-\u009f]/g;

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escapeCharacter(character: string, mark: string): string {
  if (character === mark) return `\\${mark}`;
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  if (character === '"' || character === "'") return character;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A field name: bare when it is an identifier and no keyword, else quoted. */
export function fieldName(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name);
}

function print(expression: Expression, indent: string): string {
  switch (expression.type) {
    case 'literal':
      return typeof expression.value === 'string'
        ? quote(expression.value)
        : String(expression.value);
    case 'identifier':
      return expression.name;
    case 'import':
      return `import ${quote(expression.path)}`;
    case 'index':
      return printIndex(expression.target, expression.field, indent);
    case 'call':
      return `${printTarget(expression.callee, indent)}(${printList(expression.args, indent)})`;
    case 'binary':
      return printBinary(expression.operator, expression.operands, indent);
    case 'conditional':
      return printConditional(expression, indent);
    case 'array':
      return printArray(expression, indent);
    case 'not':
      return `!${printTarget(expression.operand, indent)}`;
    case 'element':
      return `${printTarget(expression.target, indent)}[${print(expression.key, indent)}]`;
    case 'comprehension':
      return printComprehension(expression, indent);
    case 'object':
      return printObject(expression, indent);
    default:
      return expression satisfies never;
  }
}

function printConditional(
  { test, consequent, alternate }: Extract<Expression, { type: 'conditional' }>,
  indent: string,
): string {
  const branches = `if ${print(test, indent)} then ${print(consequent, indent)}`;
  return alternate === undefined ? branches : `${branches} else ${print(alternate, indent)}`;
}

function printIndex(target: Expression, field: string, indent: string): string {
  const printed = printTarget(target, indent);
  return isIdentifier(field) ? `${printed}.${field}` : `${printed}[${quote(field)}]`;
}

function printTarget(target: Expression, indent: string): string {
  const bare = ['identifier', 'index', 'element', 'call', 'array', 'object'].includes(target.type);
  return bare ? print(target, indent) : `(${print(target, indent)})`;
}

function printList(items: readonly Expression[], indent: string): string {
  return items.map((item) => print(item, indent)).join(', ');
}

function printBinary(
  operator: BinaryOperator,
  operands: readonly Expression[],
  indent: string,
): string {
  return operands
    .map((operand, index) => printOperand(operator, operand, index, indent))
    .join(` ${operator} `);
}

function printOperand(
  operator: BinaryOperator,
  operand: Expression,
  index: number,
  indent: string,
): string {
  const text = print(operand, indent);
  if (operand.type === 'conditional' || operand.type === 'import') return `(${text})`;
  if (operand.type !== 'binary') return text;
  const weaker = STRENGTH[operand.operator] < STRENGTH[operator];
  const equalOnTheRight = STRENGTH[operand.operator] === STRENGTH[operator] && index > 0;
  return weaker || equalOnTheRight ? `(${text})` : text;
}

function printArray(
  { items, inline = false }: Extract<Expression, { type: 'array' }>,
  indent: string,
): string {
  if (inline || !items.some((item) => item.type === 'object' || item.type === 'array'))
    return `[${printList(items, indent)}]`;
  const inner = `${indent}  `;
  const lines = items.map((item) => `${inner}${print(item, inner)},\n`);
  return `[\n${lines.join('')}${indent}]`;
}

function printComprehension(
  { body, variable, source, filter }: Extract<Expression, { type: 'comprehension' }>,
  indent: string,
): string {
  const head = `${print(body, indent)} for ${variable} in ${print(source, indent)}`;
  return `[${head} if ${print(filter, indent)}]`;
}

function printObject(
  { fields, inline = false }: Extract<Expression, { type: 'object' }>,
  indent: string,
): string {
  if (fields.length === 0) return '{}';
  if (inline) return `{ ${fields.map((field) => printField(field, '')).join(', ')} }`;
  const inner = `${indent}  `;
  const lines = fields.map((field) => `${inner}${printField(field, inner)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}

function printField(field: Field, indent: string): string {
  if (field.type === 'verbatim') return field.text.replaceAll('\n', `\n${indent.slice(2)}`);
  if (field.type === 'value') {
    const sign = `${field.merge === true ? '+' : ''}${field.hidden === true ? '::' : ':'}`;
    const name =
      typeof field.name === 'string' ? fieldName(field.name) : `[${print(field.name, indent)}]`;
    return `${name}${sign} ${print(field.value, indent)}`;
  }
  const parameters = field.parameters.map((parameter) =>
    parameter.default === undefined
      ? parameter.name
      : `${parameter.name}=${print(parameter.default, indent)}`,
  );
  const head = `${fieldName(field.name)}(${parameters.join(', ')})::`;
  if (field.asserts.length === 0) return `${head} ${print(field.body, indent)}`;
  const inner = `${indent}  `;
  const asserts = field.asserts.map((one) => `\n${inner}${printAssert(one, inner)}`).join('');
  return `${head}${asserts}\n${inner}${print(field.body, inner)}`;
}

function printAssert(assert: Assert, indent: string): string {
  const message = assert.message === undefined ? '' : ` : ${print(assert.message, indent)}`;
  return `assert ${print(assert.condition, indent)}${message};`;
}
