// Which events are wanted: switches for the types, a `where`. They stand in the address, so that a reload or a bookmark
// has them again.
import {byId, element} from './dom.js';

const kTypes = [
  {name: 'new', words: 'new', types: ['newsd.article.new']},
  {name: 'updated', words: 'updated', types: ['newsd.article.updated']},
  {name: 'duplicate', words: 'duplicates', types: ['newsd.article.duplicate']},
  {name: 'rejected', words: 'rejected', types: ['newsd.article.rejected', 'newsd.article.withdrawn', 'newsd.input.*']},
  {name: 'stories', words: 'stories', types: ['newsd.story.*']},
  {name: 'feeds', words: 'feeds', types: ['newsd.feed.*']},
  {name: 'service', words: 'service', types: ['newsd.daemon.*', 'newsd.stream.*']},
];

export class Filters {
  constructor(changed) {
    this.changed = changed;
    const asked = new URLSearchParams(location.hash.slice(1));
    const names = asked.get('types')?.split(',');
    this.boxes = kTypes.map(({name, words}) => {
      const box = element('input', {type: 'checkbox', name, onchange: () => this.apply()});
      box.checked = names === undefined || names.includes(name);
      byId('types').append(element('label', {class: 'chip'}, box, element('span', {}, words)));
      return box;
    });
    byId('where').value = asked.get('where') ?? '';
    byId('filters').addEventListener('submit', (event) => {
      event.preventDefault();
      this.apply();
    });
    byId('where').addEventListener('input', () => this.accept());
  }

  /// As parameters of /events.
  query() {
    const query = new URLSearchParams();
    const wanted = kTypes.filter((_, i) => this.boxes[i].checked);
    if (wanted.length < kTypes.length) query.set('types', wanted.flatMap(({types}) => types).join(','));
    const where = byId('where').value.trim();
    if (where !== '') query.set('where', where);
    return query;
  }
  isEverything() {
    return this.query().size === 0;
  }
  isNothing() {
    return this.boxes.every((box) => !box.checked);
  }

  apply() {
    this.accept();
    const kept = new URLSearchParams();
    const names = this.boxes.filter((box) => box.checked).map((box) => box.name);
    if (names.length < this.boxes.length) kept.set('types', names.join(','));
    const where = byId('where').value.trim();
    if (where !== '') kept.set('where', where);
    history.replaceState(null, '', kept.size > 0 ? `#${kept}` : location.pathname);
    this.changed();
  }

  /// Shows what is wrong with the expression, and where: problem.where is "column 7", counted in bytes from 1.
  refuse(problem) {
    const input = byId('where'),
      error = byId('where-error');
    const column = Number(/column (\d+)/.exec(problem.where)?.[1] ?? 0);
    error.replaceChildren(`${problem.message}${column > 0 ? ` (column ${column})` : ''}`);
    if (column > 0) {
      const before = charactersIn(input.value, column - 1),
        at = input.value.slice(before, before + 1) || ' ';
      error.append(
        element(
          'code',
          {class: 'marked'},
          input.value.slice(0, before),
          element('mark', {}, at),
          input.value.slice(before + 1)
        )
      );
      input.setSelectionRange(before, before + 1);
    }
    error.hidden = false;
    input.setAttribute('aria-invalid', 'true');
  }
  accept() {
    byId('where-error').hidden = true;
    byId('where').removeAttribute('aria-invalid');
  }
}

/// How many UTF-16 units the first bytes of the text are.
function charactersIn(text, bytes) {
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes)).length;
}
