/* Without a network: hold back forms, and register the service worker (/sw.js), which answers with
   the page "Ingen forbindelse". */

// Service workers exist on https and localhost only.
if ("serviceWorker" in navigator)
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => { /* works without */ }));

// `onLine` may be false with a network (a VPN, a virtual machine), so ask the server.
async function reached() {
  try {
    return (await fetch("/offline/", {method: "HEAD", cache: "no-store"})).ok;
  } catch {
    return false;
  }
}

function tell(form) {
  const state = form.querySelector("[data-draft-state]");
  const what = form.dataset.kept ? "Teksten er gemt på telefonen; tryk" : "Bliv på siden, og tryk";
  const words = document.createElement("strong");
  words.append(`Ingen forbindelse. ${what} ${state ? "Gem igen" : "igen"}, når du har signal.`);
  if (state) return state.replaceChildren(words);
  const notice = form.nextElementSibling?.matches("[data-no-signal]") ? form.nextElementSibling : document.createElement("p");
  notice.className = "notice notice-alert";
  notice.role = "alert";
  notice.dataset.noSignal = "";
  notice.replaceChildren(words);
  form.after(notice);
}

const passed = new WeakSet();

// Capturing, to run before the submit listener of page.js.
document.addEventListener("submit", async (event) => {
  const {target: form, submitter} = event;
  if (form.method !== "post" || navigator.onLine || passed.delete(form)) return;
  event.preventDefault();
  if (!await reached()) return tell(form);
  passed.add(form);
  form.requestSubmit(submitter);
}, true);

document.querySelector("[data-go-back]")?.addEventListener("click", (event) => {
  event.preventDefault();
  history.back();
});
