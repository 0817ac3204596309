/* A draft of the log form on this device, until the server has the meeting.

   A draft lies in localStorage under a name made of user, person and submit key, and is offered, never filled in
   unasked. It goes when a page says that it is saved (data-saved), when its user signs out or somebody else signs in,
   after a day, and when the programme keeps no drafts (data-no-drafts-about). Hidden fields are the server's own and
   are not kept, the csrf token least of all; only `med` is, which says who else was there. */

const PREFIX = "kladde:";
const DAY = 24 * 60 * 60 * 1000;
const PAUSE = 300; // milliseconds from a keystroke to the draft

// JSON escapes what separates the three, so no two triples share a name.
export const draftKey = (user, about, submitKey) => PREFIX + JSON.stringify([user, about, submitKey].map(String));

const user = document.body.dataset.user;
const store = openStore();

function openStore() {
  try { return localStorage; } catch { return null; } // a browser may forbid it: then nothing is kept, or said to be
}

function read(name) {
  try {
    const [user, about, key] = JSON.parse(name.slice(PREFIX.length));
    return {...JSON.parse(store.getItem(name)), name, user, about, key};
  } catch {
    return {name}; // broken: has no time, so the sweep takes it
  }
}

const drafts = () => Object.keys(store).filter((name) => name.startsWith(PREFIX)).map(read);

function erase(which) {
  for (const draft of drafts()) if (which(draft)) store.removeItem(draft.name);
}

function words(at) {
  const then = new Date(at);
  const day = then.toDateString() === new Date().toDateString() ? "" : "i går ";
  const [hour, minute] = [then.getHours(), then.getMinutes()].map((number) => String(number).padStart(2, "0"));
  return `Kladde fra ${day}kl. ${hour}.${minute}, ikke gemt endnu`;
}

function button(word, press) {
  const element = Object.assign(document.createElement("button"), {type: "button", className: "btn btn-quiet"});
  element.append(word);
  element.addEventListener("click", press);
  return element;
}

// Against what the server drew, not against what the browser filled in by itself.
function differs(control) {
  if (control.matches("[type=radio], [type=checkbox]")) return control.checked !== control.defaultChecked;
  if (control.matches("select")) {
    const drawn = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
    return control.value !== drawn?.value;
  }
  return control.matches("textarea, input:not([type=hidden])") && control.value !== control.defaultValue;
}

function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  const day = values.get("day")?.[0];
  if (day && ![...form.querySelectorAll("[name=day]")].some((chip) => chip.value === day))
    values.set("day", ["other"]).set("held_on", [day]); // the chip of two days ago is not drawn any more
  for (const control of form.elements) {
    const given = values.get(control.name) ?? [];
    if (control.type === "checkbox") control.checked = given.includes(control.value);
    else if (control.type === "radio") control.checked ||= given.includes(control.value);
    else if (control.type !== "hidden" && given.length) control.value = given[0];
  }
  for (const fold of form.querySelectorAll("details"))
    if ([...fold.querySelectorAll("input, select, textarea")].some(differs)) fold.open = true;
}

// The fields of young people who are not on this page: the server draws them, from the same form.
function bring(form, fields) {
  const here = new Set([...form.querySelectorAll("[name=med]")].map((input) => input.value));
  const gone = fields.filter(([name, value]) => name === "med" && !here.has(value)).map(([, value]) => value);
  if (!gone.length) return;
  for (const [name, value] of fields)
    if (gone.some((person) => (name === "med" ? value === person : name.startsWith(person))))
      form.append(Object.assign(document.createElement("textarea"), {name, value, hidden: true}));
  const draw = Object.assign(document.createElement("button"), {name: "flere", value: "1", hidden: true});
  form.append(draw);
  form.requestSubmit(draw);
}

function follow(form) {
  const about = form.dataset.draftAbout, submitKey = form.elements.submit_key;
  const offer = form.querySelector("[data-draft-offer]"), state = form.querySelector("[data-draft-state]");
  const name = () => draftKey(user, about, submitKey.value);
  let timer = 0;
  let pending = false; // something on the page is the server's to answer for: a draft even if nothing differs

  // The browser would bring text back unasked, after it was saved too, and beside a new key.
  form.autocomplete = "off";

  function say(text) {
    if (state.textContent !== text) state.replaceChildren(text); // a screen reader reads it each time it is set
  }

  function fieldsNow() {
    const served = new Set([...form.querySelectorAll("[type=hidden]:not([name=med])")].map((input) => input.name));
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !served.has(name));
  }

  function keep(sent = false) {
    clearTimeout(timer);
    timer = 0;
    delete form.dataset.kept;
    if (!pending && ![...form.elements].some(differs)) {
      store.removeItem(name());
      return say("");
    }
    const at = Date.now();
    try {
      store.setItem(name(), JSON.stringify({at, sent, fields: fieldsNow()}));
      form.dataset.kept = "yes"; // connection.js promises no more than this
      say(words(at));
    } catch {
      say("Telefonen kan ikke gemme en kladde. Gem mødet, før du går.");
    }
  }

  // Only what has not been written yet: a page left after its draft was erased must not bring it back.
  function keepTheRest() {
    if (timer) keep();
  }

  function close(text) {
    offer.replaceChildren();
    say(text);
    state.tabIndex = -1;
    state.focus(); // the button that had the focus is gone
  }

  function take(taken) {
    keepTheRest(); // what stands here now is a draft of its own
    const draft = read(taken);
    if (!draft.fields) return close(""); // erased meanwhile, by signing out in another window
    fill(form, draft.fields);
    submitKey.value = draft.key; // it may have been sent and arrived: the server knows it again
    pending = true;
    form.dataset.kept = "yes";
    close(words(draft.at));
    bring(form, draft.fields);
  }

  function drop(dropped) {
    const text = store.getItem(dropped);
    store.removeItem(dropped);
    close("Kladden er slettet. ");
    if (text) state.append(button("Fortryd", () => { store.setItem(dropped, text); say(""); show(read(dropped)); }));
  }

  function show(draft) {
    const sentence = document.createElement("span");
    sentence.append(words(draft.at));
    offer.replaceChildren(
      sentence,
      button("Hent kladden", () => take(draft.name)),
      button("Slet kladden", () => drop(draft.name)),
    );
  }

  function begin() {
    const before = form.dataset.draftMovedFrom; // this form was sent before and has a new key now
    if (before) store.removeItem(draftKey(user, about, before));
    const own = read(name());
    pending = Boolean(before || own.fields);
    if (before || own.sent) return keep(); // the server's answer to it is on the page
    if (own.fields) return JSON.stringify(own.fields) === JSON.stringify(fieldsNow()) ? say(words(own.at)) : show(own);
    const [newest] = drafts().filter((draft) => draft.user === user && draft.about === about)
      .sort((one, other) => other.at - one.at);
    if (newest) show(newest);
  }

  form.addEventListener("input", () => { timer ||= setTimeout(keep, PAUSE); });
  form.addEventListener("submit", () => { pending = true; keep(true); });
  addEventListener("pagehide", keepTheRest);
  document.addEventListener("visibilitychange", keepTheRest);
  addEventListener("pageshow", (event) => {
    // Back to a page the browser had put aside, whose meeting was saved since: it needs a key of its own.
    if (event.persisted && pending && !store.getItem(name())) location.reload();
  });
  begin();
}

if (store) {
  const saved = new Set([...document.querySelectorAll("[data-saved]")].map((element) => element.dataset.saved));
  erase((draft) => !(Math.abs(Date.now() - draft.at) < DAY) || saved.has(draft.key) || (user && draft.user !== user));
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]") && !event.defaultPrevented) erase(() => true);
  });
  const form = document.querySelector("form[data-draft-about]"), none = document.querySelector("[data-no-drafts-about]");
  if (none) erase((draft) => draft.about === none.dataset.noDraftsAbout);
  if (form && user) follow(form);
}
