// Quantities, such as '500m' or 2.
local check = import 'check.libsonnet';
local formats = import 'formats.libsonnet';
local matches = import 'matches.libsonnet';
local words = import 'words.libsonnet';

{
  quantity(value)::
    if std.isNumber(value) || std.isString(value) && matches(formats.quantity.pattern, value) then null
    else words.text({ format: 'quantity' }, value),

  quantityMap:: check.map(self.quantity),
}
