// node layout.cjs PAGE SPEC: the faults of a page's layout, one a line; exit 1 where there are any.
// SPEC is JSON: {width, height, scheme, media, open, one}. open: chapters unfolded; one: the first page must fit the
// window, or with media "print" one sheet (paper: "A4" or "Letter").
const path = require('path');
const { chromium } = require(path.join(process.env.KAMSIM_AXE, 'node_modules', 'playwright-core'));
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

// Runs inside the page.
function faults({ print, one, least }) {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) found.push(`scrolls sideways: ${root.scrollWidth} of ${root.clientWidth}`);
  const rows = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const words = node.textContent.trim();
    const holder = node.parentElement;
    if (!words || !holder.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(holder);
    let heard = false; // and not seen
    for (let up = holder; up && !heard; up = up.parentElement) heard = getComputedStyle(up).clipPath !== 'none';
    if (heard) continue;
    const svg = holder.closest('svg');
    const size = parseFloat(style.fontSize) * (svg ? svg.getScreenCTM().a : 1);
    if (size < least - 0.05) found.push(`${size.toFixed(1)} px: ${words.slice(0, 40)}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const frame = svg ? svg.getBoundingClientRect() : null;
      if (frame && (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 3
        || box.bottom > frame.bottom + 3)) found.push(`leaves its drawing: ${words.slice(0, 40)}`);
      const wide = holder.closest('.wide');
      if (!wide && !print && (box.left < -1 || box.right > root.clientWidth + 1)) found.push(`cut: ${words.slice(0, 40)}`);
      const cut = box.height * 0.22; // what lines of one paragraph may share
      rows.push({ node, words, left: box.left + 1, right: box.right - 1, top: box.top + cut, bottom: box.bottom - cut,
        level: holder.closest('details.numbers[open]') });
    }
  }
  rows.sort((a, b) => a.top - b.top);
  for (let i = 0; i < rows.length; i += 1) {
    for (let k = i + 1; k < rows.length && rows[k].top < rows[i].bottom; k += 1) {
      const [a, b] = [rows[i], rows[k]];
      if (a.node !== b.node && a.level === b.level && a.left < b.right && b.left < a.right) {
        found.push(`lies on another: ${a.words.slice(0, 30)} / ${b.words.slice(0, 30)}`);
      }
    }
  }
  const first = document.querySelector('.first');
  if (one && !print && first.getBoundingClientRect().bottom > window.innerHeight + 1) {
    found.push(`the first page is ${Math.round(first.getBoundingClientRect().bottom)} high, the window ${window.innerHeight}`);
  }
  return [...new Set(found)];
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });
  const told = [];
  for (const spec of JSON.parse(process.argv[3])) {
    const print = spec.media === 'print';
    const context = await browser.newContext({ viewport: { width: spec.width, height: spec.height }, colorScheme: spec.scheme });
    const page = await context.newPage();
    await page.emulateMedia({ media: spec.media });
    await page.goto(`file://${process.argv[2]}`);
    if (spec.open) await page.evaluate(() => document.querySelectorAll('details:not(.numbers)').forEach((d) => { d.open = true; }));
    await page.evaluate(() => document.fonts.ready);
    const found = await page.evaluate(faults, { print, one: spec.one, least: 11 });
    if (print && spec.one) {
      const pdf = (await page.pdf({ format: spec.paper })).toString('latin1');
      const sheets = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
      if (sheets !== 1) found.push(`${sheets} sheets of ${spec.paper}`);
    }
    if (process.env.KAMSIM_SHOTS && !print) {
      const name = path.basename(process.argv[2], '.html');
      await page.screenshot({ path: path.join(process.env.KAMSIM_SHOTS, `${name}-${spec.width}-${spec.scheme}${spec.open ? '-open' : ''}.png`), fullPage: Boolean(spec.open) });
    }
    told.push(...found.map((one) => `${spec.media} ${spec.paper || spec.width} ${spec.scheme}: ${one}`));
    await context.close();
  }
  await browser.close();
  console.log(told.join('\n'));
  process.exit(told.length ? 1 : 0);
})();
