// The page of a duty copy: it is opened with the passphrase, asked about places, and
// closed. Nothing is kept anywhere, and nothing is changed.

const header = readHeader(at('header').textContent);
const patience = 15 * 60 * 1000; // how long it stays open without input, in milliseconds
let touched = 0; // when something was last typed or pressed

// today is the day by the machine's own clock.
function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const over = () => today() > header.until;

// choose shows the answer about a place, and leads there.
function choose(place) {
  shown = place;
  showAnswer();
  at('answer').focus();
}

// showFound lists the places that may be meant.
function showFound() {
  const text = at('place').value;
  const found = find(copy.places, text);
  at('found').replaceChildren(...found.map((place) => {
    const button = element('button', '', place.name);
    button.type = 'button';
    button.addEventListener('click', () => choose(place));
    return element('li', '', button);
  }));
  at('count').textContent = found.length || !fold(text) ? '' : copy.words.none;
}

// step moves between the field and what was found, with the arrow keys.
function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [at('place'), ...at('found').querySelectorAll('button')];
  const now = stops.indexOf(document.activeElement);
  if (!by || now < 0 || !stops[now + by]) return;
  event.preventDefault();
  stops[now + by].focus();
}

// begin shows what a browser that can open the copy shows first.
function begin(said) {
  const opens = able() && !over();
  at('unable').hidden = able() || over();
  at('over').hidden = !over();
  at('unlock').hidden = !opens;
  at('opened').hidden = true;
  at('said').className = '';
  at('said').textContent = said || '';
  if (opens) at('passphrase').focus();
}

// forget closes the copy: what was in it is nowhere on the page any more.
function forget(said) {
  copy = shown = null;
  for (const id of ['state', 'made', 'by', 'revision', 'on', 'found', 'count', 'asked', 'answers', 'nobody', 'next', 'reasons', 'fallback']) at(id).replaceChildren();
  at('ask').reset();
  at('answer').hidden = true;
  begin(said);
}

// show shows a copy that has been opened.
function show() {
  for (const id of ['state', 'made', 'by', 'revision']) at(id).textContent = copy[id];
  at('on').replaceChildren(...copy.days.map((day) => new Option(day, day, false, day === today())));
  at('unlock').hidden = true;
  at('opened').hidden = false;
  at('said').textContent = '';
  showAnswer();
  at('place').focus();
}

async function unlock(event) {
  event.preventDefault();
  const { value } = at('passphrase');
  const button = at('unlock').querySelector('button');
  if (!value || button.disabled) return;
  at('said').className = '';
  at('said').textContent = at('said').dataset.opening;
  button.disabled = true;
  try {
    const opened = await unseal(header, at('sealed').textContent, value);
    at('passphrase').value = '';
    if (over()) return begin();
    copy = opened;
    touched = Date.now();
    show();
  } catch {
    at('said').className = 'problem';
    at('said').textContent = at('said').dataset.wrong;
    at('passphrase').select();
  } finally {
    button.disabled = false;
  }
}

at('unlock').addEventListener('submit', unlock);
at('place').addEventListener('input', showFound);
at('ask').addEventListener('change', showAnswer);
at('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  const [first] = find(copy.places, at('place').value);
  if (first) choose(first);
});
at('opened').addEventListener('keydown', step);
at('close').addEventListener('click', () => forget(at('said').dataset.closed));
for (const input of ['keydown', 'pointerdown']) addEventListener(input, () => { touched = Date.now(); });
addEventListener('pagehide', () => { if (copy) forget(); });
setInterval(() => {
  if (copy && (over() || Date.now() - touched > patience)) forget(at('said').dataset.closed);
}, 5000);
begin();
