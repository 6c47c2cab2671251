/**
 * The programmatic interface: what the commands do, with typed results.
 *
 * @packageDocumentation
 */
export type {
  ChangeKind,
  ChangeStep,
  ItemKey,
  ResourceChange,
  ValueChange,
} from './compare/resource-change.ts';
export { FINDING_CODES, type FindingCode } from './finding/codes.ts';
export { Failure, type FailureKind } from './finding/failure.ts';
export type {
  Fault,
  Finding,
  Location,
  Path,
  Position,
  ResourceId,
  Severity,
  SourceLine,
} from './finding/finding.ts';
export type { EnvironmentResult, UnknownKind } from './finding/environment-result.ts';
export { fingerprint, fingerprints } from './finding/fingerprint.ts';
export { githubReport, githubSummary } from './finding/report/github.ts';
export { gitlabReport } from './finding/report/gitlab.ts';
export { junitReport } from './finding/report/junit.ts';
export type { ReportInput } from './finding/report/report-input.ts';
export { sarifReport } from './finding/report/sarif.ts';
export { textReport, summarize, type Summary, type TextStyle } from './finding/report/text.ts';
export { jsonReport } from './finding/report/json.ts';
export type { UnexpressedKeyword } from './model/node.ts';
export type { Manifest } from './manifest/parse-manifests.ts';
export { redactSecrets } from './manifest/redact.ts';
export type {
  CompareBase,
  Comparison,
  Notice,
  PreviewEnvironment,
  PreviewEvent,
  PreviewSession,
  PreviewUpdate,
  Problem,
  Rendering,
  Snapshot,
} from './preview/preview-session.ts';
export type { TankaArguments } from './tanka/arguments.ts';
export type { EnvironmentEntry } from './tanka/list-environments.ts';
export type { ToolReport } from './tools/inspect-tools.ts';
export {
  apply,
  type ApplyOptions,
  type ApplyResult,
  type EnvironmentOutcome,
  type OutcomeState,
  type Plan,
} from './workflow/deploy/apply.ts';
export {
  diff,
  type DiffOptions,
  type DiffResult,
  type EnvironmentDiff,
} from './workflow/deploy/diff.ts';
export {
  status,
  type EnvironmentStatus,
  type ObjectState,
  type ObjectStatus,
  type OwnedChange,
  type StatusOptions,
  type StatusResult,
} from './workflow/deploy/status.ts';
export type { DeployOptions } from './workflow/deploy/open-deployments.ts';
export type { Target } from './workflow/deploy/deployment.ts';
export type { WrittenObject } from './tanka/apply.ts';
export type { RolloutState, RolloutStatus } from './rollout/rollout-status.ts';
export type { FieldConflict, FieldOwner } from './ownership/field-owner.ts';
export {
  prune,
  type PruneOptions,
  type PruneOutcome,
  type PrunePlan,
  type PruneResult,
} from './workflow/deploy/prune.ts';
export { changeComment } from './workflow/ci/change-comment.ts';
export { ci, type CiOptions } from './workflow/ci/ci.ts';
export type { CiResult, CiStep, CiStepName } from './workflow/ci/ci-result.ts';
export type { CommitDiff } from './workflow/ci/environment-diffs.ts';
export { docs, type DocsOptions, type DocsResult } from './workflow/docs.ts';
export { doctor } from './workflow/doctor.ts';
export { listProjectEnvironments } from './workflow/env-list.ts';
export type { ExplainedField, Explanation } from './emit/explain/explanation.ts';
export { explain, type ExplainOptions } from './workflow/explain.ts';
export type { ExportChange, ExportOutcome } from './export/write-export.ts';
export type { Shard } from './export/shard.ts';
export {
  exportEnvironments,
  type ExportOptions,
  type ExportResult,
} from './workflow/export/export.ts';
export { mergeExports, type MergeOptions, type MergeResult } from './workflow/export/merge.ts';
export { generate, type GenerateResult } from './workflow/generate.ts';
export {
  importLibraries,
  type ImportedLibrary,
  type ImportOptions,
  type ImportResult,
} from './workflow/import.ts';
export type { RequestedImport } from './workflow/import-plan.ts';
export { init, type InitOptions, type InitResult } from './workflow/init/init.ts';
export { preview } from './workflow/preview/preview.ts';
export type { PreviewOptions } from './workflow/preview/preview-options.ts';
export type { ProjectOptions } from './workflow/project.ts';
export { show, type EnvironmentOptions, type Rendered } from './workflow/show.ts';
export {
  validate,
  type EnvironmentFailure,
  type ValidateOptions,
  type ValidateResult,
} from './workflow/validate.ts';
