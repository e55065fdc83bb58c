/** A page that uses a package, to lie beside it: what a visitor takes home is to be seen working. */

export function packagePage(name: string): string {
  return `<!doctype html>
<meta charset="utf-8" />
<title>${name}</title>
<!-- In this folder: npm install fastbert-web, then npx serve (any web server will do). -->
<label>Text <input id="text" /></label> <output id="answer"></output>
<script type="module">
  import { pipeline } from './node_modules/fastbert-web/dist-lib/index.js';
  const classify = await pipeline('text-classification', 'models/${name}', { speed: 0.5 });
  text.oninput = async () => (answer.value = (await classify(text.value))[0].label);
</script>
`;
}
