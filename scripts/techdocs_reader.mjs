// What Backstage's reader leaves of a page: DOMPurify with the hooks and the options of the
// published package @backstage/plugin-techdocs (its transformer "sanitizer").
// node techdocs_reader.mjs FOLDER-OF-THE-PACKAGE SITE: each HTML file of the site is replaced.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [home, site] = process.argv.slice(2);
const require = createRequire(join(home, 'x.js'));
const { JSDOM } = require('jsdom');
const createDOMPurify = require('dompurify');
const { window } = new JSDOM('');
Object.assign(globalThis, { Element: window.Element, HTMLElement: window.HTMLElement, Node: window.Node });
const hooks = join(home, 'package/dist/reader/transformers/html/hooks');
const hook = async (file, name) => (await import(pathToFileURL(join(hooks, `${file}.esm.js`))))[name];
const purify = createDOMPurify(window);
purify.addHook('beforeSanitizeElements', await hook('links', 'removeUnsafeLinks'));
purify.addHook('uponSanitizeElement', await hook('metatags', 'removeUnsafeMetaTags'));
purify.addHook('uponSanitizeAttribute', await hook('attributes', 'removeRestrictedAttributes'));

for (const name of readdirSync(site, { recursive: true })) {
  if (!name.endsWith('.html')) continue;
  const file = join(site, name);
  const page = new JSDOM(readFileSync(file, 'utf8')).window.document.documentElement.outerHTML;
  const clean = purify.sanitize(page, {
    ADD_TAGS: ['link', 'meta'],
    FORBID_TAGS: ['style'],
    ADD_ATTR: ['http-equiv', 'content', 'dominant-baseline'],
    WHOLE_DOCUMENT: true,
    RETURN_DOM: true,
  });
  writeFileSync(file, clean.outerHTML);
}
