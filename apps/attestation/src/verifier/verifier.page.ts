import { languages, type Language } from '@hetao/kernel';
import { matchDoesNotProve, matchProves } from '@hetao/proofs';
import { words } from './verifier.words.js';

/** What the page is made of. */
export interface VerifierPage {
  readonly language: Language;
  /** Name of the module that the page starts with. */
  readonly script: string;
  /** This node's log key, for those who have none from elsewhere. */
  readonly logKey: string;
}

const NAMES: Readonly<Record<Language, string>> = { en: 'English', 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文' };

/** What an issuer fills in, beside the key. */
const FIELDS = ['issuer', 'holder', 'schema', 'from', 'to', 'supersedes'] as const;

/** The page, whole: it has no other state than what its reader puts in. */
export function verifierPage({ language, script, logKey }: VerifierPage): string {
  const say = (name: keyof typeof words): string => escaped(words[name][language]);
  const list = (texts: readonly Readonly<Record<Language, string>>[]): string =>
    texts.map((text) => `<li>${escaped(text[language])}</li>`).join('');
  const others = languages
    .filter((other) => other !== language)
    .map((other) => `<a href="?lang=${other}" hreflang="${other}" lang="${other}">${NAMES[other]}</a>`);
  const row = (id: string, label: string): string => `<dt>${label}</dt><dd id="${id}"></dd>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('title')}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="verifier/verifier.css">
<script type="module" src="verifier/${script}"></script>
</head>
<body>
<header><nav>${others.join(' ')}</nav><h1>${say('title')}</h1><p>${say('promise')}</p></header>
<main>
<form id="form" data-hashed="${say('hashed')}" data-failed="${say('failed')}" data-status="${say('status')}">
<label>${say('file')} <input type="file" id="file" required></label>
<label>${say('handed')} <textarea id="handed" rows="4" spellcheck="false" autocomplete="off"></textarea></label>
<label>${say('salt')} <input id="salt" spellcheck="false" autocomplete="off"></label>
<label>${say('logKey')} <input id="log-key" spellcheck="false" value="${escaped(logKey)}"></label>
<label>${say('issuerKey')} <input id="issuer-key" spellcheck="false" autocomplete="off"></label>
<button>${say('start')}</button>
<label>${say('progress')} <progress id="progress" value="0" max="1"></progress></label>
</form>
<section aria-labelledby="result-title"><h2 id="result-title">${say('result')}</h2>
<p id="result" role="status"></p>
<dl>${row('bytes', say('bytes'))}${row('sha256', 'SHA-256')}${row('sm3', 'SM3')}${row('used-salt', 'Salt')}${row('commitment', say('commitment'))}${row('commitment-sm3', say('commitmentSm3'))}</dl>
<h2>${say('proves')}</h2><ul id="proves">${list(matchProves)}</ul>
<h2>${say('provesNot')}</h2><ul id="proves-not">${list(matchDoesNotProve)}</ul>
</section>
<form id="signing" data-first="${say('hashFirst')}"><h2>${say('register')}</h2><p>${say('registerHow')}</p>
${FIELDS.map((name) => `<label>${say(name)} <input id="${name}" spellcheck="false" autocomplete="off"></label>`).join('\n')}
<label>${say('key')} <textarea id="key" rows="3" spellcheck="false" autocomplete="off"></textarea></label>
<button>${say('sign')}</button><pre id="body" role="status"></pre>
</form>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
