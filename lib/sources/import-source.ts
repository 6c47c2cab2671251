import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { nearestName } from '../finding/nearest-name.ts';
import { MIXINS } from './mixins.ts';
import { KUBERNETES_MODULE, KUBERNETES_VERSIONS, PRESETS } from './pinned-modules.ts';

/** What a project imports schemas from. */
export type ImportSource =
  /** A minor version of Kubernetes, such as `1.34`. */
  | { readonly type: 'kubernetes'; readonly version: string }
  /** Tankard's own library. */
  | { readonly type: 'mixins' }
  /** Controllers by name, such as `istio`. */
  | { readonly type: 'preset'; readonly name: string }
  /** CRDs in a file or folder; relative to the project root, with `/`. */
  | { readonly type: 'files'; readonly path: string }
  | { readonly type: 'url'; readonly url: string }
  /** CRDs in a Go module; `path` is a file or folder in it. */
  | {
      readonly type: 'module';
      readonly module: string;
      readonly version: string;
      readonly path: string;
    }
  /** A cluster; without a context that of the user's kubeconfig. */
  | { readonly type: 'cluster'; readonly context?: string };

/** The names of the presets, in the order in which they are listed to users. */
export const PRESET_NAMES: readonly string[] = PRESETS.map(({ name }) => name);

const FORMS =
  `Sources: k8s@MINOR (${KUBERNETES_VERSIONS.join(', ')}), ${PRESET_NAMES.join(', ')}, ${MIXINS}, ` +
  'crd:FILE, crd:FOLDER, crd:URL, crd:MODULE@VERSION:PATH, cluster, cluster:CONTEXT.';

/**
 * Reads the text of a source: `k8s@1.34`, `istio`, `mixins`, `crd:crds/foo.yaml`, `crd:https://...`,
 * `crd:istio.io/api@v1.29.2:kubernetes/customresourcedefinitions.gen.yaml`, `cluster` or `cluster:CONTEXT`.
 *
 * @throws Failure `usage` when it is none, with the forms that there are and the name that may have been meant.
 */
export function parseImportSource(text: string): ImportSource {
  // What is imported is named in generated files, on a line of its own.
  if (/[\p{Cc}\u2028\u2029]/u.test(text))
    throw new Failure('usage', `control characters in the source ${JSON.stringify(text)}`);
  if (text.startsWith('crd:')) return parseCrdSource(text.slice('crd:'.length), text);
  const [scheme, ...rest] = text.split(':');
  if (scheme === 'cluster') return parseCluster(rest, text);
  if (/^(?:k8s|kubernetes)(?:@|$)/i.test(text)) return parseKubernetes(text);
  if (text === MIXINS) return { type: 'mixins' };
  if (PRESET_NAMES.includes(text)) return { type: 'preset', name: text };
  throw unknownSource(text);
}

/** The text that {@link parseImportSource} reads, as `tankard.yaml` and `tankard.lock` write it. */
export function printImportSource(source: ImportSource): string {
  switch (source.type) {
    case 'kubernetes':
      return `k8s@${source.version}`;
    case 'mixins':
      return MIXINS;
    case 'preset':
      return source.name;
    case 'files':
      return `crd:${source.path}`;
    case 'url':
      return `crd:${source.url}`;
    case 'module':
      return `crd:${source.module}@${source.version}:${source.path}`;
    case 'cluster':
      return source.context === undefined ? 'cluster' : `cluster:${source.context}`;
  }
}

/**
 * The name of the library when the user gives none: letters, digits, `.`, `_` and `-`, never empty.
 * Two sources may have the same.
 */
export function defaultLibraryName(source: ImportSource): string {
  switch (source.type) {
    case 'kubernetes':
      return `k8s-${source.version}`;
    case 'mixins':
      // As its files are imported wherever else they come from: `tankard/main.libsonnet`.
      return 'tankard';
    case 'preset':
      return source.name;
    case 'files':
      return libraryName(source.path);
    case 'url':
      return libraryName(new URL(source.url).pathname);
    case 'module':
      // The last element of the path is no name when it is the major version: example.com/api/v2.
      return libraryName(source.module.replace(/\/v\d+$/, ''));
    case 'cluster':
      return source.context === undefined ? 'cluster' : libraryName(`cluster-${source.context}`);
  }
}

function libraryName(of: string): string {
  const base = path.posix.basename(of).replace(/\.(?:ya?ml|json)$/i, '');
  return base.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '') || 'crds';
}

function parseKubernetes(text: string): ImportSource {
  const asked = text.replace(/^[^@]*@?v?/, '');
  const minor = asked.split('.').slice(0, 2).join('.');
  const known = KUBERNETES_VERSIONS.includes(minor);
  if (known && text === `k8s@${minor}`) return { type: 'kubernetes', version: minor };
  const message =
    asked === ''
      ? 'which Kubernetes? A source of it is k8s@MINOR'
      : `there are no schemas for ${JSON.stringify(text)}`;
  throw new Failure('usage', message, {
    hint: known
      ? `Did you mean k8s@${minor}?`
      : `Known versions: ${KUBERNETES_VERSIONS.join(', ')}.`,
  });
}

function parseCluster(rest: readonly string[], text: string): ImportSource {
  // A context's name may have colons itself: arn:aws:eks:...
  const context = rest.join(':');
  if (rest.length === 0) return { type: 'cluster' };
  if (context === '') throw new Failure('usage', `no context after the colon of "${text}"`);
  return { type: 'cluster', context };
}

function parseCrdSource(rest: string, text: string): ImportSource {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(rest)) return { type: 'url', url: checkedUrl(rest) };
  const module = /^([^@:]+)@([^@:]+):(.*)$/.exec(rest);
  if (module !== null) return moduleSource(module, text);
  if (/^[\w-]+(?:\.[\w-]+)+\/[^@:]*@[^:]*$/.test(rest))
    throw new Failure('usage', `"${text}" names a module, but no path in it`, {
      hint: 'The form is crd:MODULE@VERSION:PATH, PATH a file or a folder in the module.',
    });
  return { type: 'files', path: projectPath(rest, text) };
}

function moduleSource(
  [, module = '', version = '', inside = '']: readonly string[],
  text: string,
): ImportSource {
  if (!/^\w[\w.~-]*(?:\/[\w.~-]+)+$/.test(module) || !/^v\d[\w.+-]*$/.test(version))
    throw new Failure('usage', `"${text}" is no Go module at a version`, {
      hint: 'The form is crd:MODULE@VERSION:PATH, such as crd:istio.io/api@v1.31.1:kubernetes; the version in full.',
    });
  if (module === KUBERNETES_MODULE)
    throw new Failure('usage', `"${text}": Kubernetes itself has no CRDs there`, {
      hint: `Its kinds are k8s@MINOR (${KUBERNETES_VERSIONS.join(', ')}).`,
    });
  const normal = path.posix.normalize(inside).replace(/\/$/, '');
  if (inside === '' || /^(?:\/|\.\.(?:\/|$))/.test(normal) || normal.includes('\\'))
    throw new Failure('usage', `"${inside}" is no path in the module ${module}`, {
      hint: 'PATH is a file or a folder in the module, without .. in front.',
    });
  return { type: 'module', module, version, path: normal };
}

function projectPath(given: string, text: string): string {
  const normal = path.posix.normalize(given).replace(/(?<=.)\/$/, '');
  if (given === '')
    throw new Failure('usage', `no file, folder, URL or module after the colon of "${text}"`, {
      hint: FORMS,
    });
  if (path.isAbsolute(normal) || normal.includes('\\'))
    throw new Failure('usage', `${given} is not relative to the project root`, {
      hint: 'Others have the project elsewhere: put the CRDs into it, and give the path from its root, with /.',
    });
  return normal;
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol))
    throw new Failure('usage', `${text} is no http or https URL`);
  if (url.username !== '' || url.password !== '')
    throw new Failure('usage', `the URL ${url.host}${url.pathname} has a user or password in it`, {
      hint: 'It would stand in tankard.yaml and tankard.lock. Download the file, and import that.',
    });
  return url.href;
}

function unknownSource(text: string): Failure {
  const [, name, version = ''] = /^([\w-]+)@v?(\d+\.\d+)(?:\.\d+)?$/.exec(text) ?? [];
  // Of the names, only Kubernetes comes in minor versions.
  const minor = KUBERNETES_VERSIONS.includes(version) ? `k8s@${version}` : undefined;
  const isPath = name === undefined && /[/\\]|\.(?:ya?ml|json)$|@/.test(text);
  const place = isPath ? `crd:${text}` : undefined;
  const meant = nearestName(name ?? text, [...PRESET_NAMES, MIXINS]) ?? minor ?? place;
  return new Failure('usage', `there is no source ${JSON.stringify(text)}`, {
    hint: meant === undefined ? FORMS : `Did you mean ${meant}?`,
  });
}
