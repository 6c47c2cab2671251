/** The least and the greatest number of a field, and names that stand for numbers. */
interface Field {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Field[] = [
  { what: 'minute', least: 0, most: 59, names: [] },
  { what: 'hour', least: 0, most: 23, names: [] },
  { what: 'day of the month', least: 1, most: 31, names: [] },
  { what: 'month', least: 1, most: 12, names: MONTHS },
  { what: 'day of the week', least: 0, most: 6, names: DAYS },
];
const DESCRIPTORS = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);
const DURATION = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/**
 * What is wrong with a schedule, as the CronJob controller reads it.
 * Source: github.com/robfig/cron/v3 v3.0.1 parser.go, ParseStandard.
 *
 * @returns undefined when nothing is.
 */
export function cronFault(schedule: string): string | undefined {
  if (schedule.startsWith('@')) {
    const isKnown = DESCRIPTORS.has(schedule);
    const every = schedule.startsWith('@every ') && DURATION.test(schedule.slice('@every '.length));
    return isKnown || every ? undefined : `"${schedule}" is no schedule that there is a name for`;
  }
  const parts = schedule.split(/\s+/).filter((part) => part !== '');
  if (parts.length !== FIELDS.length)
    return `it has ${parts.length} fields, and must have 5: minute, hour, day of the month, month, day of the week`;
  for (const [index, field] of FIELDS.entries())
    for (const expression of (parts[index] ?? '').split(',')) {
      const fault = expression === '' ? undefined : rangeFault(expression, field);
      if (fault !== undefined) return `the ${field.what} "${expression}" ${fault}`;
    }
  return undefined;
}

function rangeFault(expression: string, field: Field): string | undefined {
  const [range = '', step, ...more] = expression.split('/');
  if (more.length > 0) return 'has more than one slash';
  if (step !== undefined && !/^\+?0*[1-9]\d*$/.test(step))
    return 'has a step that is no number, or 0';
  const [low = '', high, ...rest] = range.split('-');
  if (low === '*' || low === '?') return undefined;
  if (rest.length > 0) return 'has more than one hyphen';
  const first = read(low, field);
  const last = high === undefined ? first : read(high, field);
  if (first === undefined || last === undefined) return 'is no number and no name that is known';
  if (first < field.least || last > field.most) return `must be ${field.least} to ${field.most}`;
  return first > last ? 'ends before it begins' : undefined;
}

function read(text: string, { names, least }: Field): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  if (index !== -1) return index + least;
  return /^\+?\d+$/.test(text) ? Number(text) : undefined;
}
