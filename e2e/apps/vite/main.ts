import { pipeline, teach, type PipelineOptions } from 'fastbert-web';

Object.assign(globalThis, { teach });

const options: PipelineOptions = Object.fromEntries(new URLSearchParams(location.search));
try {
  const classify = await pipeline('text-classification', '/models/fixture', options);
  const [best] = await classify('A gripping, funny film.');
  document.body.append(`${best!.label}: ${classify.info.device}, ${classify.info.deviceDescription}`);
} catch (error) {
  document.body.append(String(error));
}
