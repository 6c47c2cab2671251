import { describe, expect, test } from 'vitest';
import { changeComment } from '../../../lib/workflow/ci/change-comment.ts';
import type { CiResult } from '../../../lib/workflow/ci/ci-result.ts';
import type { CommitDiff } from '../../../lib/workflow/ci/environment-diffs.ts';

/** Characters that GitHub takes. */
const LONGEST = 65_536;

/** An environment in which one ConfigMap changes in so many values. */
function diffOf(index: number, values: number, text = 'x'): CommitDiff {
  const changed = Array.from({ length: values }, (_, key) => ({
    kind: 'changed' as const,
    path: ['data', `key-${key}`],
    before: `${text} before`,
    after: `${text} after`,
    secret: false,
  }));
  const resource = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' };
  return {
    environment: `environments/e${index}`,
    changes: [{ kind: 'changed', resource, values: changed }],
    found: [],
    gone: [],
  };
}

function commentOf(diffs: readonly CommitDiff[]): string {
  const result: CiResult = {
    root: '/project',
    base: '0123456789',
    kubernetes: '1.37',
    environments: [],
    failures: [],
    problems: [],
    files: [],
    accepted: 0,
    steps: [],
    diffs,
  };
  return changeComment(result);
}

/** Every fence that opens is closed, outside of which there is no text of a manifest. */
function isWellFormed(comment: string): boolean {
  const opened = comment.match(/<details>/g)?.length ?? 0;
  const fences = comment.match(/^`{3,}/gm) ?? [];
  return opened === (comment.match(/<\/details>/g)?.length ?? 0) && fences.length === 2 * opened;
}

describe('a comment that would be longer than GitHub takes', () => {
  test.each([
    ['one large environment', [diffOf(0, 20_000)]],
    ['a large one before small ones', [diffOf(0, 20_000), ...[1, 2, 3].map((at) => diffOf(at, 2))]],
    ['many', Array.from({ length: 400 }, (_, index) => diffOf(index, 30))],
    ['backticks', [diffOf(0, 5_000, '`'.repeat(40))]],
  ])('is cut: %s', (_, diffs) => {
    const comment = commentOf(diffs);
    expect(comment.length).toBeLessThanOrEqual(LONGEST);
    // Nearly all of the room is used.
    expect(comment.length).toBeGreaterThan(LONGEST * 0.9);
    expect(comment).toMatch(/\.\.\. \d+ more lines/);
    expect(isWellFormed(comment)).toBe(true);
  });

  test('keeps small environments whole behind a large one', () => {
    const comment = commentOf([diffOf(0, 20_000), diffOf(1, 2)]);
    const [, small = ''] = comment.split('environments/e1</code></summary>');
    expect(small).toContain('data["key-1"]');
    expect(small).not.toContain('more line');
  });

  test('counts the environments that do not fit', () => {
    const comment = commentOf(Array.from({ length: 400 }, (_, index) => diffOf(index, 30)));
    const shown = comment.match(/<details>/g)?.length ?? 0;
    expect(comment).toContain(`The changes of ${400 - shown} more environments do not fit`);
    expect(comment).toContain('350 more environments not in this table.');
  });
});
