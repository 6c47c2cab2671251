import type { FindingCode } from '../../finding/codes.ts';
import type { Finding, Severity } from '../../finding/finding.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import type { RenderedObjects } from '../rendered/rendered-objects.ts';

/** What no schema says: a check of all that an environment renders. docs/rules has a page for each. */
export interface Rule {
  /** The code of its findings; `FINDING_CODES` has its title and severity. */
  readonly code: FindingCode;
  /**
   * Set where the rule finds that something is not there, or that nothing uses it: it is then left out when only some of the
   * manifests were rendered (`-t`).
   */
  readonly looksForAbsence?: true;
  /**
   * Goes through the objects. Costs nothing to speak of where there are none of the kinds that it is about. A promise is for
   * what has to be loaded first.
   */
  check(objects: RenderedObjects): Iterable<RuleFinding> | Promise<Iterable<RuleFinding>>;
}

/** What a rule found; the code is the rule's. */
export interface RuleFinding extends Pick<
  Finding,
  'message' | 'path' | 'fault' | 'value' | 'expected' | 'hint'
> {
  /** The object that has to be changed. */
  readonly on: Manifest;
  /** @default that of the code */
  readonly severity?: Severity;
}
