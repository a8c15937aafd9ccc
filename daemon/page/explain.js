// What newsd knows of an article and why: /articles/<id> and its story → the parts of the dialog. The text stands with
// the lines that were taken out of it, where the event says they stood.
import {element} from './dom.js';
import {headlineOf, roled} from './ticker.js';
import {
  bytes,
  clock,
  count,
  moment,
  plural,
  sequenceOf,
  shortened,
  shortId,
  shown,
  typeWords,
  webAddress,
} from './words.js';

const kMostListed = 40;

/// rows: [name, value…], where a value is a line, as it is or in pieces, or a list of lines; without a line there is no
/// row.
function facts(title, rows) {
  const told = rows
    .map(([name, ...values]) => [
      name,
      values.flat().filter((v) => v !== null && v !== undefined && v !== '' && v !== false),
    ])
    .filter(([, values]) => values.length > 0);
  if (told.length === 0) return null;
  return element(
    'section',
    {},
    element('h3', {}, title),
    element(
      'dl',
      {class: 'facts'},
      told.map(([name, values]) => [
        element('dt', {}, name),
        element(
          'dd',
          {},
          values.map((value) => element('div', {}, value))
        ),
      ])
    )
  );
}
const text = (value, most = 400) =>
  value === undefined || value === null || value === '' ? null : element('bdi', {}, shortened(value, most));
const percent = (share) => (share === undefined || share === null ? null : `${Math.round(100 * share)} %`);
const range = ([first, last]) => (first === last ? `line ${first}` : `lines ${first}–${last}`);
const listed = (all, make) => {
  const some = (all ?? []).slice(0, kMostListed).map(make);
  return (all ?? []).length > kMostListed ? [...some, `and ${count(all.length - kMostListed)} more`] : some;
};

export function explanation({event, history, earlier}, story, open) {
  const {item = {}, newsd = {}} = event.data;
  const linkTo = (subject, words) =>
    element('button', {type: 'button', class: 'link', onclick: () => open(subject)}, words);
  const headline = headlineOf(item);
  return {
    title: headline || '(no headline)',
    parts: [
      lede(event, item, newsd),
      body(item, newsd, linkTo),
      verdict(newsd, linkTo),
      changes(newsd),
      inStory(event.subject, newsd, story, linkTo),
      labels(item, newsd),
      origin(item, newsd),
      versions(history, earlier),
    ].filter(Boolean),
  };
}

function lede(event, item, newsd) {
  const url = roled(item.altIds, 'url')?.value,
    address = webAddress(url);
  return element(
    'p',
    {class: 'lede about'},
    element('span', {class: `type ${event.type.split('.').pop()}`}, typeWords(event.type)),
    element('span', {}, `version ${shown(item.version ?? newsd.version)}`),
    element('time', {datetime: event.recordedtime}, moment(event.recordedtime)),
    text(item.by),
    text(roled(item.infoSources, 'publisher')?.name),
    newsd.published ? element('span', {}, `published ${shown(newsd.published.value)}`) : null,
    address
      ? element(
          'a',
          {href: address, rel: 'noopener noreferrer', target: '_blank'},
          element('bdi', {}, shortened(url, 120))
        )
      : text(url)
  );
}

/// Where each paragraph stood, in lines from 1: known when one stood on a line of its own, with or without blank lines
/// between. null otherwise.
function linesOf(paragraphs, removed, lines) {
  if (!lines) return null;
  const [first, last] = lines;
  const inside = removed.filter(({lines: [from, to]}) => from >= first && to <= last);
  const taken = new Set(
    inside.flatMap(({lines: [from, to]}) => Array.from({length: Math.min(to - from + 1, 1000)}, (_, i) => from + i))
  );
  for (const step of [1, 2]) {
    const free = [];
    for (let line = first; line <= last; line += step) if (!taken.has(line)) free.push(line);
    const isWhole = step === 1 || [...taken].every((line) => (line - first) % 2 === 0);
    if (free.length === paragraphs.length && isWhole) return free;
  }
  return null;
}

function body(item, newsd, linkTo) {
  const whole = roled(item.bodies, 'main')?.value;
  const removed = (newsd.removed ?? []).filter((part) => Array.isArray(part.lines));
  const unplaced = (newsd.removed ?? []).filter((part) => !Array.isArray(part.lines));
  if (!whole && newsd.dedupe?.of) {
    return element(
      'p',
      {class: 'quiet'},
      'What repeats another article comes without its text: ',
      linkTo(newsd.dedupe.of, 'read the first'),
      '.'
    );
  }
  if (!whole && removed.length + unplaced.length === 0) return null;
  const paragraphs = whole ? whole.split('\n\n') : [];
  const at = newsd.fields?.body?.lines,
    places = linesOf(paragraphs, removed, at);
  const struck = (part) => ({
    line: part.lines?.[0] ?? Infinity,
    made: element(
      'p',
      {class: 'removed'},
      element(
        'span',
        {class: 'kind'},
        [part.kind, part.lines && range(part.lines)].filter(Boolean).map(shown).join(', ')
      ),
      element('del', {}, element('bdi', {}, shortened(part.text, 600)))
    ),
  });
  const kept = paragraphs.map((paragraph, i) => ({
    line: places?.[i] ?? at?.[0] ?? 0,
    made: element(
      'p',
      {dir: 'auto'},
      paragraph
        .split('\n')
        .map(shown)
        .flatMap((line, n) => (n === 0 ? [line] : [element('br'), line]))
    ),
  }));
  // without places of their own the paragraphs stay together: what stood among them follows
  const end = at?.[1] ?? Infinity,
    begin = at?.[0] ?? 0;
  const parts = removed
    .map(struck)
    .map((part) => (places === null && part.line >= begin && part.line <= end ? {...part, line: end} : part));
  const all = [...kept, ...parts, ...unplaced.map(struck)].sort((a, b) => a.line - b.line);
  return element(
    'section',
    {},
    element('h3', {}, 'Text'),
    item.descriptions?.[0]?.value
      ? element('p', {class: 'standfirst', dir: 'auto'}, shown(item.descriptions[0].value))
      : null,
    element(
      'div',
      {class: 'text'},
      all.map(({made}) => made)
    )
  );
}

function verdict({dedupe, reason}, linkTo) {
  if (!dedupe && !reason) return null;
  const to = (subject) => (subject ? linkTo(subject, shortId(subject)) : null);
  return facts('Told before?', [
    ['verdict', dedupe && [dedupe.verdict, dedupe.kind].filter(Boolean).map(shown).join(', ')],
    ['refused', reason && text(reason.text), reason && text(reason.rule)],
    ['of', to(dedupe?.of)],
    ['nearest', to(dedupe?.nearest)],
    [
      'alike',
      percent(dedupe?.similarity) && `${percent(dedupe.similarity)} of what both say`,
      percent(dedupe?.containment) && `${percent(dedupe.containment)} of the shorter stands in the longer`,
    ],
    ['because', listed(dedupe?.evidence, (words) => text(words))],
  ]);
}

function changes({revision}) {
  return revision
    ? facts('What changed', [
        ['fields', text(revision.changed?.join(', '))],
        [
          'words',
          [
            revision.wordsAdded && `+${count(revision.wordsAdded)}`,
            revision.wordsRemoved && `−${count(revision.wordsRemoved)}`,
          ]
            .filter(Boolean)
            .join(' '),
        ],
        [
          'numbers',
          listed(revision.numbers, (n) => [
            element('span', {}, text(n.old), ' → ', text(n.new)),
            ' ',
            element('span', {class: 'quiet'}, text(n.context)),
          ]),
        ],
      ])
    : null;
}

function inStory(subject, newsd, story, linkTo) {
  if (!newsd.story) return null;
  return facts('Story', [
    [
      'here',
      `${shown(newsd.story.role)} of ${plural(newsd.story.size, 'article')}`,
      percent(newsd.story.similarity) && `${percent(newsd.story.similarity)} like it`,
    ],
    ['headline', text(story?.event?.data?.story?.headline)],
    ['articles', articlesOf(story, subject, linkTo)],
  ]);
}

/// Of a story, the latest first. subject: the one that is shown already.
function articlesOf(story, subject, linkTo) {
  return listed(story?.articles, (article) =>
    article.subject === subject
      ? element('span', {}, clock(article.time), ' ', element('strong', {}, 'this one'))
      : [
          linkTo(article.subject, [clock(article.time), ' ', text(article.headline ?? '(no headline)', 160)]),
          ' ',
          element('span', {class: 'quiet'}, article.type ? typeWords(article.type) : 'has left the journal'),
        ]
  );
}

/// /stories/<id> → the parts of the dialog. openStory: as open, of a story.
export function storyExplanation(told, open, openStory) {
  const {event, history, earlier, mergedInto} = told,
    {story = {}} = event.data;
  const link = (action) => (subject, words) =>
    element('button', {type: 'button', class: 'link', onclick: () => action(subject)}, words);
  return {
    title: story.headline ?? '(no headline)',
    parts: [
      element(
        'p',
        {class: 'lede about'},
        element('span', {class: 'type'}, typeWords(event.type)),
        element('span', {}, plural(story.size ?? 0, 'article')),
        story.sources > 0 ? element('span', {}, plural(story.sources, 'source')) : null
      ),
      facts('Story', [
        ['first seen', moment(story.firstSeen)],
        ['last seen', moment(story.lastSeen)],
        ['went into', mergedInto && link(openStory)(mergedInto, shortId(mergedInto))],
        ['made of', listed(story.mergedFrom, (subject) => link(openStory)(subject, shortId(subject)))],
        ['because', text(story.reason?.text)],
        ['articles', articlesOf(told, null, link(open))],
      ]),
      versions(history, earlier),
    ].filter(Boolean),
  };
}

function labels(item, newsd) {
  const all = newsd.labels ?? {},
    why = newsd.classify?.why ?? {};
  const sure = (one) => (one.confidence === undefined ? '' : ` ${percent(one.confidence)}`);
  const chips = (list, make) =>
    list?.length > 0
      ? element(
          'span',
          {class: 'labels'},
          listed(list, (one) => element('span', {class: 'label'}, make(one)))
        )
      : null;
  const named = (kind) =>
    chips(
      all.entities?.filter((one) => one.kind === kind),
      (one) => [text(one.name, 80), sure(one)]
    );
  return facts('Labels', [
    [
      'language',
      all.language &&
        `${shown(all.language.code)}, ${percent(all.language.confidence)} sure, by ${shown(all.language.how)}`,
    ],
    [
      'about',
      listed(item.subjects, (subject) => [
        element('span', {}, shown(subject.name)),
        element('span', {class: 'quiet'}, ` ${shown(subject.relevance)} relevant, ${shown(subject.confidence)} sure `),
        text(why[subject.literal]?.join(', ')),
      ]),
    ],
    ['countries', chips(all.countries, (one) => [shown(one.code), sure(one)])],
    ['persons', named('person')],
    ['organisations', named('organisation')],
    ['places', named('place')],
    [
      'said',
      listed(all.quotes, (quote) => [
        text(quote.text, 240),
        ' ',
        element('span', {class: 'quiet'}, text(quote.speakerText)),
      ]),
    ],
    ['events', chips(all.events, (one) => [shown(`${one.type} ${one.cameo ?? ''}`), sure(one)])],
    ['dates', chips(all.dates, (one) => [text(one.text, 60), one.value ? ` ${shown(one.value)}` : ' unresolved'])],
    ['tone', all.tone && `${shown(all.tone.tone)}  (+${shown(all.tone.positive)} −${shown(all.tone.negative)})`],
    ['rules', chips(newsd.rules, (rule) => text(rule.id, 80))],
  ]);
}

function origin(item, {origin: from, fields, missing}) {
  if (!from) return null;
  return facts('Where it came from', [
    ['input', text(from.uri), text(from.member && `member ${from.member}`)],
    [
      'read as',
      [shown(from.format), from.bytes !== undefined && bytes(from.bytes), from.charset?.used]
        .filter(Boolean)
        .map(shown)
        .join(', '),
    ],
    ['received', from.receivedAt && moment(from.receivedAt)],
    [
      'found by',
      listed(Object.entries(fields ?? {}), ([name, field]) => [
        element('span', {}, shown(name)),
        ' ',
        element(
          'span',
          {class: 'quiet'},
          [field.how, field.lines && range(field.lines), field.confidence !== undefined && `${field.confidence} sure`]
            .filter(Boolean)
            .map(shown)
            .join(', ')
        ),
      ]),
    ],
    ['missing', text(missing?.join(', '))],
    [
      'known as',
      listed(item.altIds, (id) => [element('span', {class: 'quiet'}, shown(id.role)), ' ', text(id.value, 160)]),
    ],
  ]);
}

function versions(history, earlier) {
  return facts('Its events', [
    [
      'latest first',
      listed(history, (one) => [
        element('time', {datetime: one.recordedtime}, moment(one.recordedtime)),
        ' ',
        typeWords(one.type),
        ' ',
        element('span', {class: 'quiet'}, `at ${sequenceOf(one.sequence)}`),
      ]),
      earlier && 'and earlier ones',
    ],
  ]);
}
