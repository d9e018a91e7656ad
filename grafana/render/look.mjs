// node look.mjs FILE.html PICTURE.png: shows a page in Chromium, on a screen and in print, and tells what is to be seen as JSON.
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [, , file, picture] = process.argv;

// What stands in the page, read in the browser.
const look = () => {
  const box = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  };
  return {
    title: document.title,
    width: document.documentElement.scrollWidth,
    scripts: document.scripts.length,
    tiles: [...document.querySelectorAll('.tile')].map((tile) => ({
      text: tile.innerText,
      color: getComputedStyle(tile.querySelector('b') ?? tile).color,
    })),
    plots: [...document.querySelectorAll('figure')].map((figure) => ({
      title: figure.querySelector('h2').innerText,
      caption: figure.querySelector('figcaption').innerText,
      frame: box(figure.querySelector('svg')),
      shapes: [...figure.querySelectorAll('rect, polyline')].map((shape) => ({
        ...box(shape),
        kind: shape.tagName,
        words: shape.querySelector('title')?.textContent ?? '',
      })),
      texts: [...figure.querySelectorAll('svg text')].map((text) => ({ ...box(text), words: text.textContent })),
    })),
    rows: [...document.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
    cut: [...document.querySelectorAll('td, th, .tile')]
      .filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
      .map((cell) => cell.innerText),
  };
};

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
});
try {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('request', (request) => request.url().startsWith('http') && errors.push(`asks for ${request.url()}`));
  await page.setViewport({ width: 1280, height: 1000 });
  await page.goto(pathToFileURL(file).href);
  const screen = await page.evaluate(look);
  await page.screenshot({ path: picture, fullPage: true });
  await page.emulateMediaType('print');
  await page.setViewport({ width: 680, height: 1000 }); // A4 less its margins
  const print = await page.evaluate(look);
  console.log(JSON.stringify({ errors, screen, print }));
} finally {
  await browser.close();
}
