// Comfort only: every page works without this script.
"use strict";

// The row of the sending state cannot be unticked: when another agency is
// chosen on a posting's form, another row is the sending state's.
const agency = document.querySelector("form.record input#agency");
const table = document.querySelector("fieldset#representations");
if (agency && table) {
  const lock = () => {
    const offered = [...agency.parentElement.querySelectorAll("datalist option")];
    const text = agency.value.trim();
    const option = offered.find((one) => one.value === text || text && one.value.endsWith("(" + text + ")"));
    const state = option ? option.dataset.state || "" : agency.defaultValue === text ? agency.dataset.state || "" : "";
    for (const shut of table.querySelectorAll("input[type=checkbox]:disabled")) {
      const sent = shut.previousElementSibling; // which is sent in its place
      shut.name = sent.name;
      shut.value = sent.value;
      shut.disabled = false;
      sent.remove();
    }
    for (const row of table.querySelectorAll("tbody tr")) {
      const fixed = row.querySelector(".fixed .code");
      const sending = fixed !== null && fixed.textContent === state;
      for (const tick of row.querySelectorAll("input[type=checkbox]")) {
        if (sending) tick.checked = true;
        tick.onclick = sending ? (event) => event.preventDefault() : null;
        tick.setAttribute("aria-disabled", String(sending));
      }
      const hint = table.querySelector(".fixed + [id$='-about'] .hint");
      if (sending && hint) row.querySelector(".fixed").after(hint.parentElement);
    }
  };
  agency.addEventListener("change", lock);
}

// More rows come at once: what a row holds is named by its number.
for (const button of document.querySelectorAll("form.record button[name=more]")) {
  button.addEventListener("click", (event) => {
    const rows = button.closest("fieldset").querySelector("tbody");
    const last = rows.lastElementChild;
    const from = rows.children.length - 1, to = from + 1;
    const row = last.cloneNode(true);
    for (const about of row.querySelectorAll("[id$='-about'], .choices, .suggested, .day-field button, .native")) about.remove();
    for (const label of row.querySelectorAll("label")) {
      label.htmlFor = label.htmlFor.replaceAll("." + from, "." + to);
      if (!label.dataset.row) continue;
      label.textContent = label.textContent.replace(label.dataset.row, to + 1);
      label.dataset.row = to + 1;
    }
    for (const field of row.querySelectorAll("input, select")) {
      field.id = field.id.replaceAll("." + from, "." + to);
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      if (field.type === "checkbox") {
        field.value = field.value.replace(/^\d+/, to);
        field.checked = false;
      } else {
        field.value = "";
      }
    }
    rows.append(row);
    row.querySelectorAll("input[data-day]").forEach(calendarFor);
    row.querySelectorAll("input[data-suggest]").forEach((field) => suggestFor(field, field.id));
    row.querySelector("input, select").focus();
    event.preventDefault();
  });
}

// Whoever leaves a form that is half filled in is asked first.
for (const form of document.querySelectorAll("form.record")) {
  let typed = form.querySelector("[aria-invalid]") !== null, sent = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("beforeunload", (event) => { if (typed && !sent) event.preventDefault(); });
}

// What is typed into a form is kept on the server until it is saved or given up, so
// that it survives the end of the session.
function keepTyped(form) {
  let due = 0, name = form.querySelector("input[name=unsaved]");
  const keep = () => {
    if (!name) {
      name = document.createElement("input");
      name.type = "hidden";
      name.name = "unsaved";
      name.value = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
      form.append(name);
    }
    const body = new URLSearchParams(new FormData(form));
    body.set("unsaved.path", form.getAttribute("action"));
    fetch("/unsaved", { method: "POST", body }).catch(() => {}); // the next try may succeed
  };
  form.addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(keep, 2000);
  });
  form.addEventListener("submit", () => clearTimeout(due));
  for (const cancel of form.querySelectorAll(".send a[href]")) {
    cancel.addEventListener("click", () => {
      clearTimeout(due);
      if (name) fetch("/unsaved/" + name.value + "/discard", { method: "POST", keepalive: true }).catch(() => {});
    });
  }
}
document.querySelectorAll("form[data-keep]").forEach(keepTyped);

// A day is text, 2027-09-01 or 1.9.2027 or +6m, with the browser's calendar beside it.
function calendarFor(field) {
  const iso = (text) => {
    let m = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
    if (!m && (m = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text))) m = [m[0], m[3], m[2], m[1]];
    return m ? m[1] + "-" + m[2].padStart(2, "0") + "-" + m[3].padStart(2, "0") : "";
  };
  const native = document.createElement("input");
  native.type = "date";
  native.className = "native";
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  if (typeof native.showPicker !== "function") return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "▾";
  const label = field.labels && field.labels[0] ? field.labels[0].firstChild.textContent.trim() : "";
  button.setAttribute("aria-label", label ? field.dataset.day + ": " + label : field.dataset.day);
  button.addEventListener("click", () => {
    native.value = iso(field.value.trim());
    native.showPicker();
  });
  native.addEventListener("change", () => {
    field.value = native.value;
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  field.addEventListener("blur", () => { field.value = iso(field.value.trim()) || field.value; });
  field.after(button, native);
}
document.querySelectorAll("input[data-day]").forEach(calendarFor);

// As one types, the server suggests what a field may mean. The list is one of the
// ARIA combobox pattern: arrows move in it, Enter takes, Escape closes. A field with
// data-follow goes to what is taken.
function suggestFor(field, number) {
  const list = document.createElement("ul");
  list.id = "suggested-" + number;
  list.className = "suggested";
  list.role = "listbox";
  list.hidden = true;
  const label = field.labels && field.labels[0];
  if (label) list.setAttribute("aria-label", label.textContent.trim());
  field.removeAttribute("list");
  field.role = "combobox";
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.after(list);
  let asked = 0, at = -1, found = [];
  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const take = (one) => {
    if (field.dataset.follow !== undefined) {
      location.assign(one.url);
      return;
    }
    field.value = one.value || one.label;
    close();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const fill = (answer) => {
    found = answer.found;
    list.replaceChildren(...found.map((one, i) => {
      const item = document.createElement("li");
      item.id = list.id + "-" + i;
      item.role = "option";
      item.setAttribute("aria-selected", "false");
      const note = document.createElement("small");
      note.textContent = one.note;
      item.append(one.label + " ", note);
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(one);
      });
      return item;
    }));
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  field.addEventListener("input", async () => {
    const mine = ++asked, text = field.value.trim();
    if (!text) return close();
    const query = new URLSearchParams({ q: text });
    if (field.dataset.suggest) query.set("for", field.dataset.suggest);
    if (field.dataset.mine !== undefined) query.set("mine", "1");
    try {
      const answer = await fetch("/suggest?" + query, { headers: { Accept: "application/json" } });
      const suggested = answer.ok ? await answer.json() : null;
      if (suggested && mine === asked && document.activeElement === field) fill(suggested);
    } catch { /* the form works without */ }
  });
  field.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    switch (event.key) {
    case "ArrowDown": case "ArrowUp":
      if (!open) return;
      mark((at + (event.key === "ArrowDown" ? 1 : found.length + (at < 0 ? 0 : -1))) % found.length);
      break;
    case "Enter":
      if (!open || at < 0) return;
      take(found[at]);
      break;
    case "Escape":
      if (!open) return;
      close();
      break;
    default:
      return;
    }
    event.preventDefault();
  });
  field.addEventListener("blur", close);
}
document.querySelectorAll("input[data-suggest]").forEach(suggestFor);

// A slash leads to the search box, from wherever one does not type; on a narrow
// screen that is in the drawer.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("find");
  if (event.key !== "/" || !box || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  if (!box.checkVisibility()) box.closest("[popover]").showPopover();
  box.focus();
  box.select();
});

// A menu that the keyboard leaves is closed, so that it hides nothing.
for (const menu of document.querySelectorAll("[popover].menu")) {
  menu.parentElement.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.parentElement.contains(event.relatedTarget) && menu.matches(":popover-open")) menu.hidePopover();
  });
}

// A matrix, a map and a timeline are one tab stop each, moved in with the arrow
// keys as the ARIA grid pattern has it; Enter follows the link as everywhere. Up and
// down, or k and j, lead to what stands nearest in the next row; a map is one long row.
// A table that names what is moved among has other links too: all are tab stops.
function moveIn(picture) {
  const among = picture.dataset.movedIn || "a[href]", one = !picture.dataset.movedIn;
  const rows = [...picture.querySelectorAll("tr")].map((row) => [...row.querySelectorAll(among)]).filter((row) => row.length);
  if (!rows.length) rows.push([...picture.querySelectorAll(among)]);
  const links = rows.flat();
  if (!links.length) return;
  if (picture.matches(".coverage")) picture.setAttribute("role", "grid");
  const stop = (link) => one && links.forEach((other) => other.setAttribute("tabindex", other === link ? 0 : -1));
  const middle = (link) => {
    const box = link.getBoundingClientRect();
    return box.left + box.width / 2;
  };
  const nearest = (row, link) => row && row.reduce((a, b) => Math.abs(middle(b) - middle(link)) < Math.abs(middle(a) - middle(link)) ? b : a);
  const along = (link, by) => rows.length > 1 ? nearest(rows[rows.findIndex((row) => row.includes(link)) + by], link) : links[links.indexOf(link) + by];
  const next = {
    ArrowRight: (link, row) => row[row.indexOf(link) + 1],
    ArrowLeft: (link, row) => row[row.indexOf(link) - 1],
    ArrowDown: (link) => along(link, 1),
    ArrowUp: (link) => along(link, -1),
    Home: (link, row) => row[0],
    End: (link, row) => row.at(-1),
    j: (link) => along(link, 1),
    k: (link) => along(link, -1),
    "Ctrl+Home": () => links[0],
    "Ctrl+End": () => links.at(-1),
  };
  stop(links[0]);
  picture.addEventListener("focusin", (event) => {
    const link = event.target.closest(among);
    if (link) stop(link);
  });
  picture.addEventListener("keydown", (event) => {
    const link = event.target.closest(among), move = next[(event.ctrlKey ? "Ctrl+" : "") + event.key];
    if (!link || !move || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const to = move(link, rows.find((row) => row.includes(link)));
    if (to) to.focus();
  });
  const box = picture.closest("[tabindex='0']"); // scrolled by what is in it
  if (box) box.setAttribute("tabindex", -1);
}
document.querySelectorAll("[data-moved-in]").forEach(moveIn);

// On a narrow screen a timeline shows today first.
for (const picture of document.querySelectorAll(".picture")) {
  const today = picture.querySelector(".today line");
  if (today) picture.scrollLeft = today.getBoundingClientRect().left - picture.getBoundingClientRect().left - picture.clientWidth / 2;
}

// The first problem of a form that came back, or what was asked, has the
// reader's attention.
const problems = document.querySelector(".problems");
if (problems) {
  problems.tabIndex = -1;
  problems.focus();
}

// What is printed is noted, also where the browser's own menu is used.
const print = document.querySelector("form.print");
if (print) {
  print.addEventListener("submit", (event) => {
    event.preventDefault();
    window.print();
  });
  window.addEventListener("beforeprint", () => {
    navigator.sendBeacon(print.action, new URLSearchParams(new FormData(print)));
  });
}

// An address or a number can be copied with the button beside it, which says so.
const words = document.getElementById("main")?.dataset;
const said = document.createElement("p");
said.className = "unseen";
said.setAttribute("role", "status");
document.body.append(said);
function copyBeside(link) {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  const show = (word) => {
    button.textContent = word;
    button.setAttribute("aria-label", word + ": " + link.textContent);
  };
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.textContent);
      show(words.copied);
      said.textContent = words.copied + ": " + link.textContent;
    } catch {
      getSelection().selectAllChildren(link); // to be copied by hand
    }
  });
  button.addEventListener("blur", () => {
    show(words.copy);
    said.textContent = "";
  });
  show(words.copy);
  link.after(" ", button);
}
document.querySelectorAll("main :is(a[href^='mailto:'], a[href^='tel:'])").forEach(copyBeside);

// Contact data open in place, in every cell of a list that waits for the same ones.
// Without an answer the form goes its own way, to the officer's page.
async function openInPlace(form) {
  const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  const contacts = await answer.json();
  let first = null;
  for (const one of document.querySelectorAll("form.open")) {
    if (one.action !== form.action) continue;
    const links = [["email", "mailto:"], ["phone", "tel:"]].filter(([name]) => contacts[name] && (one.dataset.contact || name) === name).map(([name, scheme]) => {
      const link = document.createElement("a");
      link.href = scheme + encodeURI(contacts[name]);
      link.textContent = contacts[name];
      return link;
    });
    const opened = document.createElement("span");
    opened.className = "opened";
    opened.append(...links.flatMap((link) => [link, " "]));
    one.replaceWith(opened);
    links.forEach(copyBeside);
    if (one === form) first = links[0];
  }
  if (first) first.focus();
}
for (const form of document.querySelectorAll("form.open")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    if (button.ariaDisabled) return;
    button.ariaDisabled = "true";
    openInPlace(form).catch(() => form.submit());
  });
}

// Contact data that were just opened have the reader's attention.
const contacts = document.getElementById("contacts");
if (contacts) contacts.focus();

// A tick in the head of a list chooses all of its rows.
for (const all of document.querySelectorAll("input[data-all]")) {
  all.addEventListener("change", () => {
    for (const one of document.getElementsByName(all.dataset.all)) if (one.type === "checkbox") one.checked = all.checked;
  });
}
