// A real newsd in a directory of its own, at a port that was free: started, killed and started again at the same one.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export class Newsd {
  directory = mkdtempSync(join(tmpdir(), 'newsd-page-'));
  inbox = join(this.directory, 'in');
  said = [];

  constructor(program) {
    this.program = program;
  }

  /// more: [http] keys; tables: of the configuration.
  async start({more = '', tables = ''} = {}) {
    mkdirSync(this.inbox, {recursive: true});
    this.port ??= await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    const config = join(this.directory, 'newsd.toml');
    writeFileSync(
      config,
      `state_dir = "state"\n[http]\nlisten = "127.0.0.1:${this.port}"\n${more}\n` +
        `[[drop]]\npath = "${this.inbox}"\nname = "inbox"\n[[output]]\nkind = "file"\npath = "events.ndjson"\n${tables}\n`
    );
    this.process = spawn(this.program, ['run', '-c', config], {stdio: ['ignore', 'ignore', 'pipe']});
    const ready = new Promise((resolve, reject) => {
      createInterface({input: this.process.stderr}).on('line', (line) => {
        this.said.push(line);
        if (line.includes('newsd is ready')) resolve();
      });
      this.process.once('exit', () => reject(new Error(`newsd ended:\n${this.said.join('\n')}`)));
    });
    await ready;
  }
  async stop(signal = 'SIGTERM') {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill(signal);
    await once(this.process, 'exit');
  }
  async remove() {
    await this.stop('SIGKILL');
    rmSync(this.directory, {recursive: true});
  }

  write(name, bytes) {
    writeFileSync(join(this.directory, name), bytes);
  }
  drop(name, bytes) {
    writeFileSync(join(this.inbox, `.${name}.part`), bytes);
    renameSync(join(this.inbox, `.${name}.part`), join(this.inbox, name));
  }
  failed() {
    try {
      return readdirSync(join(this.inbox, 'failed')).filter((name) => !name.endsWith('.reason.json'));
    } catch {
      return [];
    }
  }
}

/// An article unlike any other number's.
export const article = (n, headline = `Harbour board approves plan ${n} for the northern quay`) => `${headline}

The harbour board voted on plan ${n} after a hearing that lasted ${(n % 7) + 2} hours and drew ${n * 3 + 11} residents to the old customs house.

“We listened to every objection number ${n} and changed the plan in ${(n % 5) + 1} places,” said the board's chair, who presented the costs.

Work on section ${n} begins once the ${n * 3 + 11} moorings have been moved, a task that engineers expect to take ${(n % 7) + 2} weeks.
`;

/// A row of article NDJSON.
export const rowed = (id, title, text) => JSON.stringify({id, title, text, language: 'en'}) + '\n';
