import { expect, it } from 'vitest';
import { codeArguments } from '../../lib/tanka/arguments.ts';

it('turns flags into Jsonnet code as tk does', () => {
  const args = {
    extStr: ['a=it\'s "so"=1'],
    extCodeFile: ['b=vars/b.libsonnet'],
    tlaCode: ['c=1 + 1'],
    tlaStrFile: ['d=/abs/d.txt'],
  };
  expect(codeArguments(args, '/root')).toEqual({
    extCode: { a: '"it\'s \\"so\\"=1"', b: 'import "/root/vars/b.libsonnet"' },
    tlaCode: { c: '1 + 1', d: 'importstr "/abs/d.txt"' },
  });
});
