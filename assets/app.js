// Comfort only: every page works without this script.
"use strict";

// The row of the sending state cannot be unticked: when another agency is
// chosen on a posting's form, another row is the sending state's.
const agency = document.querySelector("form.record select#agency");
const table = document.querySelector("fieldset#representations");
if (agency && table) {
  const lock = () => {
    const option = agency.selectedOptions[0];
    const state = option ? option.textContent.trim().slice(0, 2) : "";
    for (const row of table.querySelectorAll("tbody tr")) {
      const fixed = row.querySelector(".fixed .code");
      for (const tick of row.querySelectorAll("input[type=checkbox][name]")) {
        const sending = fixed !== null && fixed.textContent === state;
        if (sending) tick.checked = true;
        tick.onclick = sending ? (event) => event.preventDefault() : null;
        tick.setAttribute("aria-disabled", String(sending));
      }
    }
  };
  agency.addEventListener("change", lock);
}

// An organisation has one seat: choosing it fills in country and city.
const seats = { "europol": ["NL", "The Hague"], "interpol-lyon": ["FR", "Lyon"], "interpol-singapore": ["SG", "Singapore"], "unodc": ["AT", "Vienna"] };
const organisation = document.querySelector("form.record select#host_organisation");
if (organisation) {
  organisation.addEventListener("change", () => {
    const seat = seats[organisation.value];
    if (!seat) return;
    document.getElementById("host_country").value = seat[0];
    document.getElementById("host_city").value = seat[1];
  });
}

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
