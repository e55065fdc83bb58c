import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const guide = readFileSync(path.join(import.meta.dirname, 'guide.md'), 'utf8');

test.each(readdirSync(path.join(import.meta.dirname, 'examples')))('the guide shows %s as it is', (name) => {
  const code = readFileSync(path.join(import.meta.dirname, 'examples', name), 'utf8');
  expect(guide).toContain(`<!-- docs/examples/${name} -->\n\`\`\`ts\n${code}\`\`\`\n`);
});
