// node axe.cjs PAGE closed|open: exit 1 on any axe-core violation, request beyond the file, or console error.
const path = require('path');
const fs = require('fs');
const modules = path.join(process.env.KAMSIM_AXE, 'node_modules');
const { chromium } = require(path.join(modules, 'playwright-core'));
const axe = fs.readFileSync(path.join(modules, 'axe-core', 'axe.min.js'), 'utf8');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  const faults = [];
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url.startsWith('file:')) return route.continue();
    faults.push(`request ${url}`);
    return route.abort();
  });
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`file://${process.argv[2]}`);
  if (process.argv[3] === 'open') {
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  }
  await page.addScriptTag({ content: axe });
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), runOnly);
  for (const one of found.violations) faults.push(`${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 200)}`);
  await browser.close();
  console.log(faults.join('\n'));
  process.exit(faults.length ? 1 : 0);
})();
