import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding } from '../finding/finding.ts';
import type { AcceptedFinding } from '../finding/accepted-finding.ts';
import type { Judged } from './judged.ts';
import { acceptanceProblem } from './accept-by-annotation.ts';

/** What a comment begins with that accepts a finding: `// tankard-accept secrets/missing: reason`. */
export const ACCEPT_WORD = 'tankard-accept';

/** A line within a block comment may begin with `*`. What follows the rule without a colon is no reason. */
const DIRECTIVE =
  /(?:\/\/|#|\/\*|^\s*\*)\s*tankard-accept:?\s+([^\s:,]+)(?:\s*:\s*(.*?)|[\s,].*)?\s*(?:\*\/\s*)?$/;
const COMMENT_LINE = /^\s*(?:\/\/|#|\/\*|\*)/;

interface Directive {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The lines whose findings it accepts. */
  readonly target: number;
  readonly code: string;
  readonly reason: string;
}

/** The comments of source files that accept findings. */
export class AcceptingComments {
  readonly #directives: readonly Directive[];
  readonly #used = new Set<Directive>();

  /** @param sources texts of Jsonnet or YAML files by absolute path. */
  constructor(sources: ReadonlyMap<string, string>) {
    this.#directives = [...sources].flatMap(([file, text]) => directivesOf(file, text));
  }

  /** Leaves out the findings at whose line, or right above it, a comment accepts them. */
  accept(findings: readonly Finding[]): Judged {
    if (this.#directives.length === 0) return { findings, accepted: [] };
    const kept: Finding[] = [];
    const accepted: AcceptedFinding[] = [];
    for (const finding of findings) {
      const directive = this.#directiveFor(finding);
      if (directive !== undefined) this.#used.add(directive);
      if (directive === undefined || directive.reason === '') kept.push(finding);
      else accepted.push({ finding, by: 'comment', reason: directive.reason });
    }
    return { findings: kept, accepted };
  }

  #directiveFor({ code, location }: Finding): Directive | undefined {
    return this.#directives.find(
      (one) => one.code === code && one.target === location?.line && one.file === location.file,
    );
  }

  /**
   * What is wrong with the comments themselves, once all findings were given to `accept`.
   *
   * @param isComplete whether all that is rendered from a file was checked, so that a comment in it which accepts
   *   nothing is of no use.
   */
  problems(isComplete: (file: string) => boolean): Finding[] {
    return this.#directives.flatMap((directive) => {
      const isUsed = this.#used.has(directive) || !isComplete(directive.file);
      const found = acceptanceProblem(directive, isUsed);
      if (found === undefined) return [];
      const { file, line, column } = directive;
      return [
        {
          ...found,
          severity: FINDING_CODES[found.code].severity,
          location: { file, line, column, certainty: 'exact' },
        },
      ];
    });
  }
}

/** A comment at the end of a line is about that line, one on a line of its own about the next that is no comment. */
function directivesOf(file: string, text: string): Directive[] {
  if (!text.includes(ACCEPT_WORD)) return [];
  const lines = text.split('\n');
  return lines.flatMap((content, index) => {
    const match = DIRECTIVE.exec(content);
    if (match === null) return [];
    const [, code = '', reason = ''] = match;
    return [
      {
        file,
        line: index + 1,
        column: Buffer.byteLength(content.slice(0, match.index)) + 1,
        target: targetOf(lines, index),
        code,
        reason: reason.trim(),
      },
    ];
  });
}

function targetOf(lines: readonly string[], index: number): number {
  let target = index;
  while (target < lines.length - 1 && COMMENT_LINE.test(lines[target] ?? '')) target += 1;
  return target + 1;
}
