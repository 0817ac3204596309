/* A phone without signal: a form is not sent into nothing, and a page that cannot come is answered by the service worker
   (/sw.js) with the page "Ingen forbindelse". */

// A browser has service workers on https and on localhost only.
if ("serviceWorker" in navigator)
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => { /* works without */ }));

// `onLine` may say no where there is a network (a VPN, a virtual machine): before a form is held back, the server is asked.
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

// Captured, so that it comes before page.js counts the tap.
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
