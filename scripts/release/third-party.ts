import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import type { ToolPin } from '../../lib/tools/tool-pin.ts';

/** What a licence asks to be passed on with a binary. */
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice|patents|copyright|authors)\b/i;

/** A module that is linked into a tool, with its licences. */
interface LinkedModule {
  readonly name: string;
  /** How its source can be had, as the Mozilla Public License asks: an address, or a command. */
  readonly source: string;
  /** File name and text. */
  readonly texts: ReadonlyMap<string, string>;
}

const FORMAT =
  '{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}';

/**
 * The licences and notices of all that is linked into tools: of each Go module, and of Go itself. A text that several
 * share stands there once.
 *
 * @param go absolute path of the go command.
 * @throws Error when a module has no licence: it must not be passed on then.
 */
export async function thirdPartyLicences(pins: readonly ToolPin[], go: string): Promise<string> {
  const modules = new Map<string, LinkedModule>();
  for (const pin of pins)
    for (const module of await linkedModules(pin, go)) modules.set(module.name, module);
  const sorted = [...modules.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const list = sorted.map(({ name, source }) => `${name}\n    ${source}\n`).join('');
  const tools = pins.map(({ name, version }) =>
    version === 'devel' ? name : `${name} ${version}`,
  );
  return `${tools.join(', ')} are linked from these Go modules; how to get the source stands below each:\n\n${list}\n${printTexts(sorted)}`;
}

function printTexts(modules: readonly LinkedModule[]): string {
  const owners = new Map<string, string[]>();
  for (const { name, texts } of modules)
    for (const [file, text] of texts) {
      const known = owners.get(text) ?? [];
      owners.set(text, [...known, `${name}: ${file}`]);
    }
  return [...owners]
    .map(([text, names]) => `${'='.repeat(78)}\n${names.join('\n')}\n\n${text.trimEnd()}\n\n`)
    .join('');
}

async function linkedModules(pin: ToolPin, go: string): Promise<LinkedModule[]> {
  const options = {
    cwd: pin.source,
    env: { ...pin.platform, GOWORK: 'off', GO111MODULE: 'on', CGO_ENABLED: '0' },
  };
  const list = ['list', '-deps', '-mod=readonly', '-f', FORMAT, pin.package];
  const { stdout } = await execa(go, list, options);
  const texts = new Map<string, Map<string, string>>();
  const sources = new Map<string, string>();
  for (const line of stdout.split('\n').filter((each) => each !== '')) {
    const [module = '', version = '', root = '', folder = ''] = line.split('\t');
    const name = `${module} ${version}`;
    sources.set(name, `go mod download ${module}@${version}`);
    const known = texts.get(name) ?? new Map<string, string>();
    for (const [file, text] of licencesBetween(folder, root)) known.set(file, text);
    texts.set(name, known);
  }
  const { stdout: goEnv } = await execa(go, ['env', 'GOROOT', 'GOVERSION'], options);
  const [goRoot = '', goVersion = ''] = goEnv.split('\n');
  const own = { name: `Go ${goVersion}`, source: `https://go.dev/dl/${goVersion}.src.tar.gz` };
  return [
    { ...own, texts: checked(own.name, licencesBetween(goRoot, goRoot)) },
    ...[...texts].map(([name, found]) => ({
      name,
      source: sources.get(name) ?? '',
      texts: checked(name, found),
    })),
  ];
}

function checked(name: string, texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if ([...texts.keys()].some((file) => /licen[cs]e|copying/i.test(file))) return texts;
  throw new Error(`${name} has no licence: what is linked from it must not be published`);
}

/** The files in a folder and those above it, up to the module's root: a package may have a licence of its own. */
function licencesBetween(folder: string, root: string): Map<string, string> {
  const names = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter(
          (entry) => entry.isFile() && LICENCE_FILE.test(entry.name) && !entry.name.endsWith('.go'),
        )
        .map(({ name }) => name)
    : [];
  const own = names.map((name): [string, string] => {
    const file = path.join(folder, name);
    return [path.relative(root, file), readFileSync(file, 'utf8')];
  });
  const above = folder === root ? [] : licencesBetween(path.dirname(folder), root);
  return new Map([...own, ...above]);
}
