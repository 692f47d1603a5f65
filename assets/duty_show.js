// What is in a duty copy is shown, as text and never as markup.

const at = (id) => document.getElementById(id);
let copy = null; // what is in it, while it is open
let shown = null; // the place that is shown

// element returns a new element with text or other elements in it.
function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

// prose returns a text in parts, of which those that are days do not break at the end of
// a line.
const prose = (text) => text.split(/(\d{4}-\d{2}-\d{2})/).map((part, i) => (i % 2 ? element('time', '', part) : part));

// reach returns links to a person or contact point.
function reach(who) {
  const links = [];
  const link = (scheme, to, text) => {
    const made = element('a', '', text);
    made.href = scheme + to;
    links.push(made, ' ');
  };
  if (who.phone && who.dial) link('tel:', who.dial, who.phone);
  else if (who.phone) links.push(who.phone, ' ');
  if (who.email) link('mailto:', encodeURIComponent(who.email).replaceAll('%40', '@'), who.email);
  return links;
}

const pointItem = (i) => {
  const point = copy.points[i];
  const hours = point.hours ? [element('span', 'hint', `${copy.words.hours}: ${point.hours}`)] : [];
  return element('li', 'route', element('span', '', point.name), ' ', ...reach(point), ...hours);
};

// answerItem returns one answer: who, where, why, and how to reach.
function answerItem(answer) {
  const { words } = copy;
  const person = copy.people[answer.person];
  const who = element('div', 'who', element('span', 'name', person ? person.name : words.hidden));
  if (person && person.rank) who.append(' ', element('span', 'hint', person.rank));
  if (answer.absent) who.append(' ', element('span', 'status absent', answer.absent));
  else if (answer.stands_in) who.append(' ', element('span', 'status stand-in', words.stand_in));
  const where = element('div', 'where', element('b', '', answer.resident ? words.resident : words.side), ' ', answer.posting);
  const contact = element('div', 'contact', ...(person ? reach(person) : []));
  if (answer.via && answer.via.length) contact.append(words.via, element('ul', 'plain', ...answer.via.map(pointItem)));
  else if (!person || (!person.phone && !person.email)) contact.append(words.no_route);
  return element('li', answer.absent ? 'away' : '', who, contact, where, element('p', 'why', ...prose(answer.reason)));
}

const chosenMatter = () => document.querySelector('input[name=matter]:checked').value;

// showFallback shows whom to ring at home.
function showFallback() {
  const points = copy.fallback[chosenMatter()];
  at('fallback').replaceChildren(...(points.length ? points.map(pointItem) : [element('li', '', copy.words.no_fallback)]));
}

// showAnswer shows who represents the state at the place that was chosen.
function showAnswer() {
  showFallback();
  at('answer').hidden = !shown;
  if (!shown) return;
  const { words } = copy;
  const matter = chosenMatter();
  const day = at('on').selectedIndex;
  const run = shown.runs && shown.runs[matter].find((one) => one.first <= day && day <= one.last);
  const reply = run ? run.reply : { answers: [] };
  at('asked').textContent = `${shown.name}, ${copy.days[day]}: ${copy.state}, ${words[matter]}`;
  at('answers').replaceChildren(...reply.answers.map(answerItem));
  at('answers').hidden = !reply.answers.length;
  let nobody = words.nobody;
  if (shown.home) nobody += ' ' + words.home;
  else if (!run) nobody += ' ' + words.uncovered;
  at('nobody').textContent = reply.answers.length ? '' : nobody;
  at('next').replaceChildren(...(reply.next ? [element('b', '', `${words.next} ${reply.next}`), ' ', ...prose(reply.then)] : [words.no_change]));
  const reasons = reply.why_not || [];
  at('why').hidden = !reasons.length;
  at('why').open = !reply.answers.length;
  at('reasons').replaceChildren(...reasons.flatMap((one) => [element('dt', '', one.posting), element('dd', '', ...prose(one.reason))]));
}

