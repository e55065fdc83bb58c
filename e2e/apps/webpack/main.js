import { pipeline, teach } from 'fastbert-web';

Object.assign(globalThis, { teach });

try {
  const classify = await pipeline('text-classification', '/models/fixture', Object.fromEntries(new URLSearchParams(location.search)));
  const [best] = await classify('A gripping, funny film.');
  document.body.append(`${best?.label}: ${classify.info.device}, ${classify.info.deviceDescription}`);
} catch (error) {
  document.body.append(String(error));
}
