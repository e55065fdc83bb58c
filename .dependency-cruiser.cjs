/**
 * Imports go one way (see the rules' comments). Type-only imports count too. Unit tests may
 * import what they like of their own side; nothing imports them.
 */

const TEST = '(\\.test\\.tsx?|/test-kernels\\.ts|/own/school\\.ts)$';

/** Packages by name; the end of a name is a slash or the end of the path. */
const packages = (/** @type {string[]} */ ...names) => `^node_modules/(@types/)?(${names.join('|')})(/|$)`;

/**
 * @param {string} name
 * @param {string} comment
 * @param {string} from
 * @param {string[]} allowed
 */
const only = (name, comment, from, ...allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { pathNot: allowed },
});

module.exports = {
  forbidden: [
    only('core-imports-nothing', 'core is pure functions.', '^src/core/', '^src/core/'),
    only('files-import-core', 'files knows core and the contract; it runs on both threads.', '^src/files/', '^src/files/', '^src/core/', '^src/contract\\.ts$'),
    only('contract-imports-core', 'contract knows core only.', '^src/contract\\.ts$', '^src/core/'),
    {
      name: 'contract-imports-types',
      comment: 'contract compiles to nothing.',
      severity: 'error',
      from: { path: '^src/contract\\.ts$' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    only(
      'classifier-is-a-handle',
      'classifier, replica, host and connection know the contract, the options and Comlink; the worker is only a URL.',
      '^src/(classifier|connection|host|replica|share)\\.ts$',
      '^src/(connection|contract|host|input|options|replica|share|start-worker)\\.ts$',
      packages('comlink'),
    ),
    only(
      'library-is-main-thread',
      'The entry and what stands behind it know the library, core, files and Comlink.',
      '^src/[^/]+$',
      '^src/[^/]+$',
      '^src/(core|files)/',
      packages('comlink'),
    ),
    only(
      'the-loop-knows-no-device',
      'What is directly in workers knows core, files, the contract, the tokenizer, Comlink and the version, and neither room.',
      '^workers/(?!(open-model|import-taught)\\.ts$)[^/]+$',
      '^workers/[^/]+$',
      '^src/(core|files)/',
      '^src/contract\\.ts$',
      '^package\\.json$',
      packages('@huggingface/tokenizers', 'comlink'),
    ),
    only('what-is-taught-comes-by-itself', 'Behind import-taught, which fetches it when it is needed, nothing knows a device.', '^workers/(import-taught\\.ts$|taught/)', '^workers/taught/', '^workers/[^/]+$', '^src/(core|files)/', '^src/contract\\.ts$'),
    only('one-door-to-the-rooms', 'open-model alone knows that there are two rooms.', '^workers/open-model\\.ts$', '^workers/', '^src/contract\\.ts$'),
    only('the-wasm-room', 'The engine knows nothing of the other room, nor of ONNX Runtime.', '^workers/wasm/', '^workers/wasm/', '^workers/[^/]+$', '^src/core/', '^src/contract\\.ts$'),
    only(
      'the-webgpu-room',
      'The only one that knows ONNX Runtime; it knows nothing of the other room.',
      '^workers/webgpu/',
      '^workers/webgpu/',
      '^workers/[^/]+$',
      '^src/core/',
      '^src/contract\\.ts$',
      packages('onnxruntime-web', 'onnxruntime-common'),
    ),
    only(
      'page-is-a-customer',
      'The page uses the entry and core, like any customer.',
      '^src/page/',
      '^src/page/',
      '^service-worker/messages\\.ts$',
      '^src/index\\.ts$',
      '^src/core/',
      packages('preact', '@preact/signals', 'fflate'),
    ),
    only('service-worker-stands-alone', 'It comes before the page, and outlives it.', '^service-worker/', '^service-worker/', packages('workbox-precaching')),
    {
      name: 'only-the-webgpu-room-knows-onnx-runtime',
      comment: 'And the benchmark, in which it is a rival.',
      severity: 'error',
      from: { pathNot: ['^workers/webgpu/', '^npm/import-ort\\.ts$', '^bench/(whole|engine)-worker\\.ts$'] },
      to: { path: packages('onnxruntime-web', 'onnxruntime-common') },
    },
    {
      name: 'nothing-imports-training',
      severity: 'error',
      from: {},
      to: { path: '^training/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: TEST },
      to: { path: [TEST, '\\.spec\\.ts$'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'everything-resolves',
      comment: 'Customers in e2e and docs name the package itself, which is built later.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(\\./)?fastbert-web(/|$)' },
    },
    {
      name: 'packages-are-listed',
      comment: 'What peerDependenciesMeta names counts as not listed, wherever else it is.',
      severity: 'error',
      from: { pathNot: TEST },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    // In AssemblyScript, which is not to be found here.
    exclude: { path: '^workers/wasm/kernels/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { conditionNames: ['types', 'import', 'default'], exportsFields: ['exports'] },
  },
};
