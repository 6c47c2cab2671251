// Quantities, such as '500m' or 2.
local check = import 'check.libsonnet';
local formats = import 'formats.libsonnet';
local matches = import 'matches.libsonnet';
local words = import 'words.libsonnet';

{
  // Most are short: Tanka compiles a pattern each time that it is used.
  quantity(value)::
    if std.type(value) == 'number' || std.type(value) == 'string' && (matches('^[0-9]+([mk]|[KMGT]i)?$', value) || matches(formats.quantity.pattern, value)) then null
    else words.text({ format: 'quantity' }, value),

  quantityMap:: check.map(self.quantity),
}
