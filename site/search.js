// The search over all imported libraries. It is a script of its own kind, no module: a browser loads none from a file.
'use strict';

/**
 * @typedef {object} Entry what can be found
 * @property {string} name of the kind or field
 * @property {string} path from the object on, empty for the object
 * @property {string[]} functions
 * @property {Page} page
 * @property {number} depth
 * @property {string} own its names, in lower case
 * @property {string} way the names of what is around it, in lower case
 *
 * @typedef {object} Page
 * @property {string} library
 * @property {string} file
 * @property {string} kind
 * @property {string} group
 * @property {string} version
 * @property {boolean} isKind
 * @property {boolean} isBest
 */
globalThis.tankardSearch = {
  /** @type {Entry[]} */
  entries: [],

  /** Called by each file of search/. */
  add({ library, pages }) {
    for (const [file, kind, group, version, isKind, isBest, functions, fields] of pages) {
      const page = {
        library,
        file,
        kind,
        group,
        version,
        isKind: isKind === 1,
        isBest: isBest === 1,
      };
      const base = [
        library,
        group,
        version,
        file.replace('.html', '').replaceAll('.', ' '),
        kind,
        initials(kind),
      ].join(' ');
      this.push(page, kind, '', split(functions), 0, base);
      this.addFields(page, fields, base);
    }
  },

  addFields(page, fields, base) {
    const way = [];
    for (const line of fields === '' ? [] : fields.split('\n')) {
      const [head, short = ''] = line.split('\t');
      const blank = head.indexOf(' ');
      const depth = Number(head.slice(0, blank));
      const name = head.slice(blank + 1);
      way.length = depth;
      way.push(name);
      const setter = `with${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
      const functions = split(short).map((one) =>
        one === '=' ? setter : one === '+' ? `${setter}Mixin` : one,
      );
      this.push(
        page,
        name,
        way.join('.'),
        functions,
        depth + 1,
        `${base} ${way.slice(0, -1).join(' ')}`,
      );
    }
  },

  push(page, name, path, functions, depth, way) {
    const own = [name, ...functions].join(' ').toLowerCase();
    this.entries.push({ page, name, path, functions, depth, own, way: way.toLowerCase() });
  },

  /**
   * @param {string} query words, with blanks, dots or slashes between them, in any order: one is the name of what is
   *   looked for, the others of what is around it
   * @returns {{ entry: Entry, called: string }[]} the best first; `called` is the function that was meant, if one was
   */
  find(query) {
    const words = query
      .toLowerCase()
      .split(/[\s./()]+/)
      .filter((word) => word !== '');
    const found = [];
    for (const entry of this.entries) {
      let best = { score: 0, word: '' };
      words.forEach((word, index) => {
        if (!entry.own.includes(word) && !(entry.path === '' && entry.way.includes(word))) return;
        const others = words.filter((_, other) => other !== index);
        const score = rate(entry, word, others) - (index === words.length - 1 ? 0 : 5);
        if (score > best.score) best = { score, word };
      });
      if (best.score > 0)
        found.push({ entry, score: best.score, called: called(entry, best.word) });
    }
    return found
      .sort((a, b) => b.score - a.score || a.entry.path.length - b.entry.path.length)
      .slice(0, 50);
  },
};

function split(text) {
  return text === '' ? [] : text.split(',');
}

/** `vs` for VirtualService. */
function initials(kind) {
  return kind.replace(/[^A-Z]/g, '');
}

/** 0 when a word is nowhere. */
function rate(entry, name, words) {
  let score = rateOwn(entry, name);
  for (const word of words) {
    // The items of containers are on the page of Container.
    const one = word.replace(/(?<=..)s$/, '');
    const more =
      rateWord(entry.way, word) || rateWord(entry.own, word) / 2 || rateWord(entry.way, one) / 4;
    if (more === 0) return 0;
    score += more;
  }
  if (entry.path === '') score += 25;
  if (entry.page.isKind) score += 12;
  if (!entry.page.isBest) score -= 25;
  if (entry.path.startsWith('status')) score -= 20;
  return Math.max(6, score - 3 * entry.depth);
}

function rateOwn({ own, way, path }, word) {
  const names = own.split(' ');
  if (names.includes(word)) return 100;
  if (path === '' && way.split(' ').includes(word)) return 70;
  const short = names[0].startsWith(word) ? names[0] : names.find((name) => name.startsWith(word));
  if (short !== undefined) return 70 - Math.min(20, short.length - word.length);
  return own.includes(word) ? 30 : 15;
}

function rateWord(text, word) {
  const at = text.indexOf(word);
  if (at === -1) return 0;
  if (` ${text} `.includes(` ${word} `)) return 20;
  return text.includes(` ${word}`) || at === 0 ? 10 : 4;
}

function called({ functions }, word) {
  const exact = functions.find((name) => name.toLowerCase() === word);
  const near = functions.filter((name) => name.toLowerCase().includes(word));
  return exact ?? near.sort((a, b) => a.length - b.length)[0] ?? '';
}
