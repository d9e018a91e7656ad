// node render.mjs FOLDER: for each FOLDER/shown/UID.json writes FOLDER/UID.png and FOLDER/UID.facts.json, what a person
// would see there: errors of the page, cells with their colours, tiles, links.
import { createServer } from 'node:http';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

const here = new URL('.', import.meta.url).pathname;
const folder = process.argv[2];
const WIDTH = 1280;

await build({
  entryPoints: [join(here, 'app.jsx')],
  bundle: true,
  outfile: join(folder, 'app.js'),
  format: 'iife',
  jsx: 'automatic',
  minify: true,
  logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  loader: { '.svg': 'dataurl', '.ttf': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl', '.png': 'dataurl' },
});

const PAGE = `<!doctype html><meta charset="utf-8"><title>pg_incident</title><link rel="stylesheet" href="/app.css"><link rel="icon" href="data:,">
<style>body { margin: 0; background: #111217 }</style><div id="root"></div><script src="/app.js"></script>`;
const TYPES = { '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.css': 'text/css' };
// Grafana serves its fonts itself; the package has only their names.
const FONTS = {
  'Inter-Regular': 'inter/files/inter-latin-400-normal',
  'Inter-Medium': 'inter/files/inter-latin-500-normal',
  roboto: 'roboto-mono/files/roboto-mono-latin-400-normal',
};
const locate = (path) => {
  const font = path.startsWith('/public/fonts/') && Object.keys(FONTS).find((name) => path.includes(name));
  if (font) return join(here, 'node_modules/@fontsource', `${FONTS[font]}.woff2`);
  return path.startsWith('/public/')
    ? join(here, 'node_modules/@grafana/ui/dist', path.replace('/public/build/', '/public/'))
    : join(folder, path);
};

const server = createServer(async ({ url }, answer) => {
  const path = normalize(new URL(url, 'http://localhost').pathname);
  try {
    if (path === '/') return answer.end(PAGE);
    const file = locate(path);
    answer.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    answer.end(await readFile(file));
  } catch {
    answer.statusCode = 404;
    answer.end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;

// What stands in the page, read in the browser.
const look = () => ({
  tiles: [...document.querySelectorAll('[data-tile]')].map((tile) => ({
    title: tile.dataset.tile,
    color: tile.dataset.color,
    text: tile.innerText,
  })),
  panels: [...document.querySelectorAll('[data-panel]')].map((panel) => ({
    title: panel.dataset.panel,
    kind: panel.dataset.kind,
    text: panel.innerText,
    header: [...panel.querySelectorAll('[role=columnheader]')].map((cell) => cell.innerText.trim()),
    cells: [...panel.querySelectorAll('[role=gridcell]')].map((cell) => ({
      column: Number(cell.getAttribute('aria-colindex')),
      row: Number(cell.closest('[role=row]').getAttribute('aria-rowindex')),
      text: cell.innerText.trim(),
      background: getComputedStyle(cell).backgroundColor,
      color: getComputedStyle(cell).color,
      link: cell.querySelector('a')?.getAttribute('href') ?? null,
    })),
    boxes: [...panel.querySelectorAll('rect[data-text]')].map((box) => ({
      text: box.dataset.text,
      color: box.getAttribute('fill'),
      series: box.closest('[data-series]').dataset.series,
    })),
    canvases: panel.querySelectorAll('canvas').length,
    // What does not fit: words wider than their cell, a table wider than its panel.
    cut: [
      ...[...panel.querySelectorAll('[role=columnheader], [role=gridcell]')].filter(
        (cell) => cell.scrollWidth > cell.clientWidth + 1 || cell.getBoundingClientRect().right > panel.getBoundingClientRect().right + 1,
      ),
    ].map((cell) => cell.innerText.trim()),
  })),
});

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', '--font-render-hinting=none'],
});
try {
  for (const file of (await readdir(join(folder, 'shown'))).sort()) {
    const uid = file.replace('.json', '');
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('requestfailed', (request) => errors.push(`${request.url()} failed`));
    page.on('response', (answer) => {
      if (answer.status() >= 400 && !answer.url().endsWith('favicon.ico')) errors.push(`${answer.status()} ${answer.url()}`);
    });
    await page.setViewport({ width: WIDTH, height: 1000 });
    await page.goto(`${origin}/?dashboard=${uid}`);
    await page.waitForSelector('[data-panel]', { timeout: 30000 }).catch(() => {
      throw new Error(`${uid} shows nothing:\n${errors.join('\n')}`);
    });
    // All of the page in view, so that tables show all of their rows; then until nothing more is asked for.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewport({ width: WIDTH, height });
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[data-kind=table]')].every(
        (table) => table.dataset.rows === '0' || table.querySelector('[role=gridcell]'),
      ),
    );
    await page.waitForNetworkIdle({ idleTime: 500 });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await writeFile(join(folder, `${uid}.facts.json`), JSON.stringify({ errors, ...(await page.evaluate(look)) }));
    // The view is as high as the page: to make it so once more would have the tables drawn anew.
    await page.screenshot({ path: join(folder, `${uid}.png`), captureBeyondViewport: false });
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
