// The page in a real browser, against a real newsd. Every case ends with no message on the browser's console that it
// did not expect, no request to anybody else, and nothing that the page's own policy had to stop.
// usage: NEWSD=… MODULES=… SCREENSHOTS=… node page_test.mjs
import assert from 'node:assert/strict';
import {existsSync, mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {article, Newsd, rowed} from './newsd.mjs';

const {chromium} = createRequire(join(process.env.MODULES, 'package.json'))('playwright-core');
const kScreenshots = process.env.SCREENSHOTS;
const kPatience = 60_000; // for a condition, on a machine that has other things to do
const kPhone = {width: 375, height: 740},
  kDesk = {width: 1280, height: 860};

let browser;
before(async () => {
  mkdirSync(kScreenshots, {recursive: true});
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
  // a browser's own sandbox cannot be made by root, who runs tests in a container
  const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({executablePath, args: [...args, '--disable-dev-shm-usage'], timeout: kPatience});
});
after(() => browser?.close());

/// One page on one newsd. expected: what the console may say.
async function on(t, {tables, more, options = {}, expected = [], prepare = () => {}}, body) {
  const newsd = new Newsd(process.env.NEWSD);
  let context;
  try {
    prepare(newsd);
    await newsd.start({tables, more});
    context = await browser.newContext({viewport: kDesk, ...options});
    const page = await context.newPage();
    page.setDefaultTimeout(kPatience);
    const troubles = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !expected.some((words) => message.text().includes(words)))
        troubles.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(newsd.url)) troubles.push(`a request to ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      troubles.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)
      );
    });
    await body(page, newsd);
    assert.deepEqual(troubles, []);
  } catch (error) {
    console.error(newsd.said.slice(-20).join('\n'));
    throw error;
  } finally {
    await context?.close();
    await newsd.remove();
  }
}

const state = (page, wanted) =>
  page.waitForFunction((words) => document.getElementById('state').dataset.state === words, wanted);
const sequences = (page) => page.$$eval('#events li', (rows) => rows.map((row) => Number(row.dataset.sequence)));
/// Until the newest event shown is the daemon's last.
async function caughtUp(page, newsd) {
  const {journal} = await (await fetch(`${newsd.url}/status`)).json();
  await page.waitForFunction(
    (last) => Number(document.querySelector('#events li')?.dataset.sequence) >= last,
    Number(journal.last)
  );
}
const headlines = (page, type) =>
  page.$$eval(`#events li[data-type="${type}"] .headline`, (all) => all.map((one) => one.textContent));
const shows = (page, type, n) =>
  page.waitForFunction(
    ([wanted, least]) => document.querySelectorAll(`#events li[data-type="${wanted}"]`).length >= least,
    [type, n]
  );
const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const screenshot = (page, name) => page.screenshot({path: join(kScreenshots, `${name}.png`)});
const until = async (holds) => {
  const end = Date.now() + kPatience;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `in time: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('it loads, shows what was before and what comes, and says that it is live', (t) =>
  on(t, {}, async (page, newsd) => {
    for (let n = 0; n < 3; ++n) newsd.drop(`before-${n}.txt`, article(n));
    await page.goto(newsd.url);
    await state(page, 'live');
    await shows(page, 'newsd.article.new', 3);
    newsd.drop('now.txt', article(7));
    await page.waitForFunction(() => document.querySelector('#events').textContent.includes('plan 7'));
    const shown = await sequences(page);
    assert.deepEqual(
      shown,
      [...shown].sort((a, b) => b - a)
    );
    assert.match(await page.textContent('#source'), /newsd:\/\/.*\/main/);
    await page.waitForFunction(() => document.querySelectorAll('#rate-chart path.line').length === 1);
    await page.waitForFunction(() => document.querySelector('#latency-now').textContent.includes('ms'));
    assert.match(await page.textContent('#consumers'), /file:.*events\.ndjson/);
  }));

test('it comes again by itself after a restart, and has every event once', (t) =>
  on(t, {expected: ['ERR_']}, async (page, newsd) => {
    await page.goto(newsd.url);
    await state(page, 'live');
    let dropped = 0;
    for (const signal of ['SIGTERM', 'SIGKILL']) {
      for (let n = 0; n < 5; ++n) newsd.drop(`a${dropped}.txt`, article(dropped++));
      await shows(page, 'newsd.article.new', dropped);
      await newsd.stop(signal);
      await page.waitForFunction(() => ['lost', 'connecting'].includes(document.getElementById('state').dataset.state));
      for (let n = 0; n < 5; ++n) newsd.drop(`b${dropped}.txt`, article(dropped++)); // read when it is there again
      await newsd.start();
      await state(page, 'live');
      await shows(page, 'newsd.article.new', dropped);
    }
    await caughtUp(page, newsd);
    const shown = await sequences(page);
    assert.deepEqual(
      shown,
      Array.from(shown, (_, i) => shown.length - i),
      'each once, none missing, from the first on'
    );
  }));

test('types and an expression choose events, and a reload keeps the choice', (t) =>
  on(t, {}, async (page, newsd) => {
    for (let n = 0; n < 4; ++n) newsd.drop(`a${n}.txt`, article(n));
    newsd.drop(
      'b.ndjson',
      rowed(
        'f1',
        'Ferry back in service',
        'The ferry sails again after a week in the yard. Its crew said the engine held.'
      )
    );
    await page.goto(newsd.url);
    await shows(page, 'newsd.article.new', 5);
    for (const name of ['stories', 'service', 'feeds']) await page.uncheck(`#types input[name=${name}]`, {force: true});
    await page.fill('#where', 'title:ferry');
    await page.keyboard.press('Enter');
    const chosen = () =>
      page.waitForFunction(() => {
        const rows = [...document.querySelectorAll('#events li')];
        return rows.length === 1 && rows[0].textContent.includes('Ferry back in service');
      });
    await state(page, 'live');
    await chosen();
    newsd.drop(
      'c.ndjson',
      rowed(
        'f2',
        'Second ferry ordered',
        'The line has ordered a second ferry for the summer. It will carry forty cars.'
      )
    );
    await page.waitForFunction(() => document.querySelectorAll('#events li').length === 2);
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('#events li').length === 2);
    assert.equal(await page.inputValue('#where'), 'title:ferry');
    assert.equal(await page.isChecked('#types input[name=stories]'), false);
  }));

test('a faulty expression is shown with the place of the fault', (t) =>
  on(t, {expected: ['status of 400']}, async (page, newsd) => {
    await page.goto(newsd.url);
    await state(page, 'live');
    await page.fill('#where', 'size >');
    await page.click('#filters button[type=submit]');
    await page.waitForSelector('#where-error:visible');
    assert.match(await page.textContent('#where-error'), /column 7/);
    assert.equal(await page.getAttribute('#where', 'aria-invalid'), 'true');
    await screenshot(page, 'faulty-expression');
    await page.fill('#where', 'size > 1');
    await page.keyboard.press('Enter');
    await state(page, 'live');
    assert.equal(await page.isVisible('#where-error'), false);
  }));

test('hostile headlines are text and nothing else', (t) =>
  on(t, {}, async (page, newsd) => {
    const hostile = [
      '<script>document.title="taken"</script> and more',
      '<img src=x onerror="document.title=\'taken\'"> picture',
      'abc \u202Egnp.exe reversed',
      '"><svg onload=alert(1)> {{constructor}} ${7*7}',
      'long '.repeat(2000) + 'x'.repeat(3000),
    ];
    hostile.forEach((headline, i) =>
      newsd.drop(
        `h${i}.ndjson`,
        rowed(
          `h${i}`,
          headline,
          `The harbour board voted on hostile plan ${i}. It drew ${i * 31 + 17} residents. ${headline.slice(0, 400)}`
        )
      )
    );
    await page.goto(newsd.url);
    await shows(page, 'newsd.article.new', hostile.length);
    const seen = await headlines(page, 'newsd.article.new');
    assert.ok(seen.includes(hostile[0]) && seen.includes(hostile[1]), seen.join('\n'));
    assert.ok(seen.some((headline) => headline.startsWith('long long') && headline.length < 400));
    assert.ok(!(await page.content()).includes('\u202E'));
    assert.equal(await page.locator('#events script, #events img, #events svg').count(), 0);
    for (const start of ['<script>', '<img', '"><svg', 'long long']) {
      await page.locator('li[data-type="newsd.article.new"] .event', {hasText: start}).first().click();
      await page.waitForSelector('#article .text, #article .facts');
      assert.equal(await page.locator('#article script, #article img, #article svg').count(), 0);
      const title = await page.textContent('#article-title');
      assert.ok(title.startsWith(start), title.slice(0, 100));
      if (start === 'long long') await screenshot(page, 'hostile');
      await page.keyboard.press('Escape');
    }
    assert.equal(await page.title(), 'newsd');
    await page.setViewportSize(kPhone);
    assert.equal(await overflow(page), 0);
    await screenshot(page, 'hostile-phone');
  }));

test('a click on an article explains it: text, what was removed, duplicates, story, labels', (t) =>
  on(t, {}, async (page, newsd) => {
    const text = article(3).replace('\n\nWork on', '\n\nPhoto: the old customs house at dusk\n\nWork on');
    newsd.drop('first.txt', text);
    await page.goto(newsd.url);
    await shows(page, 'newsd.article.new', 1);
    newsd.drop('again.txt', text.replace('Harbour board', 'HARBOUR BOARD'));
    await shows(page, 'newsd.article.duplicate', 1);
    await page.locator('li[data-type="newsd.article.duplicate"] .event').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#article[open] .facts');
    assert.match(await page.textContent('#article'), /duplicate/);
    await page.click('#article button.link:has-text("read the first")');
    await page.waitForSelector('#article .text');
    const told = await page.textContent('#article');
    for (const words of [
      'voted on plan 3',
      'Told before?',
      'unique',
      'Story',
      'Labels',
      'language',
      'en, ',
      'Where it came from',
      'first.txt',
      'missing',
    ])
      assert.ok(told.includes(words), `${words}: ${told}`);
    assert.ok((await page.locator('#article .removed del').count()) > 0, told);
    await screenshot(page, 'explain');
    await page.keyboard.press('Escape');
    await page.waitForSelector('#article', {state: 'hidden'});
    await page.waitForSelector('#stories summary');
    await page.click('#stories summary');
    await page.click('#stories .articles button');
    await page.waitForSelector('#article .text');
  }));

test('what is in quarantine can be read again', (t) =>
  on(t, {}, async (page, newsd) => {
    newsd.drop('picture.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0, 0, 0, 0]));
    await until(() => newsd.failed().length === 1);
    await page.goto(newsd.url);
    const row = page.locator('#quarantine li', {hasText: 'picture.txt'});
    await row.waitFor();
    await row.locator('button').click();
    await page.waitForFunction(() => document.getElementById('quarantine-said').textContent.includes('is read again'));
    await shows(page, 'newsd.input.quarantined', 2); // it was, and has failed again
  }));

test('feeds that fail stand first, with the reason and the next try', (t) =>
  on(
    t,
    {
      tables: '[[feed]]\nurl = "http://127.0.0.1:9/rss"\nname = "nobody there"\n',
    },
    async (page, newsd) => {
      await page.goto(newsd.url);
      await page.waitForFunction(() => /failing|blocked/.test(document.getElementById('feeds').textContent));
      const row = await page.textContent('#feeds li');
      assert.match(row, /nobody there/);
      assert.match(row, /next try in/);
      assert.match(row, /1 failure/);
    }
  ));

test('the token is asked for once, and a wrong one is refused', (t) =>
  on(
    t,
    {
      expected: ['status of 401'],
      more: 'token_file = "token"',
      prepare: (newsd) => newsd.write('token', 'correct-horse-battery\n'),
    },
    async (page, newsd) => {
      await page.goto(newsd.url);
      await page.fill('#token-value', 'wrong');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#token-error:visible');
      await screenshot(page, 'token');
      await page.fill('#token-value', 'correct-horse-battery');
      await page.keyboard.press('Enter');
      await state(page, 'live');
      await page.reload();
      await state(page, 'live');
      assert.equal(await page.isVisible('#token'), false);
      assert.ok(!page.url().includes('correct'));
    }
  ));

test('it fits a phone and a desk, in light and in dark', (t) =>
  on(
    t,
    {
      tables: '[[feed]]\nurl = "http://127.0.0.1:9/rss"\nname = "nobody there"\n',
    },
    async (page, newsd) => {
      for (let n = 0; n < 6; ++n) newsd.drop(`a${n}.txt`, article(n));
      newsd.drop('copy.txt', article(2).replace('Harbour board', 'HARBOUR BOARD'));
      newsd.drop('picture.bin', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0, 0, 0, 0]));
      newsd.drop(
        'w1.ndjson',
        rowed(
          'w1',
          'Rail strike ends with pay agreement',
          'Rail workers returned to work on Tuesday after a pay rise of six percent was agreed, the union said.'
        )
      );
      await page.goto(newsd.url);
      await shows(page, 'newsd.article.new', 7);
      await page.waitForSelector('#feeds li');
      await page.waitForSelector('#quarantine li');
      newsd.drop('late.txt', article(40));
      await page.waitForFunction(() => document.querySelectorAll('.chart path.line').length === 3);
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const seen = {};
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({colorScheme});
        for (const [name, size] of [
          ['desk', kDesk],
          ['phone', kPhone],
        ]) {
          await page.setViewportSize(size);
          assert.equal(await overflow(page), 0, `${name} scrolls sideways`);
          await page.screenshot({path: join(kScreenshots, `${name}-${colorScheme}.png`), fullPage: true});
        }
        seen[colorScheme] = await ground();
      }
      assert.notEqual(seen.light, seen.dark);
      const nameless = await page.$$eval(
        'button, input, summary',
        (all) =>
          all.filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length)).length
      );
      assert.equal(nameless, 0, 'everything that can be used has a name');
    }
  ));
