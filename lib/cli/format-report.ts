import { jsonReport } from '../finding/report/json.ts';
import type { ReportInput } from '../finding/report/report-input.ts';
import { textReport } from '../finding/report/text.ts';
import { repositoryRoot } from './repository-root.ts';
import { version } from './version.ts';

/** What `validate --format` takes. */
export const REPORT_FORMATS = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab'] as const;

/** One of them. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/**
 * The report in a format, without colours.
 *
 * @returns the content of a file, with a line break at its end.
 */
export async function formatReport(format: ReportFormat, result: ReportInput): Promise<string> {
  switch (format) {
    case 'text':
      return `${textReport(result.environments, result.root)}\n`;
    case 'json':
      return json(jsonReport(result));
    default:
      return formatForHost(format, result);
  }
}

/** Reports that code hosts read. They are loaded only where they are asked for. */
async function formatForHost(
  format: Exclude<ReportFormat, 'text' | 'json'>,
  result: ReportInput,
): Promise<string> {
  const repository = repositoryRoot(result.root);
  switch (format) {
    case 'sarif': {
      const { sarifReport } = await import('../finding/report/sarif.ts');
      return json(sarifReport(result, { repository, version: version() }));
    }
    case 'junit': {
      const { junitReport } = await import('../finding/report/junit.ts');
      return junitReport(result, { repository });
    }
    case 'github': {
      const { githubReport } = await import('../finding/report/github.ts');
      return `${githubReport(result, { repository })}\n`;
    }
    case 'gitlab': {
      const { gitlabReport } = await import('../finding/report/gitlab.ts');
      return json(gitlabReport(result, { repository }));
    }
  }
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
