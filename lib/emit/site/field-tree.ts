import type { LibraryFunction } from '../../model/library/part.ts';
import { callText, type Place, type Places } from '../../model/library/place.ts';
import { allowedValues, factsOf, typeWords } from '../../model/library/type-words.ts';
import { resolve } from '../../model/library/members.ts';
import type { Node } from '../../model/node.ts';
import { escapeHtml, proseHtml } from './html.ts';
import type { SiteLibrary } from './site-library.ts';

/** A field as the page and the search have it. */
export interface FieldEntry {
  /** From the object on: `spec.strategy.type`. */
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly functions: readonly string[];
}

/** The HTML of a tree of fields, and what the search finds in it. */
export interface FieldTree {
  readonly html: string;
  readonly entries: readonly FieldEntry[];
}

/** Writes the fields of an object as a tree that folds. */
export class FieldTreeWriter {
  readonly #site: SiteLibrary;
  readonly #places: Places;
  readonly #files: ReadonlyMap<string, string>;

  /** @param files the pages of objects, by definition. */
  constructor(site: SiteLibrary, places: Places, files: ReadonlyMap<string, string>) {
    this.#site = site;
    this.#places = places;
    this.#files = files;
  }

  /** The fields of an object; of a kind without what its constructors write. */
  write(root: Place, isKind: boolean): FieldTree {
    const entries: FieldEntry[] = [];
    const inside = root.definition === undefined ? [] : [root.definition];
    const html = this.#fields(root, { path: '', depth: 0, inside, entries, isKind });
    return { html, entries };
  }

  #fields(place: Place, at: At): string {
    return this.#places
      .inside(place)
      .filter(({ name }) => !at.isKind || !['apiVersion', 'kind'].includes(name))
      .map((one) => this.#field(one, at))
      .join('');
  }

  #field(place: Place, { path, depth, inside, entries }: At): string {
    const here = path === '' ? place.name : `${path}.${place.name}`;
    const { functions } = place.setters;
    // The functions of what it holds that set none of its fields: constructors.
    const own =
      place.items === undefined
        ? (place.part?.functions.filter(({ property }) => property === undefined) ?? [])
        : [];
    const names = [...functions, ...own].map(({ name }) => name);
    entries.push({ path: here, name: place.name, depth, functions: names });
    const head = this.#head(place);
    const body = this.#body(place, own);
    const children = this.#children(place, {
      path: here,
      depth: depth + 1,
      inside,
      entries,
      isKind: false,
    });
    const id = escapeHtml(here);
    if (children === '') return `<div class="f" id="${id}">${head}${body}</div>\n`;
    const open = depth === 0 && place.name === 'spec' ? ' open' : '';
    return `<details class="f" id="${id}"${open}><summary>${head}</summary>${body}<div class="c">${children}</div></details>\n`;
  }

  /** The fields below; none where another page has them, as that of Container, or where it is inside of itself. */
  #children(place: Place, at: At): string {
    const definition = this.#definitionOf(place);
    if (place.items !== undefined) return '';
    if (definition !== undefined && at.inside.includes(definition)) return '';
    const inside = definition === undefined ? at.inside : [...at.inside, definition];
    return this.#fields(place, { ...at, inside });
  }

  #definitionOf({ node, definition }: Place): string | undefined {
    const held = node.type === 'array' ? node.items : node.type === 'map' ? node.values : undefined;
    return held === undefined ? definition : resolve(held, this.#site.library.api).definition;
  }

  #head(place: Place): string {
    const { api } = this.#site.library;
    const required = place.required ? ' <span class="r">required</span>' : '';
    const values = allowedValues(place.node, api);
    const allowed =
      values.length === 0 ? '' : ` <span class="e">${values.map(codeOf).join(' ')}</span>`;
    return `<b>${escapeHtml(place.name)}</b> <span class="t">${this.#type(place)}</span>${required}${allowed}`;
  }

  /** The type, where it has a page as a link to it. */
  #type(place: Place): string {
    const { node, definition } = place;
    const { api } = this.#site.library;
    const whole: Node =
      definition === undefined ? node : { ...node, type: 'ref', name: definition };
    const words = escapeHtml(typeWords(whole, api));
    const target = this.#files.get(this.#definitionOf(place) ?? '');
    if (target === undefined) return words;
    return `<a href="${escapeHtml(target)}">${words}</a>`;
  }

  #body(place: Place, own: readonly LibraryFunction[]): string {
    const { api } = this.#site.library;
    const facts = factsOf(place.node, api).map(
      ({ name, text }) =>
        `<span class="k">${escapeHtml(name)}</span> ${name === 'rule' ? proseHtml(text) : codeOf(text)}`,
    );
    const description = place.node.description ?? '';
    return [
      description === '' ? '' : `<p>${proseHtml(description)}</p>`,
      facts.length === 0 ? '' : `<p class="x">${facts.join('<br>')}</p>`,
      functionsHtml(this.#site.variable, [
        { id: place.setters.id, functions: place.setters.functions },
        { id: place.part?.id ?? '', functions: own },
      ]),
    ].join('');
  }
}

interface At {
  readonly path: string;
  readonly depth: number;
  /** The definitions around it. */
  readonly inside: readonly string[];
  readonly entries: FieldEntry[];
  /** Whether these are the fields of a kind itself. */
  readonly isKind: boolean;
}

/** Calls, which a click copies. */
export function functionsHtml(
  variable: string,
  groups: readonly { readonly id: string; readonly functions: readonly LibraryFunction[] }[],
): string {
  const calls = groups.flatMap(({ id, functions }) =>
    functions.map((one) => `<button class="fn">${callHtml(callText(variable, id, one))}</button>`),
  );
  return calls.length === 0 ? '' : `<div class="fns">${calls.join('')}</div>`;
}

/** A call that may break before a dot. */
function callHtml(call: string): string {
  const end = call.indexOf('(');
  return escapeHtml(call.slice(0, end)).replaceAll('.', '<wbr>.') + escapeHtml(call.slice(end));
}

function codeOf(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}
