// What a page does: searches, unfolds the field that its address names, and copies calls.
'use strict';

(() => {
  const { root, indexes } = document.body.dataset;
  const input = document.getElementById('q');
  const list = document.getElementById('results');
  let selected = 0;
  let loading;

  /** The indexes are read once someone searches: a page is shown without them. */
  function load() {
    loading ??= Promise.all(
      indexes
        .split(' ')
        .filter(Boolean)
        .map(
          (file) =>
            new Promise((resolve) => {
              const script = document.createElement('script');
              script.src = root + file;
              script.addEventListener('load', resolve);
              script.addEventListener('error', resolve);
              document.head.append(script);
            }),
        ),
    );
    return loading;
  }

  async function showResults() {
    const query = input.value.trim();
    await load();
    if (query !== input.value.trim()) return;
    if (root === '')
      history.replaceState(
        null,
        '',
        query === '' ? location.pathname : `#q=${encodeURIComponent(query)}`,
      );
    list.hidden = query === '';
    input.setAttribute('aria-expanded', String(query !== ''));
    const found = query === '' ? [] : tankardSearch.find(query);
    list.replaceChildren(...found.map(row));
    if (found.length === 0) list.append(noResult(query));
    select(0);
  }

  function search() {
    void showResults();
  }

  function row({ entry, called }, index) {
    const { page, path, name } = entry;
    const item = document.createElement('li');
    item.role = 'option';
    item.id = `result-${index}`;
    const link = document.createElement('a');
    const anchor = path === '' ? (called === '' ? '' : `#${called}()`) : `#${path}`;
    link.href = `${root}${page.library}/${page.file}${encodeURI(anchor)}`;
    link.tabIndex = -1;
    const title = document.createElement('b');
    title.textContent = path === '' ? name : `${page.kind}.${path}`;
    const more = document.createElement('small');
    const group = [page.group, page.version].filter(Boolean).join('/');
    more.textContent = [
      called === '' ? '' : `${called}()`,
      page.isKind ? '' : 'part',
      group,
      page.library,
    ]
      .filter(Boolean)
      .join(' · ');
    link.append(title, more);
    item.append(link);
    return item;
  }

  function noResult(query) {
    const item = document.createElement('li');
    item.className = 'none';
    item.textContent = `Nothing is called ${query}.`;
    return item;
  }

  function select(index) {
    const rows = [...list.querySelectorAll('[role=option]')];
    if (rows.length === 0) return;
    selected = (index + rows.length) % rows.length;
    rows.forEach((one, at) => one.setAttribute('aria-selected', String(at === selected)));
    input.setAttribute('aria-activedescendant', rows[selected].id);
    rows[selected].scrollIntoView({ block: 'nearest' });
  }

  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  input.addEventListener('input', search);
  input.addEventListener('focus', () => {
    void load();
    if (input.value.trim() !== '') search();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      select(selected + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter') {
      list.querySelector('[aria-selected=true] a')?.click();
    } else if (event.key === 'Escape') {
      close();
      input.blur();
    }
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  document.addEventListener('click', (event) => {
    if (!event.target.closest('.search') || event.target.closest('#results a')) close();
  });

  /** Unfolds what is around the field of the address, and shows it. */
  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    for (const old of document.querySelectorAll('.hit')) old.classList.remove('hit');
    const target = id === '' ? null : document.getElementById(id);
    if (target === null) return;
    for (let one = target; one !== null; one = one.parentElement.closest('details'))
      if (one.tagName === 'DETAILS') one.open = true;
    target.classList.add('hit');
    target.scrollIntoView({ block: 'start' });
  }

  async function copy(button) {
    const text = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(button);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand('copy');
    }
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), 1200);
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('.fn');
    if (button !== null) void copy(button);
  });
  for (const [id, open] of [
    ['unfold', true],
    ['fold', false],
  ])
    document.getElementById(id)?.addEventListener('click', () => {
      for (const one of document.querySelectorAll('.tree details')) one.open = open;
    });
  addEventListener('hashchange', reveal);
  reveal();

  const asked = /^#q=(.*)$/.exec(location.hash);
  if (root === '') {
    input.focus();
    if (asked !== null) {
      input.value = decodeURIComponent(asked[1]);
      search();
    }
  }
})();
