// The form of a note in its place, and drafts, kept in this browser until they are
// stored. Without this script the form is a page of its own.

const KEPT = 30 * 24 * 3600 * 1000; // milliseconds
const TOLD_FROM = 1000; // letters left
const SENT = "sent"; // the draft that a form took to the site, in this tab's session

/** A page, read as a document in which no script runs, not written from a string. */
function ask(address, body) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(body ? "POST" : "GET", address);
    request.responseType = "document";
    request.onload = () => resolve(request);
    request.onerror = reject;
    request.send(body);
  });
}

function said(role, words = "") {
  const made = document.createElement("p");
  return Object.assign(made, { className: "small", role, textContent: words });
}

const draftOf = ({ dataset }) => `note:${dataset.draft}`;

function keep(form) {
  // With the version that is edited, so that a save in between is seen.
  const isTyped = ([name]) => name === "version" || form.elements[name].type !== "hidden";
  const typed = [...new FormData(form)].filter(isTyped);
  const draft = { typed, reader: form.dataset.reader, at: Date.now() };
  try {
    if (!form.elements.body.value.trim()) localStorage.removeItem(draftOf(form));
    else localStorage.setItem(draftOf(form), JSON.stringify(draft));
  } catch {
    // Full or forbidden.
  }
}

/** What this reader, or someone not signed in, typed and the form lacks; or []. */
function draft(form) {
  try {
    const { typed, reader, at } = JSON.parse(localStorage.getItem(draftOf(form)));
    const isOurs = !reader || reader === form.dataset.reader;
    const isNew = ([name, value]) => name === "body" && value !== form.elements.body.value;
    return isOurs && Date.now() - at < KEPT && typed.some(isNew) ? typed : [];
  } catch {
    return [];
  }
}

function countDown(box) {
  const told = said("status");
  const tell = () => {
    const rest = box.dataset.longest - [...box.value].length; // code points
    const words = rest < 0 ? box.dataset.over : box.dataset.left;
    told.textContent = rest > TOLD_FROM ? "" : `${words} ${Math.abs(rest)}`;
  };
  box.after(told);
  box.addEventListener("input", tell);
  tell();
}

function attend(form, given = {}) {
  const typed = "typed" in form.dataset ? [] : draft(form);
  for (const [name, value] of typed) {
    if (form.elements[name] && !(name in given)) form.elements[name].value = value;
  }
  if (typed.length) form.prepend(said("status", form.dataset.restored));
  form.querySelectorAll("[data-longest]").forEach(countDown);
  form.addEventListener("input", () => keep(form));
}

let section = null; // one form stands open at a time

function close(opener) {
  section?.remove();
  section = null;
  opener?.focus();
}

/** Open the form at `address` after an element, with what is `given`. A highlight or a
 *  bookmark is saved at once. */
export async function open(address, where) {
  const answer = await ask(address).catch(() => null);
  const found = answer?.response?.querySelector("form[data-draft]");
  if (!found) return location.assign(address);
  where.name = answer.response.querySelector("h1").textContent;
  const form = document.importNode(found, true);
  fill(form, where.given);
  const button = form.querySelector(`[formaction*="/${where.deed}/"]`);
  if (button) return send(form, button, where);
  place(form, where);
  form.elements.body.focus();
}

function fill(form, given) {
  for (const [name, value] of Object.entries(given)) {
    if (!form.elements[name]) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name }));
    }
    form.elements[name].value = value;
  }
}

function place(form, where, ...problem) {
  close();
  section = document.createElement("section");
  Object.assign(section, { className: "in-place", ariaLabel: where.name });
  section.append(...problem, form);
  where.after.after(section);
  attend(form, where.given);
  const leave = (event) => {
    event.preventDefault();
    close(where.opener);
  };
  form.querySelector("a.button").addEventListener("click", leave);
  section.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) leave(event);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, event.submitter, where);
  });
}

/** Save. What is wrong is shown here; else the site's own page gives the text back. */
async function send(form, button, where) {
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action");
  const typed = new URLSearchParams(new FormData(form));
  const answer = await ask(action, typed).catch(() => null);
  form.ariaBusy = null;
  if ([409, 422].includes(answer?.status) && answer.response.querySelector(".problem")) {
    again(answer.response, where);
  } else if (answer?.status !== 200) {
    if (!form.isConnected) place(form, where);
    if (!answer) return form.prepend(said("alert", form.dataset.unsent));
    form.setAttribute("action", action);
    form.submit();
  } else if (answer.response.querySelector("ol.text")) {
    if (form.isConnected) localStorage.removeItem(draftOf(form));
    close();
    renew(answer.response, where.opener);
  } else {
    location.assign(answer.responseURL); // to sign in
  }
}

function again(page, where) {
  const [form, problem] = ["form[data-draft]", ".problem"].map((name) =>
    document.importNode(page.querySelector(name), true),
  );
  fill(form, { before: where.given.before ?? "" });
  problem.autofocus = false; // it gets the focus here
  place(form, where, problem);
  problem.focus();
}

/** The notes as they now stand; the new one has the focus and is announced. */
function renew(page, opener) {
  const notes = () => [...document.querySelectorAll("article.note")];
  const stood = notes().map(({ id }) => id);
  for (const name of ["ol.text", "section.below"]) {
    const now = page.querySelector(name);
    if (now) document.querySelector(name)?.replaceWith(document.importNode(now, true));
  }
  document.dispatchEvent(new Event("notes"));
  const note = notes().find(({ id }) => !stood.includes(id));
  (note ?? document.querySelector(`a[href="${opener.getAttribute("href")}"]`))?.focus();
  document.querySelectorAll(".told").forEach((each) => each.remove());
  const told = said("status");
  told.className = "notice told";
  document.querySelector("main > .wrap").prepend(told);
  const words = page.querySelector(".notice[role=status]")?.textContent.trim();
  setTimeout(() => (told.textContent = words ?? ""));
}

if (typeof document !== "undefined") {
  const forms = document.querySelectorAll("form[data-draft]");
  for (const form of forms) {
    attend(form);
    form.addEventListener("submit", () => sessionStorage.setItem(SENT, draftOf(form)));
  }
  if (!forms.length && document.querySelector(".notice[role=status]")) {
    localStorage.removeItem(sessionStorage.getItem(SENT)); // it is stored now
    sessionStorage.removeItem(SENT);
  }
}
