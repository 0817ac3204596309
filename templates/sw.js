/* The service worker: caches the static files and the page "Ingen forbindelse". No page with user data
   is cached and no form. Rendered by mentorship/views.py. */

const CACHE = `skal-${DIGEST}`;
const STATIC = {{ static_files|safe }};
const OFFLINE = "{{ offline }}", SENT = `${OFFLINE}?sendt`;
const HASHED = /\.[0-9a-f]{12}\.\w+$/; // the name changes with the contents

async function keep(cache, address) {
  // Without cookies, so that no answer holds user data.
  const answer = await fetch(address, {credentials: "omit", cache: HASHED.test(address) ? "default" : "no-cache"});
  if (!answer.ok || answer.redirected || /no-store|private/.test(answer.headers.get("Cache-Control")))
    throw new Error(`Not for the cache: ${address}`);
  await cache.put(address, answer);
}

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(CACHE);
  await Promise.all([...STATIC, OFFLINE, SENT].map((address) => keep(cache, address)));
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
})()));

const kept = async (what) => await caches.match(what, {cacheName: CACHE}) ?? Response.error();

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return kept(request.method === "GET" ? OFFLINE : SENT);
  }
}

async function file(request) {
  if (HASHED.test(request.url)) {
    const answer = await kept(request);
    return answer.ok ? answer : fetch(request);
  }
  try {
    return await fetch(request);
  } catch {
    return kept(request);
  }
}

self.addEventListener("fetch", (event) => {
  const {request} = event;
  const {origin, pathname} = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && origin === self.location.origin && STATIC.includes(pathname))
    event.respondWith(file(request));
  // The browser handles everything else.
});
