// The dialog behind an event: an article's explanation, a story with its articles, or the event as it is.
import {askJson} from './api.js';
import {byId, element, replace} from './dom.js';
import {explanation, storyExplanation} from './explain.js';
import {shown, typeWords, uuidOf} from './words.js';

const isUrn = (subject) => /^urn:uuid:[0-9a-f-]{36}$/.test(subject);

export class Article {
  dialog = byId('article');
  round = 0; // counts what was opened: an answer that comes late is not shown

  constructor() {
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close(); // beside it
    });
    this.dialog.addEventListener('close', () => ++this.round);
  }

  /// By an event of the stream.
  open(event) {
    if (event.type.startsWith('newsd.article.') && isUrn(event.subject)) return this.openSubject(event.subject, event);
    if (event.type.startsWith('newsd.story.') && isUrn(event.subject)) return this.openStory(event.subject);
    this.show(typeWords(event.type), asItIs(event));
  }

  /// By an article's subject. event: what to show when the journal has it no more.
  async openSubject(subject, event = null) {
    const round = this.wait();
    try {
      const told = await askJson(`/articles/${uuidOf(subject)}`);
      const uri = told.event.data.newsd?.story?.uri;
      const story = uri && isUrn(uri) ? await askJson(`/stories/${uuidOf(uri)}`).catch(() => null) : null;
      if (round !== this.round) return;
      const {title, parts} = explanation(told, story, (other) => this.openSubject(other));
      this.show(title, parts, told.event);
    } catch (error) {
      if (round === this.round) this.fail(error, event);
    }
  }

  async openStory(subject) {
    const round = this.wait();
    try {
      const told = await askJson(`/stories/${uuidOf(subject)}`);
      if (round !== this.round) return;
      const {title, parts} = storyExplanation(
        told,
        (other) => this.openSubject(other),
        (other) => this.openStory(other)
      );
      this.show(title, parts, told.event);
    } catch (error) {
      if (round === this.round) this.fail(error, null);
    }
  }

  wait() {
    const round = ++this.round;
    if (!this.dialog.open) this.show('…', element('p', {class: 'empty'}, 'asking'));
    return round;
  }
  fail(error, event) {
    this.show('It cannot be told', [
      element('p', {class: 'empty'}, error.message),
      event === null ? null : asItIs(event),
    ]);
  }

  show(title, parts, event = null) {
    replace(
      this.dialog,
      element(
        'header',
        {},
        element('h2', {id: 'article-title', tabindex: '-1'}, element('bdi', {}, shown(title))),
        element(
          'button',
          {type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => this.dialog.close()},
          '×'
        )
      ),
      element(
        'div',
        {class: 'explained'},
        parts,
        event === null
          ? null
          : element('details', {class: 'raw'}, element('summary', {}, 'The event as it is'), asItIs(event))
      )
    );
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
    byId('article-title').focus({preventScroll: true});
  }
}

function asItIs(event) {
  // line by line: what would steer the text around it is made harmless, line breaks stay
  const text = JSON.stringify(event, null, 2).split('\n').map(shown).join('\n');
  return element('pre', {tabindex: '0', 'aria-label': 'The event as JSON'}, text);
}
