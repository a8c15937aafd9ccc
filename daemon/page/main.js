// The page: the stream and everything that is asked for beside it, put together.
import {Article} from './article.js';
import {byId} from './dom.js';
import {Figures} from './figures.js';
import {Filters} from './filters.js';
import {Panels} from './panels.js';
import {Stream} from './stream.js';
import {Ticker} from './ticker.js';
import {plural} from './words.js';

const kBehind = 500; // events that were recorded and have not come here

const kNoEvents = {
  connecting: 'Waiting for newsd.',
  live: 'No events yet. Whatever is recorded from now on appears here.',
  behind: 'No events yet.',
  lost: 'Waiting for newsd.',
  refused: 'Nothing is asked for.',
};

function tellState(state, words) {
  const place = byId('state');
  if (place.dataset.state === state && place.textContent === words) return;
  place.dataset.state = state;
  place.textContent = words;
  document.title = state === 'live' ? 'newsd' : `${words} – newsd`;
  byId('no-events').textContent = kNoEvents[state];
}

const article = new Article();
const ticker = new Ticker((event) => article.open(event));
const panels = new Panels((subject) => article.openSubject(subject));
const filters = new Filters(() => listen());
const stream = new Stream({
  event: (event) => {
    ticker.add(event);
    panels.heard(event.type);
  },
  state: (state, words) => {
    tellState(state, words);
    if (state === 'live') panels.refresh();
  },
  refused: (problem) => {
    tellState('refused', 'the expression has a fault');
    filters.refuse(problem);
  },
});
const figures = new Figures((status) => {
  panels.take(status);
  if (byId('state').dataset.state !== 'live' && byId('state').dataset.state !== 'behind') return;
  // of a filtered stream only heartbeats say how far it is
  const behind =
    filters.isEverything() && stream.place !== null ? Number(BigInt(status.journal.last) - BigInt(stream.place)) : 0;
  if (!status.ready) tellState('behind', status.diskFull ? 'the disk is full' : 'takes nothing in');
  else if (behind > kBehind) tellState('behind', `${plural(behind, 'event')} behind`);
  else tellState('live', 'live');
});

function listen() {
  ticker.clear();
  if (!filters.isNothing()) return stream.start(filters.query());
  stream.end();
  tellState('refused', 'no type is chosen');
}

document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches?.('input, textarea') || document.querySelector('dialog[open]');
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/') {
    event.preventDefault();
    byId('where').focus();
  } else if (event.key === 'p') {
    ticker.pause(!ticker.isPaused);
  }
});

listen();
figures.run();
