import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Validate } from '../../../lib/emit/validator/ajv-error.ts';
import * as generated from '../../../lib/gen/validators.js';
import { accepted, refused } from './consumer.ts';

const CONSUMER = path.join(import.meta.dirname, 'consumer.ts');
const TEXT = readFileSync(CONSUMER, 'utf8');
const DIRECTIVE = '// @ts-expect-error';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  types: [],
};

/** Compiles the consumer as if it had this text. */
function compile(text: string): string[] {
  const host = ts.createCompilerHost(OPTIONS);
  const readSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) =>
    path.resolve(file) === CONSUMER
      ? ts.createSourceFile(file, text, ...(rest.slice(0, 1) as [ts.ScriptTarget]))
      : readSourceFile(file, ...rest);
  const program = ts.createProgram([CONSUMER], OPTIONS, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the generated interfaces', () => {
  it('compile, accept right values and refuse wrong ones', () => {
    expect(compile(TEXT)).toEqual([]);
  }, 120_000);

  it('give an error for each wrong value', () => {
    const expected = TEXT.split(DIRECTIVE).length - 1;
    expect(expected).toBeGreaterThan(10);
    expect(compile(TEXT.replaceAll(DIRECTIVE, '//'))).toHaveLength(expected);
  }, 120_000);

  it('let a wrong expectation fail', () => {
    const wrong = TEXT.replace('const pod:', `${DIRECTIVE} this line is right\nconst pod:`);
    expect(compile(wrong)).toEqual(["Unused '@ts-expect-error' directive."]);
  }, 120_000);
});

describe('the generated validators', () => {
  const validators: Readonly<Record<string, Validate>> = generated;
  const verdicts = (values: typeof accepted): boolean[] =>
    Object.entries(values).flatMap(([name, list]) =>
      list.map((value) => (validators[name] as Validate)(value)),
    );

  it('accept what the types accept', () => {
    expect(new Set(verdicts(accepted))).toEqual(new Set([true]));
  });

  it('refuse what the types refuse', () => {
    expect(new Set(verdicts(refused))).toEqual(new Set([false]));
  });
});
