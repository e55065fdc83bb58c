import { pipeline } from 'fastbert-web';

const device = location.search === '?device=webgpu' ? 'webgpu' : 'wasm';
const classify = await pipeline('text-classification', '/models/fixture', { device });
const [best] = await classify('A gripping, funny film.');
document.body.append(`${best?.label}: ${classify.info.device}, ${classify.info.deviceDescription}`);
