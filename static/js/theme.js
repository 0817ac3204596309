/* Follow the system's colour scheme, and say whether the browser has passkeys; in <head>, before the first paint. */
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
follow();
dark.addEventListener("change", follow);
document.documentElement.classList.toggle("has-passkeys", "PublicKeyCredential" in window);
