// What k8s-libsonnet uses of doc-util, which its package on PyPI does not have.
{
  pkg(name, url, help, filename='', version='master'):: { name: name, url: url, help: help },
  obj(help='', fields={}):: { object: { help: help, fields: fields } },
  fn(help='', args=[]):: { 'function': { help: help, args: args } },
  arg(name, type, default=null, enums=null):: { name: name, type: type, default: default, enums: enums },
  val(type, help='', default=null):: { value: { type: type, help: help, default: default } },
  func:: {
    new(help='', args=[]):: { 'function': { help: help, args: args } },
    withHelp(help):: { 'function'+: { help: help } },
    withArgs(args):: { 'function'+: { args: args } },
  },
  T:: {
    any: 'any',
    array: 'array',
    bool: 'bool',
    boolean: 'bool',
    func: 'function',
    int: 'number',
    integer: 'number',
    'null': 'null',
    number: 'number',
    object: 'object',
    string: 'string',
  },
}
