// The stream of events as server-sent events over fetch, which can show a token where EventSource cannot. Comes again by
// itself behind the last event it has: none is lost, none is told twice.
import {ask, Problem} from './api.js';

const kFirst = 50; // events of before, to begin with
const kSilence = 40_000; // milliseconds without a byte (a heartbeat comes every 15 s): the line is dead
const kWaits = [250, 500, 1000, 2000, 4000, 8000]; // milliseconds before the next attempt

/// Takes text apart into server-sent events. Lines end in LF: newsd's do.
class Lines {
  rest = '';
  id = null;
  constructor(tell) {
    this.tell = tell;
  }
  take(text) {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop();
    for (const block of blocks) this.block(block);
  }
  block(block) {
    let name = 'message',
      data = null;
    for (const line of block.split('\n')) {
      if (line.startsWith('id: ')) this.id = line.slice(4);
      else if (line.startsWith('event: ')) name = line.slice(7);
      else if (line.startsWith('data: ')) data = data === null ? line.slice(6) : `${data}\n${line.slice(6)}`;
    }
    this.tell(name, data, this.id);
  }
}

/// on.event(event), on.state(state, words), on.refused(problem): what was asked for is wrong, nothing more comes.
export class Stream {
  query = new URLSearchParams();
  place = null; // sequence of the last event or heartbeat
  round = 0; // counts start(): what belongs to an earlier one is done for
  attempt = 0;
  constructor(on) {
    this.on = on;
    addEventListener('online', () => this.hurry?.());
    document.addEventListener('visibilitychange', () => document.hidden || this.hurry?.());
  }

  /// From here on events of this query; what came before is forgotten.
  start(query) {
    this.end();
    this.query = query;
    this.place = null;
    this.attempt = 0;
    this.run(this.round);
  }

  end() {
    ++this.round;
    this.abort?.abort();
    this.hurry?.();
  }

  async run(round) {
    while (round === this.round) {
      this.on.state('connecting', this.attempt === 0 ? 'connecting' : 'connecting again');
      try {
        await this.listen(round);
      } catch (error) {
        if (round !== this.round) return;
        if (error instanceof Problem && this.isFinal(error)) return this.on.refused(error);
      }
      if (round !== this.round) return;
      await this.wait(kWaits[Math.min(this.attempt++, kWaits.length - 1)]);
    }
  }

  /// A request that will not be better the next time. A place that the stream has not come to is that of another
  /// journal: begin again with what there is.
  isFinal(problem) {
    if (problem.code === 'future-sequence' && this.place !== null) {
      this.place = null;
      return false;
    }
    return problem.status === 400;
  }

  async listen(round) {
    const query = new URLSearchParams(this.query);
    const headers = {Accept: 'text/event-stream'};
    if (this.place === null) query.set('last', kFirst);
    else headers['Last-Event-ID'] = this.place;
    const abort = (this.abort = new AbortController());
    const answer = await ask(`/events?${query}`, {headers, signal: abort.signal});
    if (round !== this.round) return abort.abort();
    this.attempt = 0;
    this.on.state('live', 'live');
    const lines = new Lines((name, data, id) => this.heard(name, data, id));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let silence;
    try {
      for (;;) {
        silence = setTimeout(() => abort.abort(), kSilence);
        const {done, value} = await reader.read();
        clearTimeout(silence);
        if (done || round !== this.round) return;
        lines.take(value);
      }
    } finally {
      clearTimeout(silence);
      abort.abort();
    }
  }

  heard(name, data, id) {
    if (name === 'stopping') return this.on.state('lost', 'newsd is stopping');
    if (name === 'error') return; // the line ends behind it, and we come again
    const isNew = id !== null && (this.place === null || BigInt(id) > BigInt(this.place));
    if (isNew) this.place = id;
    if (data !== null && isNew) this.on.event(JSON.parse(data));
  }

  wait(milliseconds) {
    const seconds = Math.ceil(milliseconds / 1000);
    this.on.state('lost', seconds > 1 ? `lost, again in ${seconds} s` : 'lost, trying again');
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.hurry = () => {
        clearTimeout(timer);
        this.hurry = null;
        resolve();
      };
    });
  }
}
