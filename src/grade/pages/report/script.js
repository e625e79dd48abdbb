
'use strict';
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fill = (text, ...values) => values.reduce((text, value, index) => text.replace(`%${index + 1}`, () => value), text);

  const table = one('#grid'), body = table.tBodies[0], heads = table.tHead.rows[1];
  const rows = [...body.rows], students = all('.student');
  const student = new Map(students.map(article => [article.dataset.row, article]));
  const told = one('#told'), where = one('.where'), filters = one('#filters');
  const nameOf = row => one('.who', row).textContent;
  const titleOf = head => head.title || head.textContent;
  const kindOf = cell => cell && [...cell.classList].find(kind => 'pftsocn'.includes(kind)) || '';

  // Sorting. Each sort keeps the one before it among equals.
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: 'base' });
  const rank = { f: 0, t: 1, c: 2, s: 3, o: 4, n: 5, p: 6 };
  const keys = {
    name: () => (a, b) => collator.compare(nameOf(a), nameOf(b)),
    points: () => (a, b) => (a.dataset.points ?? -1) - (b.dataset.points ?? -1),
    step: column => (a, b) => (rank[kindOf(a.cells[column])] ?? 9) - (rank[kindOf(b.cells[column])] ?? 9),
  };
  function sort(head) {
    const up = head.getAttribute('aria-sort') !== 'ascending';
    const compare = keys[head.dataset.sort](head.cellIndex);
    rows.sort((a, b) => up ? compare(a, b) : compare(b, a));
    for (const other of heads.cells) other.setAttribute('aria-sort', 'none');
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    body.append(...rows);
    one('#students').append(...rows.map(row => student.get(row.dataset.row)));
    told.textContent = fill(up ? filters.dataset.up : filters.dataset.down, titleOf(head));
  }

  // Filtering. The stories further down follow, and so does what is printed.
  const byName = one('#by-name'), byVerdict = one('#by-verdict'), bySection = one('#by-section'), shown = one('#shown');
  const bare = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ');
  const sectionOf = [...heads.cells].map(head => head.dataset.section);
  function filter() {
    const name = bare(byName.value.trim()), verdict = byVerdict.value, section = bySection.value;
    const within = index => !section || sectionOf[index] === undefined || sectionOf[index] === section;
    const columns = sectionOf.filter((of, index) => of !== undefined && within(index)).length;
    for (const head of table.tHead.rows[0].cells) head.hidden = !!section && !!head.dataset.section && head.dataset.section !== section;
    for (const row of [heads, table.tFoot.rows[0]]) [...row.cells].forEach((cell, index) => { cell.hidden = !within(index); });
    table.classList.toggle('some', !!section);
    let count = 0;
    for (const row of rows) {
      let has = !verdict || row.dataset.state === verdict;
      [...row.cells].forEach((cell, index) => {
        if (cell.classList.contains('wide')) { cell.colSpan = columns; return; }
        cell.hidden = !within(index);
        if (sectionOf[index] === undefined) return;
        const is = kindOf(cell) === verdict;
        cell.classList.toggle('dim', !!verdict && !is);
        has ||= is && !cell.hidden;
      });
      row.hidden = !has || !bare(nameOf(row)).includes(name);
      student.get(row.dataset.row).hidden = row.hidden;
      count += !row.hidden;
    }
    for (const story of all('.story')) story.hidden = !!section && story.dataset.section !== section || !!verdict && story.dataset.verdict !== verdict;
    one('.none').hidden = count > 0;
    shown.textContent = fill(filters.dataset.shown, count, rows.length);
    if (!current.isConnected || !visible(current)) settle(heads.cells[0]);
  }

  // Keys. The whole table is one stop of the Tab key; arrows move within it.
  const visible = cell => !cell.hidden && !cell.parentElement.hidden;
  const stop = cell => one('a', cell) ?? cell;
  let current = heads.cells[0];
  function settle(cell) {
    stop(current).tabIndex = -1;
    current = cell;
    stop(current).tabIndex = 0;
  }
  function go(cell) {
    if (!cell) return;
    settle(cell);
    stop(cell).focus();
  }
  const line = row => [...row.cells].filter(visible);
  const lines = () => [heads, ...rows].filter(row => !row.hidden);
  function move(key, whole) {
    const cells = line(current.parentElement), at = cells.indexOf(current);
    const all = lines(), row = all.indexOf(current.parentElement);
    const down = by => {
      const to = line(all[Math.min(all.length - 1, Math.max(0, row + by))]);
      return to.find(cell => cell.cellIndex === current.cellIndex) ?? to.at(Math.min(at, to.length - 1));
    };
    switch (key) {
      case 'ArrowLeft': return cells[at - 1];
      case 'ArrowRight': return cells[at + 1];
      case 'ArrowUp': return down(-1);
      case 'ArrowDown': return down(1);
      case 'PageUp': return down(-10);
      case 'PageDown': return down(10);
      case 'Home': return whole ? line(all[0])[0] : cells[0];
      case 'End': return whole ? line(all.at(-1)).at(-1) : cells.at(-1);
    }
  }
  const moves = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
  function pressed(event) {
    if (event.altKey || event.metaKey) return;
    if (moves.includes(event.key)) {
      event.preventDefault();
      go(move(event.key, event.ctrlKey));
    } else if ((event.key === 'Enter' || event.key === ' ') && !event.ctrlKey) {
      event.preventDefault();
      act(current);
    }
  }
  function act(cell) {
    if (cell.dataset.sort) sort(cell);
    else if (kindOf(cell) && kindOf(cell) !== 'n') open(cell);
    else one('a', cell)?.click();
  }

  // A step's story, where the reader is.
  const dialog = one('#story'), title = one('#story-title'), verdict = one('#story-verdict'), story = one('#story-body');
  const told_of = cell => [...cell.parentElement.cells].filter(cell => visible(cell) && kindOf(cell) && kindOf(cell) !== 'n');
  function open(cell) {
    settle(cell);
    const link = one('a', cell), kind = kindOf(cell);
    const name = one('.who bdi', cell.parentElement).cloneNode(true);
    title.replaceChildren(name, ' · ', titleOf(heads.cells[cell.cellIndex]));
    const mark = document.createElement('span');
    mark.className = `mark ${kind}`;
    mark.textContent = one('i', cell).textContent;
    mark.setAttribute('aria-hidden', 'true');
    const note = cell.dataset.note ? ` · ${cell.dataset.note}` : '';
    verdict.replaceChildren(mark, one('.vh', cell).textContent + note);
    const source = link && document.getElementById(link.hash.slice(1));
    const content = source ? source.cloneNode(true) : document.createElement('p');
    if (source) content.removeAttribute('id');
    else content.textContent = kind === 'p' ? story.dataset.passed : '';
    story.replaceChildren(content);
    story.scrollTop = 0;
    const cells = told_of(cell);
    one('#story-before').disabled = cells[0] === cell;
    one('#story-after').disabled = cells.at(-1) === cell;
    if (!dialog.open) dialog.showModal();
    title.focus();
  }
  function turn(by) {
    const cells = told_of(current), next = cells[cells.indexOf(current) + by];
    if (next) open(next);
  }
  one('#story-before').addEventListener('click', () => turn(-1));
  one('#story-after').addEventListener('click', () => turn(1));
  one('#story-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener('keydown', event => {
    if (event.key === 'ArrowLeft') turn(-1);
    else if (event.key === 'ArrowRight') turn(1);
  });
  dialog.addEventListener('close', () => stop(current).focus());

  // Where the pointer or the focus is, in words: the heads are far away in a long table.
  let lit;
  function point(event) {
    const cell = event.target.closest('tbody td');
    const head = cell && kindOf(cell) && heads.cells[cell.cellIndex];
    if (head === lit && !cell) return;
    lit?.classList.remove('here');
    lit = head || null;
    lit?.classList.add('here');
    where.replaceChildren();
    if (!lit) return;
    const name = document.createElement('b');
    name.append(one('.who bdi', cell.parentElement).cloneNode(true));
    const note = cell.dataset.note ? ` · ${cell.dataset.note}` : '';
    where.append(name, ` · ${titleOf(lit)} · ${one('.vh', cell)?.textContent ?? ''}${note}`);
  }

  // On.
  table.setAttribute('role', 'grid');
  for (const cell of heads.cells) cell.setAttribute('aria-sort', 'none');
  for (const row of [heads, ...rows]) for (const cell of row.cells) stop(cell).tabIndex = -1;
  settle(current);
  one('.scroll').removeAttribute('tabindex');
  table.addEventListener('keydown', pressed);
  table.addEventListener('focusin', event => {
    const cell = event.target.closest('th, td');
    if (cell && cell !== current && (cell.parentElement === heads || cell.closest('tbody'))) settle(cell);
    point(event);
  });
  table.addEventListener('pointerover', point);
  table.addEventListener('click', event => {
    const cell = event.target.closest('th, td');
    if (!cell || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (cell.dataset.sort) { sort(cell); settle(cell); }
    else if (cell.closest('tbody') && kindOf(cell) && kindOf(cell) !== 'n') { event.preventDefault(); open(cell); }
  });
  filters.addEventListener('input', filter);
  filters.addEventListener('reset', () => requestAnimationFrame(filter));
  filters.addEventListener('submit', event => event.preventDefault());
  filters.hidden = where.hidden = false;
  filter();
})();
