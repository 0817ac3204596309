/* Drafts of meetings in localStorage, by user, mentee and submit key. A draft is offered, never filled
   in by itself. It is deleted when the meeting is saved, at signing out, when another user signs in,
   after a day, when the programme keeps no drafts, and when the user may not see the mentee any more. */

const PREFIX = "kladde:";
const DAY = 24 * 60 * 60 * 1000;
const PAUSE = 300; // milliseconds from a keystroke to saving the draft

// JSON escapes the separators, so no two triples share a name.
export const draftKey = (user, about, submitKey) => PREFIX + JSON.stringify([user, about, submitKey].map(String));

const me = document.body.dataset.user;
let store;
try { store = localStorage; } catch { /* forbidden: no drafts */ }

function read(name) {
  try {
    const [user, about, key] = JSON.parse(name.slice(PREFIX.length));
    return {...JSON.parse(store.getItem(name)), name, user, about, key}; // no `fields` if there is none
  } catch {
    return {name}; // broken: deleted, as it has no time
  }
}

const drafts = () => Object.keys(store).filter((name) => name.startsWith(PREFIX)).map(read);

function erase(which) {
  for (const draft of drafts()) if (which(draft)) store.removeItem(draft.name);
}

function words(at) {
  const then = new Date(at), two = (number) => String(number).padStart(2, "0");
  const day = then.toDateString() === new Date().toDateString() ? "" : "i går ";
  return `Kladde fra ${day}kl. ${two(then.getHours())}.${two(then.getMinutes())}, ikke gemt endnu`;
}

function make(tag, properties, ...content) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...content);
  return element;
}

const button = (word, onclick) => make("button", {type: "button", className: "btn btn-quiet", onclick}, word);

// Whether the control differs from what the server rendered.
function differs(control) {
  if (control.matches("[type=radio], [type=checkbox]")) return control.checked !== control.defaultChecked;
  if (control.matches("select")) return control.value !== (control.querySelector("[selected]") ?? control[0])?.value;
  return control.matches("textarea, input:not([type=hidden])") && control.value !== control.defaultValue;
}

// Without hidden fields (the CSRF token), but with `med`: the other mentees.
function typed(form) {
  const served = [...form.querySelectorAll("[type=hidden]:not([name=med])")].map((input) => input.name);
  return [...new FormData(form)].filter(([name]) => !served.includes(name));
}

function fill(form, fields) {
  const given = (name) => fields.filter((field) => field[0] === name).map((field) => field[1]);
  for (const control of form.elements) {
    const values = given(control.name);
    if (control.type === "checkbox") control.checked = values.includes(control.value);
    else if (control.type === "radio") control.checked ||= values.includes(control.value);
    else if (control.type !== "hidden" && values.length) control.value = values[0];
  }
  const [day] = given("day"), chips = [...form.querySelectorAll("[name=day]")];
  if (day && !chips.some((chip) => chip.value === day)) { // a day without a chip now
    chips.at(-1).checked = true;
    form.elements.held_on.value = day;
  }
  for (const fold of form.querySelectorAll("details"))
    if ([...fold.querySelectorAll("input, select, textarea")].some(differs)) fold.open = true;
}

// Other mentees of the draft who are not on this page: post, so that the server renders them.
function bring(form, fields) {
  const here = [...form.querySelectorAll("[name=med]")].map((input) => input.value);
  const missing = fields.filter(([name, value]) => name === "med" && !here.includes(value)).map((field) => field[1]);
  if (!missing.length) return;
  for (const [name, value] of fields)
    if (missing.some((person) => (name === "med" ? value === person : name.startsWith(person))))
      form.append(make("textarea", {name, value, hidden: true}));
  const draw = make("button", {name: "flere", value: "1", hidden: true});
  form.append(draw);
  form.requestSubmit(draw);
}

function follow(form) {
  const about = form.dataset.draftAbout, submitKey = form.elements.submit_key;
  const offer = form.querySelector("[data-draft-offer]"), state = form.querySelector("[data-draft-state]");
  const name = () => draftKey(me, about, submitKey.value);
  let timer = 0;
  let unanswered = false; // sent or from a draft: kept even when nothing differs
  let sent = ""; // the fields as they were sent

  function say(text) {
    // Screen readers read it each time it is set.
    if (state.textContent !== text) state.replaceChildren(text);
  }

  function keep() {
    clearTimeout(timer);
    timer = 0;
    delete form.dataset.kept;
    if (!unanswered && ![...form.elements].some(differs)) {
      store.removeItem(name());
      return say("");
    }
    const at = Date.now(), fields = typed(form);
    try {
      store.setItem(name(), JSON.stringify({at, fields, sent: JSON.stringify(fields) === sent}));
      form.dataset.kept = "yes"; // for connection.js
      say(words(at));
    } catch {
      say("Telefonen kan ikke gemme en kladde. Gem mødet, før du går.");
    }
  }

  // Only pending changes: leaving the page must not bring back an erased draft.
  const keepTheRest = () => timer && keep();

  function answer(text) {
    offer.replaceChildren();
    say(text);
    state.tabIndex = -1;
    state.focus({preventScroll: true}); // its button is gone
  }

  function take(draft) {
    fill(form, draft.fields);
    submitKey.value = draft.key; // the server recognises a form that arrived
    unanswered = true;
    bring(form, draft.fields);
  }

  function show({name, at}) {
    const accept = () => {
      keepTheRest(); // the form's own text is another draft
      const draft = read(name); // gone after signing out in another window
      if (draft.fields) take(draft);
      answer(draft.fields ? words(draft.at) : "");
    };
    const drop = () => {
      const text = store.getItem(name);
      store.removeItem(name);
      answer("Kladden er slettet. ");
      if (text) state.append(button("Fortryd", () => { say(""); store.setItem(name, text); show({name, at}); }));
    };
    offer.replaceChildren(make("span", {}, words(at)), button("Hent kladden", accept), button("Slet kladden", drop));
  }

  // Otherwise the browser restores text, even saved text, beside a new key.
  form.autocomplete = "off";
  form.addEventListener("input", () => { timer ||= setTimeout(keep, PAUSE); });
  form.addEventListener("submit", () => {
    unanswered = true;
    sent = JSON.stringify(typed(form));
    keep();
  });
  addEventListener("pagehide", keepTheRest);
  document.addEventListener("visibilitychange", keepTheRest);
  // Back to a cached page that was saved since: it needs a new key.
  addEventListener("pageshow", (event) => {
    if (event.persisted && unanswered && !store.getItem(name())) location.reload();
  });

  const before = form.dataset.draftMovedFrom; // sent under another key
  if (before) store.removeItem(draftKey(me, about, before));
  const own = read(name());
  if (own.fields && !own.sent) take(own); // typed into this form after it was sent
  unanswered ||= Boolean(own.fields || before);
  if (unanswered) return keep();
  const others = drafts().filter((draft) => draft.user === me && draft.about === about);
  if (others.length) show(others.reduce((one, other) => (other.at > one.at ? other : one)));
}

if (store) {
  const saved = [...document.querySelectorAll("[data-saved]")].map((element) => element.dataset.saved);
  const off = document.querySelector("[data-no-drafts-about]")?.dataset.noDraftsAbout;
  erase((draft) =>
    !(Math.abs(Date.now() - draft.at) < DAY) || (me && draft.user !== me) || draft.about === off
    || (draft.sent && saved.includes(draft.key))); // not text typed after it was sent
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]") && !event.defaultPrevented) erase(() => true);
  });
  const form = document.querySelector("form[data-draft-about]");
  if (form && me) follow(form);
}
