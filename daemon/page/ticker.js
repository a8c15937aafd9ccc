// The list of events, the latest first: drawn a few times a second however fast they come, and no longer than people
// read.
import {byId, element} from './dom.js';
import {clock, count, plural, shortened, shortId, sequenceOf, typeWords} from './words.js';

const kRows = 300;
const kBetween = 250; // milliseconds from one drawing to the next: the browser has other things to do
const kHeadline = 240; // characters

const headlineOf = (item) => item?.headlines?.[0]?.value ?? item?.title ?? '';
const roled = (list, role) => list?.find((one) => one.role === role);

/// What an event says in a line, and what stands small behind it.
function outline(event) {
  const {item, newsd, story, feed, gap, daemon, reason, origin} = event.data ?? {};
  if (event.type.startsWith('newsd.story.') && story)
    return {headline: story.headline ?? `story ${shortId(story.uri)}`, about: [plural(story.size, 'article')]};
  if (feed) {
    return {headline: feed.name || feed.uri, about: [feed.reason?.text, feed.reason?.code]};
  }
  if (gap)
    return {
      headline: `${sequenceOf(gap.from)} to ${sequenceOf(gap.to)} cannot be had any more`,
      about: [gap.reason?.text],
    };
  if (daemon) return {headline: event.subject, about: [daemon.cause, daemon.changed?.join(' ')]};
  if (reason) return {headline: origin?.uri ?? event.subject, about: [reason.text, reason.rule]};
  const dedupe = newsd?.dedupe;
  return {
    headline: headlineOf(item) || item?.descriptions?.[0]?.value || '(no headline)',
    about: [
      roled(item?.infoSources, 'publisher')?.name ?? hostOf(roled(item?.altIds, 'url')?.value),
      item?.language,
      item?.subjects?.[0]?.name,
      dedupe?.of && `${dedupe.verdict === 'revision' ? 'retells' : 'repeats'} ${shortId(dedupe.of)}`,
      dedupe?.kind,
      newsd?.revision && `changed: ${newsd.revision.changed?.join(', ')}`,
      newsd?.reason?.text,
      newsd?.story?.size > 1 && `story of ${newsd.story.size}`,
    ],
  };
}

function hostOf(url) {
  try {
    return url && new URL(url).host;
  } catch {
    return '';
  }
}

function row(event, open) {
  const {headline, about} = outline(event);
  const kind = event.type.split('.').pop();
  return element(
    'li',
    {'data-sequence': sequenceOf(event.sequence), 'data-type': event.type},
    element(
      'button',
      {type: 'button', class: 'event', onclick: () => open(event)},
      element('time', {datetime: event.recordedtime}, clock(event.recordedtime)),
      element('span', {class: `type ${/^[a-z]+$/.test(kind) ? kind : ''}`}, typeWords(event.type)),
      element('bdi', {class: 'headline'}, shortened(headline, kHeadline)),
      element(
        'span',
        {class: 'about'},
        about.filter(Boolean).map((word) => element('bdi', {}, shortened(word, 80)))
      )
    )
  );
}

export class Ticker {
  list = byId('events');
  waiting = []; // not drawn yet
  received = 0;
  isPaused = false;
  scheduled = false;
  drawn = 0; // when
  constructor(open) {
    this.open = open;
    byId('pause').addEventListener('click', () => this.pause(!this.isPaused));
    // arrows walk through the list, as they do through any other
    this.list.addEventListener('keydown', (event) => {
      const step = {
        ArrowDown: 'nextElementSibling',
        j: 'nextElementSibling',
        ArrowUp: 'previousElementSibling',
        k: 'previousElementSibling',
      }[event.key];
      const next = step && event.target.closest('li')?.[step];
      if (!next) return;
      event.preventDefault();
      next.firstElementChild.focus();
    });
  }

  clear() {
    this.waiting = [];
    this.received = 0;
    this.list.replaceChildren();
    this.tell();
  }
  add(event) {
    ++this.received;
    this.waiting.push(event);
    if (this.waiting.length > kRows) this.waiting.shift();
    if (this.scheduled) return;
    this.scheduled = true;
    setTimeout(() => this.draw(), Math.max(0, this.drawn + kBetween - performance.now()));
  }
  pause(isPaused) {
    this.isPaused = isPaused;
    byId('pause').setAttribute('aria-pressed', String(isPaused));
    byId('pause').textContent = isPaused ? 'Go on' : 'Pause';
    this.draw();
  }

  draw() {
    this.scheduled = false;
    this.drawn = performance.now();
    if (!this.isPaused) {
      this.list.prepend(...this.waiting.reverse().map((event) => row(event, this.open)));
      this.waiting = [];
      while (this.list.childElementCount > kRows) this.list.lastElementChild.remove();
    }
    this.tell();
  }
  tell() {
    byId('no-events').hidden = this.list.childElementCount > 0;
    const held = this.isPaused && this.waiting.length > 0 ? `, ${this.waiting.length} waiting` : '';
    byId('received').textContent = this.received > 0 ? `${count(this.received)} received${held}` : '';
  }
}

export {headlineOf, roled};
