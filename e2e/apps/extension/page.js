import { pipeline } from './fastbert-web/index.js';

const classify = await pipeline('text-classification', './public/models/fixture', { device: 'wasm' });
const [best] = await classify('A gripping, funny film.');
document.body.append(`${best.label}: ${classify.info.device}`);
