// What there is now, beside the stream: stories with their articles, feeds worst first, the quarantine, consumers and
// outputs. Asked for when something about it was heard, and now and then.
import {askJson} from './api.js';
import {byId, element, replace} from './dom.js';
import {
  bytes,
  clock,
  count,
  fromNow,
  moment,
  plural,
  sequenceOf,
  shortened,
  shown,
  typeWords,
  uuidOf,
} from './words.js';

const kSoon = 3000; // milliseconds from an event to another look
const kEvery = 30_000;

/// One panel: how it is asked for, which events make another look worthwhile.
class Panel {
  timer = null;
  isAsking = false;
  constructor(path, isAbout, draw) {
    this.path = path;
    this.isAbout = isAbout;
    this.draw = draw;
    setInterval(() => document.hidden || this.look(), kEvery);
  }
  heard(type) {
    if (!this.isAbout(type) || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.look();
    }, kSoon);
  }
  async look() {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      this.draw(await askJson(this.path));
    } catch {
      // newsd is away, which is told above; what was there stays
    } finally {
      this.isAsking = false;
    }
  }
}

const empty = (words) => element('p', {class: 'empty'}, words);

export class Panels {
  openStories = new Map(); // subject → its articles as elements, while it is open
  constructor(openSubject) {
    this.openSubject = openSubject;
    this.all = [
      new Panel(
        '/stories',
        (type) => type.startsWith('newsd.story.'),
        (told) => this.drawStories(told)
      ),
      new Panel(
        '/feeds',
        (type) => type.startsWith('newsd.feed.') || type === 'newsd.daemon.reloaded',
        (told) => this.drawFeeds(told)
      ),
      (this.quarantine = new Panel(
        '/quarantine',
        (type) => type === 'newsd.input.quarantined',
        (told) => this.drawQuarantine(told)
      )),
    ];
  }
  heard(type) {
    for (const panel of this.all) panel.heard(type);
  }
  refresh() {
    for (const panel of this.all) panel.look();
  }

  drawStories({stories}) {
    for (const subject of this.openStories.keys())
      if (!stories.some((story) => story.subject === subject)) this.openStories.delete(subject);
    replace(
      byId('stories'),
      stories.length === 0 ? empty('No story is being told.') : stories.map((story) => this.story(story))
    );
  }
  story(story) {
    const articles = this.openStories.get(story.subject) ?? element('ul', {class: 'articles'});
    const details = element(
      'details',
      {open: this.openStories.has(story.subject)},
      element(
        'summary',
        {'data-key': story.subject},
        element('bdi', {class: 'headline'}, shortened(story.headline ?? '(no headline)', 160)),
        element(
          'span',
          {class: 'about'},
          element('span', {}, plural(story.size, 'article')),
          story.sources > 1 ? element('span', {}, plural(story.sources, 'source')) : null,
          element('span', {}, fromNow(story.lastSeen))
        )
      ),
      articles
    );
    if (details.open) this.fill(story.subject, articles);
    details.addEventListener('toggle', () => {
      if (!details.open) return this.openStories.delete(story.subject);
      if (this.openStories.has(story.subject)) return;
      this.openStories.set(story.subject, articles);
      this.fill(story.subject, articles);
    });
    return details;
  }
  async fill(subject, place) {
    try {
      const told = await askJson(`/stories/${uuidOf(subject)}`);
      replace(
        place,
        told.articles.map((article) =>
          element(
            'li',
            {},
            element(
              'button',
              {
                type: 'button',
                class: 'link',
                'data-key': article.subject,
                onclick: () => this.openSubject(article.subject),
              },
              element('time', {datetime: article.time}, clock(article.time)),
              ' ',
              element('bdi', {}, shortened(article.headline ?? '(no headline)', 160)),
              ' ',
              element('span', {class: 'quiet'}, article.type ? typeWords(article.type) : 'has left the journal')
            )
          )
        )
      );
    } catch (error) {
      replace(place, element('li', {class: 'quiet'}, error.message));
    }
  }

  drawFeeds({feeds, total, states}) {
    byId('feeds-count').textContent = Object.entries(states)
      .map(([state, n]) => `${count(n)} ${state}`)
      .join(' · ');
    const more =
      total > feeds.length ? element('p', {class: 'quiet'}, `and ${count(total - feeds.length)} more`) : null;
    replace(
      byId('feeds'),
      total === 0
        ? empty('There are no feeds.')
        : element(
            'ul',
            {class: 'rows'},
            feeds.map((feed) => {
              const isBad = ['failing', 'blocked', 'gone'].includes(feed.state);
              return element(
                'li',
                {},
                element(
                  'span',
                  {class: `dot ${isBad ? 'bad' : feed.state === 'silent' ? 'odd' : 'good'}`},
                  shown(feed.state)
                ),
                element(
                  'div',
                  {},
                  element('bdi', {class: 'name', title: shown(feed.url)}, shortened(feed.name || feed.url, 120)),
                  feed.reason
                    ? element(
                        'bdi',
                        {class: 'reason'},
                        `${shown(feed.reason.code)}: ${shortened(feed.reason.text, 200)}`
                      )
                    : null,
                  element(
                    'span',
                    {class: 'about'},
                    feed.failures > 0 ? element('span', {}, plural(feed.failures, 'failure')) : null,
                    element('span', {}, feed.lastSuccess ? `read ${fromNow(feed.lastSuccess)}` : 'never read'),
                    feed.nextPoll
                      ? element('span', {title: moment(feed.nextPoll)}, `next try ${fromNow(feed.nextPoll)}`)
                      : null,
                    element('span', {}, `every ${shown(feed.interval)}`)
                  )
                )
              );
            })
          ),
      more
    );
  }

  drawQuarantine({files, total}) {
    byId('quarantine-count').textContent = total > 0 ? plural(total, 'file') : '';
    replace(
      byId('quarantine'),
      total === 0
        ? empty('Nothing is in quarantine.')
        : element(
            'ul',
            {class: 'rows'},
            files.map((file) =>
              element(
                'li',
                {},
                element(
                  'div',
                  {},
                  element('bdi', {class: 'name'}, shortened(file.name, 160)),
                  element(
                    'bdi',
                    {class: 'reason'},
                    file.reason.code
                      ? `${shown(file.reason.code)}: ${shortened(file.reason.text, 200)}`
                      : 'no reason is known'
                  ),
                  element(
                    'span',
                    {class: 'about'},
                    element('span', {}, bytes(file.bytes)),
                    element('span', {}, fromNow(file.since)),
                    element('bdi', {}, shortened(file.drop, 80))
                  )
                ),
                element(
                  'button',
                  {
                    type: 'button',
                    'data-key': `${file.drop}/${file.name}`,
                    'aria-label': `Read ${shown(file.name)} again`,
                    onclick: (event) => this.retry(file, event.currentTarget),
                  },
                  'Retry'
                )
              )
            )
          )
    );
  }
  async retry(file, button) {
    button.disabled = true;
    const said = byId('quarantine-said');
    try {
      await askJson('/quarantine', {method: 'POST', body: JSON.stringify({retry: file.name, drop: file.drop})});
      said.textContent = `${shortened(file.name, 80)} is read again.`;
    } catch (error) {
      said.textContent = `${shortened(file.name, 80)}: ${error.message}`;
    }
    await this.quarantine.look();
    this.quarantine.heard('newsd.input.quarantined'); // it may fail again
  }

  /// A status.
  take({consumers, outputs}) {
    const row = (reader, what) =>
      element(
        'tr',
        {class: reader.trouble ? 'bad' : null},
        element(
          'th',
          {scope: 'row'},
          element('bdi', {}, shortened(reader.name, 60)),
          element(
            'span',
            {class: 'about'},
            element('span', {}, what),
            reader.trouble ? element('bdi', {class: 'reason'}, shortened(reader.trouble, 160)) : null,
            reader.deadLetters > 0 ? element('span', {}, plural(reader.deadLetters, 'dead letter')) : null
          )
        ),
        element('td', {}, sequenceOf(reader.position)),
        element('td', {class: reader.lag > 0 ? 'lag' : null}, count(reader.lag))
      );
    const rows = [...consumers.map((one) => row(one, 'consumer')), ...outputs.map((one) => row(one, 'output'))];
    replace(
      byId('consumers'),
      rows.length === 0
        ? empty('Nobody has a place in the stream that is kept.')
        : element(
            'table',
            {},
            element(
              'thead',
              {},
              element(
                'tr',
                {},
                element('th', {scope: 'col'}, 'name'),
                element('th', {scope: 'col'}, 'at'),
                element('th', {scope: 'col'}, 'behind')
              )
            ),
            element('tbody', {}, rows)
          )
    );
  }
}
