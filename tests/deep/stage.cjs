// node stage.cjs PAGE BOX SPEC: what a page of stages or sheets must keep beside layout.cjs; one fault a line, exit 1
// where there are any. BOX: a selector of boxes that hold all their text. SPEC is JSON: [{width, height, media, least}],
// least: the smallest letters, in pixels. On a screen, slides are turned by every key and click that turns them.
const path = require('path');
const { chromium } = require(path.join(process.env.KAMSIM_AXE, 'node_modules', 'playwright-core'));
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const [, , file, box, specs] = process.argv;

// Runs inside the page.
function faults({ selector, least }) {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const words = node.data.trim().slice(0, 40);
    const holder = node.parentElement;
    const held = holder.closest(selector);
    if (!words || !held || !holder.checkVisibility({ visibilityProperty: true })) continue;
    let hidden = false; // only heard
    for (let up = holder; up !== held && !hidden; up = up.parentElement) hidden = getComputedStyle(up).clipPath !== 'none';
    if (hidden) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize) * (holder.ownerSVGElement ? holder.getScreenCTM().a : 1);
    if (size < least - 0.05) found.push(`${size.toFixed(1)} px: ${words}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const frame = held.getBoundingClientRect();
    for (const rect of range.getClientRects()) {
      if (rect.width > 1 && (rect.left < frame.left - 1 || rect.right > frame.right + 1 || rect.top < frame.top - 1
        || rect.bottom > frame.bottom + 1)) found.push(`leaves its ${selector}: ${words}`);
    }
  }
  return [...new Set(found)];
}

async function turned(page, width, height) {
  const found = [];
  const count = await page.evaluate(() => document.querySelectorAll('.slide').length);
  const now = () => page.evaluate(() => 1 + window.scrollY / window.innerHeight);
  const expect = async (what, slide) => {
    for (let tries = 0; tries < 100 && Math.abs((await now()) - slide) > 0.002; tries += 1) await page.waitForTimeout(50);
    await page.waitForTimeout(200); // until the browser has come to rest
    if (Math.abs((await now()) - slide) > 0.002) found.push(`${what}: on slide ${await now()}, not ${slide}`);
  };
  const keys = [['PageDown', 2], ['Space', 3], ['ArrowDown', 4], ['PageUp', 3], ['ArrowUp', 2]];
  for (const [key, slide] of keys) { await page.keyboard.press(key); await expect(key, slide); }
  await page.mouse.click(width / 2, height / 2); await expect('a click', 3);
  await page.mouse.click(width / 40, height / 2); await expect('a click at the left edge', 2);
  await page.keyboard.press('End'); await expect('End', count);
  await page.keyboard.press('Home'); await expect('Home', 1);
  return found;
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });
  const told = [];
  for (const { width, height, media, least } of JSON.parse(specs)) {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    await page.emulateMedia({ media });
    await page.goto(`file://${file}`);
    await page.evaluate(() => document.fonts.ready);
    const found = await page.evaluate(faults, { selector: box, least });
    if (media === 'screen' && box === '.board') found.push(...await turned(page, width, height));
    if (media === 'print') {
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const sheets = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) || []).length;
      const boxes = await page.evaluate((one) => document.querySelectorAll(one).length, box);
      if (sheets !== boxes) found.push(`${sheets} sheets of paper, not ${boxes}`);
    }
    told.push(...found.map((one) => `${media} ${width} x ${height}: ${one}`));
    await context.close();
  }
  await browser.close();
  console.log(told.join('\n'));
  process.exit(told.length ? 1 : 0);
})();
