import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ORT_VERSION } from '../bin/ort.mjs';

const guide = readFileSync(path.join(import.meta.dirname, 'guide.md'), 'utf8');

test.each(readdirSync(path.join(import.meta.dirname, 'examples')))('the guide shows %s as it is', (name) => {
  const code = readFileSync(path.join(import.meta.dirname, 'examples', name), 'utf8');
  expect(guide).toContain(`<!-- docs/examples/${name} -->\n\`\`\`ts\n${code}\`\`\`\n`);
});

test.each(['docs/guide.md', 'README.md'])('%s names the version of ONNX Runtime that the command copies', (file) => {
  const named = readFileSync(path.join(import.meta.dirname, '..', file), 'utf8').matchAll(/onnxruntime-web@([\d.]*\d)/g);
  expect(new Set(Array.from(named, ([, version]) => version))).toEqual(new Set([ORT_VERSION]));
});
