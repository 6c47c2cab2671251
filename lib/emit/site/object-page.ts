import {
  handWrittenPart,
  objectPart,
  type LibraryFunction,
  type Part,
} from '../../model/library/part.ts';
import { Places } from '../../model/library/place.ts';
import { factsOf } from '../../model/library/type-words.ts';
import { FieldTreeWriter, functionsHtml, type FieldTree } from './field-tree.ts';
import { escapeHtml, pageHtml, proseHtml } from './html.ts';
import type { SearchPage } from './search-index.ts';
import type { SiteLibrary, SiteObject } from './site-library.ts';

/** A page in memory, and what the search finds on it. */
export interface ObjectPage extends SearchPage {
  /** From the folder with index.html. */
  readonly path: string;
  readonly text: string;
}

/** Writes the pages of a library, one an object. */
export class ObjectPages {
  readonly #site: SiteLibrary;
  readonly #libraries: readonly string[];
  readonly #places: Places;
  readonly #trees: FieldTreeWriter;

  /** @param libraries the names of all that the search covers. */
  constructor(site: SiteLibrary, objects: readonly SiteObject[], libraries: readonly string[]) {
    const { library, handWritten } = site;
    this.#site = site;
    this.#libraries = libraries;
    this.#places = new Places(library, { api: library.api, handWritten });
    const files = new Map(objects.map(({ object, file }) => [object?.definition ?? '', file]));
    files.delete('');
    this.#trees = new FieldTreeWriter(site, this.#places, files);
  }

  /** The page of an object. */
  write(one: SiteObject): ObjectPage {
    const { library } = this.#site;
    const part = this.#part(one);
    const own = part.functions.filter(({ property }) => property === undefined);
    const tree = this.#tree(one);
    const body = [
      this.#head(one),
      own.length === 0 ? '' : `<h2>Functions</h2>\n${this.#functions(part, own)}`,
      tree.html === '' ? '' : `${FIELDS_HEAD}<div class="tree">\n${tree.html}</div>`,
    ].join('\n');
    return {
      path: `${library.name}/${one.file}`,
      object: one,
      functions: own.map(({ name }) => name),
      entries: tree.entries,
      text: pageHtml({
        title: `${one.kind} ${one.version} · ${library.name}`,
        toRoot: '../',
        body,
        libraries: this.#libraries,
      }),
    };
  }

  #part({ object, id }: SiteObject): Part {
    const { library, handWritten } = this.#site;
    const context = { api: library.api, handWritten };
    return object === undefined ? handWrittenPart(id, context) : objectPart(object, context);
  }

  #tree({ object }: SiteObject): FieldTree {
    if (object === undefined) return { html: '', entries: [] };
    return this.#trees.write(this.#places.ofObject(object), object.resource !== undefined);
  }

  #head(one: SiteObject): string {
    const { library, variable, importPath } = this.#site;
    const { object, kind, group, version, others } = one;
    const apiVersion = [group, version].filter((part) => part !== '').join('/');
    const scope =
      object?.resource === undefined
        ? ''
        : object.resource.namespaced
          ? 'namespaced'
          : 'cluster-scoped';
    const badges = [apiVersion, one.isKind ? scope : 'part of other objects']
      .filter((text) => text !== '')
      .map((text) => `<span class="badge">${escapeHtml(text)}</span>`);
    const links = others.map(
      ({ file, version: other }) =>
        `<a class="badge" href="${escapeHtml(file)}">${escapeHtml(other)}</a>`,
    );
    const line = `local ${variable} = import '${importPath}';`;
    const facts = object === undefined ? [] : factsOf(object.node, library.api);
    const rules = facts.filter(({ name }) => name === 'rule' || name === 'open');
    const list = rules.map(({ text }) => `<li>${proseHtml(text)}</li>`).join('');
    return `<p class="way">${escapeHtml(library.name)} / ${escapeHtml(one.id)}</p>
<h1>${escapeHtml(kind)} ${badges.join(' ')} ${links.join(' ')}</h1>
<div class="fns"><button class="fn">${escapeHtml(line)}</button></div>
<p>${proseHtml(object?.node.description ?? '')}</p>${list === '' ? '' : `\n<ul>${list}</ul>`}`;
  }

  /** How it is made; what else there is unfolds, so that the fields are near. */
  #functions(part: Part, functions: readonly LibraryFunction[]): string {
    const rows = functions.map((one) => ({
      makes: /^(?:new|from)/.test(one.name),
      html: this.#functionHtml(part.id, one),
    }));
    const first = rows.filter(({ makes }) => makes || rows.length <= MOST_FUNCTIONS);
    const rest = rows.filter((one) => !first.includes(one));
    const shown = first.map(({ html }) => html).join('');
    if (rest.length === 0) return shown;
    const folded = rest.map(({ html }) => html).join('');
    return `${shown}<details class="f"><summary>${rest.length} more functions</summary><div class="c">${folded}</div></details>\n`;
  }

  #functionHtml(id: string, one: LibraryFunction): string {
    const call = functionsHtml(this.#site.variable, [{ id, functions: [one] }]);
    return `<div class="f" id="${escapeHtml(one.name)}()">${call}<p>${proseHtml(one.help)}</p></div>\n`;
  }
}

/** With more than these, what makes no object is shown folded. */
const MOST_FUNCTIONS = 4;

const FIELDS_HEAD =
  '<h2>Fields <button id="unfold">unfold all</button> <button id="fold">fold all</button></h2>\n';
