// Derives the JSON schema of dashboards from Grafana's published types: `npm run schema`.
//
// grafana-schema-11 is @grafana/schema of Grafana 11, the oldest that the dashboards are for. Its types are open in the
// places where a panel's own options and fields go; types.ts closes them over the panels used here.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createGenerator } from 'ts-json-schema-generator';

const { getValueFormats } = createRequire(import.meta.url)('./node_modules/@grafana/data/dist/cjs/valueFormats/valueFormats.cjs');

const schema = createGenerator({
  path: new URL('types.ts', import.meta.url).pathname,
  tsconfig: new URL('tsconfig.json', import.meta.url).pathname,
  type: 'Dashboard',
  additionalProperties: false,
  skipTypeCheck: true,
}).createSchema('Dashboard');

// Comments are three quarters of it.
const strip = (node) => {
  if (Array.isArray(node)) return node.map(strip);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === 'description' && typeof value === 'string') && key !== 'deprecated')
      .map(([key, value]) => [key, strip(value)]),
  );
};

const folder = new URL('../../tests/grafana/', import.meta.url);
writeFileSync(new URL('dashboard.schema.json', folder), JSON.stringify(strip(schema), null, 1) + '\n');

globalThis.navigator ??= { languages: ['en-US'], language: 'en-US' }; // the names of units do not depend on it
const units = getValueFormats().flatMap((group) => group.submenu.map((unit) => unit.value));
writeFileSync(new URL('units.json', folder), JSON.stringify([...new Set(units)].sort(), null, 0) + '\n');
