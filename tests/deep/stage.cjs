// node stage.cjs PAGE WIDTH HEIGHT screen|print LEAST [AREA]: exit 1 where text is clipped, lies on other text, is
// smaller than LEAST, or where the page scrolls sideways. LEAST: pixels, or with "%" a part of a 16:9 stage's height.
// AREA: a selector of boxes that must hold all their text (.board, .sheet). Prints every fault, and for slides what keys
// and clicks did.
const path = require('path');
const modules = path.join(process.env.KAMSIM_AXE, 'node_modules');
const { chromium } = require(path.join(modules, 'playwright-core'));
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const [, , file, width, height, media, least, area] = process.argv;

function look([smallest, boxes]) {
  const faults = [];
  const shown = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || !holder.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1);
    if (!rects.length) continue;
    let hidden = false;
    for (let up = holder; up && !hidden; up = up.parentElement) hidden = getComputedStyle(up).clipPath === 'inset(50%)';
    if (hidden) continue;
    const scale = holder.ownerSVGElement ? holder.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(holder).fontSize) * scale;
    const words = node.data.trim().replace(/\s+/g, ' ').slice(0, 60);
    if (size < smallest - 0.05) faults.push(`small: ${size.toFixed(1)} px "${words}"`);
    const box = boxes && holder.closest(boxes);
    if (box) {
      const frame = box.getBoundingClientRect();
      const over = rects.some((rect) => rect.left < frame.left - 1 || rect.right > frame.right + 1
        || rect.top < frame.top - 1 || rect.bottom > frame.bottom + 1);
      if (over) faults.push(`outside its ${boxes}: "${words}"`);
    }
    const drawing = holder.ownerSVGElement && holder.ownerSVGElement.getBoundingClientRect();
    if (drawing && rects.some((rect) => rect.left < drawing.left - 1 || rect.right > drawing.right + 1)) {
      faults.push(`clipped by its drawing: "${words}"`);
    }
    for (const rect of rects) shown.push({ rect, words, holder, slide: holder.closest('.slide, .sheet') });
  }
  for (let one = 0; one < shown.length; one += 1) {
    for (let two = one + 1; two < shown.length; two += 1) {
      const [a, b] = [shown[one], shown[two]];
      if (a.holder === b.holder || a.slide !== b.slide) continue;
      const across = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
      const down = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
      const deep = 0.3 * Math.min(a.rect.height, b.rect.height);
      if (across > 2 && down > deep) faults.push(`overlap: "${a.words}" and "${b.words}"`);
    }
  }
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) faults.push(`scrolls sideways: ${root.scrollWidth} px`);
  return faults;
}

async function turned(page) {
  const at = () => page.evaluate(() => 1 + Math.round(window.scrollY / window.innerHeight));
  const faults = [];
  const count = await page.evaluate(() => document.querySelectorAll('.slide').length);
  const rests = () => page.evaluate(() => Math.abs(window.scrollY / window.innerHeight % 1) < 0.002);
  const expect = async (what, slide) => {
    for (let tries = 0; tries < 60 && !((await at()) === slide && (await rests())); tries += 1) {
      await page.waitForTimeout(50);
    }
    await page.waitForTimeout(150);
    if ((await at()) !== slide) faults.push(`${what}: on slide ${await at()}, not ${slide}`);
  };
  await page.keyboard.press('PageDown'); await expect('Page Down', 2);
  await page.keyboard.press('Space'); await expect('Space', 3);
  await page.keyboard.press('ArrowDown'); await expect('arrow down', 4);
  await page.keyboard.press('PageUp'); await expect('Page Up', 3);
  await page.keyboard.press('ArrowUp'); await expect('arrow up', 2);
  await page.mouse.click(+width / 2, +height / 2); await expect('a click', 3);
  await page.mouse.click(+width / 40, +height / 2); await expect('a click at the left edge', 2);
  await page.keyboard.press('End'); await expect('End', count);
  await page.keyboard.press('Home'); await expect('Home', 1);
  return faults;
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });
  const context = await browser.newContext({ viewport: { width: +width, height: +height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.emulateMedia({ media });
  await page.goto(`file://${file}`);
  const high = Math.min(height, (width * 9) / 16);
  const smallest = least.endsWith('%') ? (parseFloat(least) / 100) * high : parseFloat(least);
  const faults = await page.evaluate(look, [smallest, area || '']);
  if (area === '.board' && media === 'screen') faults.push(...await turned(page));
  await browser.close();
  console.log(faults.join('\n'));
  process.exit(faults.length ? 1 : 0);
})();
