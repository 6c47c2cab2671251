import type { JSX } from 'preact';
import type { PageResource } from '../../lib/preview/page/page-data.ts';
import { step } from '../state/panels.ts';
import { resource, resourceFailure } from '../state/resource.ts';
import { navigate, route, type Tab } from '../state/route.ts';
import { ClusterTab } from './cluster-tab.tsx';
import { CopyButton } from './copy-button.tsx';
import { ChangeMark, FindingCounts } from './counts.tsx';
import { DiffTab } from './diff-tab.tsx';
import { FailureStrip } from './failure-strip.tsx';
import { Tabs } from './tabs.tsx';
import { YamlTab } from './yaml-tab.tsx';

const TABS: readonly { readonly id: Tab; readonly label: string }[] = [
  { id: 'yaml', label: 'YAML' },
  { id: 'diff', label: 'Diff' },
  { id: 'cluster', label: 'In the cluster' },
];

/** One resource: what it is called, its YAML, what differs, and what it does in the cluster. */
export function ResourceView(): JSX.Element {
  const now = resource.value;
  if (now === undefined)
    return resourceFailure.value === undefined ? (
      <p class="empty" role="status">
        Loading
      </p>
    ) : (
      <FailureStrip failure={resourceFailure.value} />
    );
  return (
    <div class="resource">
      <ResourceHeading resource={now} />
      <Tabs
        label="Resource"
        tabs={TABS}
        selected={route.value.tab}
        onSelect={(tab) => navigate({ tab })}
        end={now.yaml !== undefined && <CopyButton text={now.yaml} label="Copy YAML" />}
        mark={(tab) => tab === 'diff' && now.change !== undefined && <Changes resource={now} />}
      >
        <Panel resource={now} />
      </Tabs>
    </div>
  );
}

function Panel(props: { readonly resource: PageResource }): JSX.Element {
  switch (route.value.tab) {
    case 'yaml':
      return <YamlTab {...props} />;
    case 'diff':
      return <DiffTab {...props} />;
    case 'cluster':
      return <ClusterTab {...props} />;
  }
}

function ResourceHeading({ resource: now }: { readonly resource: PageResource }): JSX.Element {
  const { apiVersion, kind, namespace, name } = now.resource;
  const errors = now.findings.filter(({ severity }) => severity === 'error').length;
  return (
    <div class="heading">
      <h2>
        <span class="kind">{kind}</span> {name}
      </h2>
      {namespace !== undefined && <span class="quiet-text">in {namespace}</span>}
      <code class="quiet-text not-narrow">{apiVersion}</code>
      {now.change !== undefined && <ChangeMark kind={now.change.kind} />}
      {now.findings.length > 0 && (
        <button
          type="button"
          class="count-button"
          title="Show the next finding (j)"
          onClick={() => showNextFinding()}
        >
          <FindingCounts errors={errors} warnings={now.findings.length - errors} />
        </button>
      )}
    </div>
  );
}

function showNextFinding(): void {
  navigate({ tab: 'yaml' });
  // The tab says how to step once it is shown.
  requestAnimationFrame(() => step.value?.(1));
}

function Changes({ resource: now }: { readonly resource: PageResource }): JSX.Element {
  const n = now.change?.values.length ?? 0;
  return <span class="number">{n > 0 ? n : now.change?.kind}</span>;
}
