// /status every two seconds → counts, rates and times, as figures and charts.
import {askJson} from './api.js';
import {lineChart, quantile} from './charts.js';
import {byId, element, replace} from './dom.js';
import {bytes, count, fromNow, milliseconds, rate, sequenceOf, shown} from './words.js';

const kEvery = 2000; // milliseconds
const kPoints = 150; // five minutes
const kTimesOver = 15; // samples: the last half minute

export class Figures {
  samples = []; // {at, events, counts}: the latest last
  rates = [];
  medians = [];
  worst = [];
  constructor(changed) {
    this.changed = changed; // of a status
  }

  async run() {
    for (;;) {
      const begin = performance.now();
      try {
        this.take(await askJson('/status'));
      } catch {
        this.samples = []; // the daemon is away, which the stream tells; its counts begin anew
      }
      const wait = document.hidden ? 5 * kEvery : kEvery;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait - (performance.now() - begin))));
    }
  }

  take(status) {
    const now = {at: Date.parse(status.now), events: status.events, counts: status.times.latency.counts};
    const last = this.samples.at(-1);
    if (last && (now.events < last.events || now.at <= last.at))
      this.samples = []; // another daemon's counts
    else if (last) this.push(this.rates, ((now.events - last.events) * 1000) / (now.at - last.at));
    this.samples.push(now);
    if (this.samples.length > kTimesOver) this.samples.shift();
    const recent = now.counts.map((n, i) => n - this.samples[0].counts[i]);
    this.push(this.medians, quantile(recent, status.times.bounds, 0.5));
    this.push(this.worst, quantile(recent, status.times.bounds, 0.95));
    this.draw(status);
    this.changed(status);
  }
  push(values, value) {
    values.push(value);
    if (values.length > kPoints) values.shift();
  }

  draw(status) {
    byId('source').textContent = `${shown(status.source)} · ${shown(status.version)} · up ${fromNow(
      status.started,
      Date.parse(status.now)
    ).replace(' ago', '')}`;
    const {articles, inputs, journal} = status;
    const seen = articles.new + articles.updated + articles.duplicate;
    const figures = [
      ['new', count(articles.new)],
      ['updated', count(articles.updated)],
      ['duplicates', count(articles.duplicate), seen > 0 ? `${((100 * articles.duplicate) / seen).toFixed(0)} %` : ''],
      ['rejected', count(articles.rejected)],
      ['quarantined', count(inputs.quarantined), '', inputs.quarantined > 0],
      ['in flight', count(inputs.inFlight)],
      ['events', count(Number(sequenceOf(journal.last))), bytes(journal.bytes)],
    ];
    if (inputs.unaccounted !== 0)
      figures.push(['unaccounted for', count(inputs.unaccounted), 'please report this', true]);
    if (status.diskFull) figures.push(['the disk', 'full', 'paused', true]);
    replace(
      byId('counts'),
      figures.map(([name, figure, small, isBad]) =>
        element(
          'div',
          {class: isBad ? 'bad' : null},
          element('dt', {}, name),
          element('dd', {}, figure, small ? element('small', {}, small) : null)
        )
      )
    );

    const current = this.rates.at(-1);
    byId('rate-now').textContent = current === undefined ? '–' : rate(current);
    lineChart(
      byId('rate-chart'),
      [{name: 'rate', values: this.rates, points: kPoints, isFilled: true}],
      `Events a second over the last five minutes, now ${current === undefined ? 'not known yet' : rate(current)}`
    );
    const median = this.medians.at(-1),
      worst = this.worst.at(-1);
    const times = median === null ? '–' : `${milliseconds(median)} · 95 %: ${milliseconds(worst)}`;
    byId('latency-now').textContent = times;
    lineChart(
      byId('latency-chart'),
      [
        {name: 'worst', values: this.worst, points: kPoints, isFilled: true},
        {name: 'median', values: this.medians, points: kPoints},
      ],
      `Time from receipt to outputs over the last five minutes, median and 95 %: ${times}`
    );
  }
}
