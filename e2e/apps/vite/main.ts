import { pipeline, type Device } from 'fastbert-web';

const device = new URLSearchParams(location.search).get('device') as Device;
const classify = await pipeline('text-classification', '/models/fixture', { device });
const [best] = await classify('A gripping, funny film.');
document.body.append(`${best!.label}: ${classify.info.device}, ${classify.info.deviceDescription}`);
