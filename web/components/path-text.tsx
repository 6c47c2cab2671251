import { Fragment, type JSX } from 'preact';
import type { ChangeStep } from '../../lib/compare/resource-change.ts';
import type { Path } from '../../lib/finding/finding.ts';
import { pathText } from '../text.ts';

/** A path in a manifest; where there is no room for it, its steps go to the next line whole. */
export function PathText({ path }: { readonly path: Path | readonly ChangeStep[] }): JSX.Element {
  const steps = pathText(path).split(/(?=[.[])/);
  return (
    <code class="path">
      {steps.map((step, index) => (
        <Fragment key={index}>
          {step}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}
