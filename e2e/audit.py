"""Checks of every page: accessibility (axe), nothing cut off, the house rules.

`audit(page)` returns the complaints, a line each. It does not reload the page: it changes the
window's size and the colour scheme.
"""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROW, HALF = {"width": 320, "height": 640}, {"width": 640, "height": 900}

EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def turn(page, scheme):
    """Choose light or dark; theme.js follows a moment later."""
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)


# (name, what changes, axe's rules). Light or dark changes colours only, so two rules suffice.
START = "390 px, light"
VIEWS = (
    ("390 px, dark", lambda page: turn(page, "dark"), COLOURS),
    ("1280 px, dark", lambda page: page.set_viewport_size(DESK), EVERYTHING),
    ("1280 px, light", lambda page: turn(page, "light"), COLOURS),
)

AXE = """(rules) => axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false}).then((found) => found.violations
  .flatMap((rule) => rule.nodes.map((node) => `axe ${rule.id}: ${node.target} ${node.failureSummary.replace(/\\s+/g, " ")}`)))"""

# Layout shifts from the first paint on.
JUMPS = """
window.jumps = [];
new PerformanceObserver((list) => {
  for (const jump of list.getEntries())
    if (!jump.hadRecentInput) jumps.push(jump.sources.map(({node}) => (node?.parentElement ?? node)?.innerText?.slice(0, 40)));
}).observe({type: "layout-shift", buffered: true});
"""

HOUSE_RULES = """() => {
  const found = [], shown = (element) => element.checkVisibility({visibilityProperty: true});
  const headings = [...document.querySelectorAll("h1")].map((h1) => h1.innerText.trim());
  if (headings.length !== 1) found.push(`${headings.length} h1`);
  else if (document.title !== `${headings[0]} – Mentorindsats`) found.push(`h1 "${headings[0]}", title "${document.title}"`);
  const primary = [...document.querySelectorAll(".btn-primary")].filter(shown).map((button) => button.innerText);
  if (primary.length > 1) found.push(`${primary.length} primary buttons: ${primary}`);
  for (const element of document.body.querySelectorAll("*"))
    if (shown(element) && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
        && parseFloat(getComputedStyle(element).fontSize) < 12)
      found.push(`text under .75rem: "${element.textContent.trim().slice(0, 40)}"`);
  for (const target of document.querySelectorAll(".btn, .chip, .tabbar a, summary, .form-control, .form-select"))
    if (shown(target) && !target.closest("[aria-hidden]") && target.getBoundingClientRect().height < 43.5)
      found.push(`too low for a thumb: "${(target.innerText || target.name).slice(0, 40)}"`);
  for (const jump of window.jumps ?? []) found.push(`moves after it is drawn: ${jump}`);
  return found;
}"""

# Sideways scroll of the page; text beyond the window's edge or cut off by its box.
CUT_OFF = """() => {
  const found = [], root = document.documentElement, edge = root.clientWidth + 1;
  if (root.scrollWidth > edge) found.push(`scrolls sideways, ${root.scrollWidth} px`);
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest(".visually-hidden, .skip:not(:focus), button[aria-hidden], select, script, title")) continue;
    if (!parent.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const {left, right} = range.getBoundingClientRect();
    let box = parent;
    while (box && box !== root && !scrolls(box)) {
      const style = getComputedStyle(box);
      const edges = box.getBoundingClientRect();
      const hides = box instanceof SVGElement ? box.tagName === "svg" && box.ownerSVGElement && style.overflow === "hidden"
        : ["hidden", "clip"].includes(style.overflowX);
      const button = box.matches(".btn, .chip, .tabbar a");
      if ((hides || button) && (right > edges.right + 1 || left < edges.left - 1)) {
        found.push(`${button ? "spills out of its button" : "cut off"}: "${text.data.trim().slice(0, 40)}"`);
        break;
      }
      box = box.parentElement;
    }
    if ((!box || box === root) && (right > edge || left < -1))
      found.push(`beyond the edge: "${text.data.trim().slice(0, 40)}"`);
  }
  return found;
}"""

TEXT_AT = "(size) => { document.documentElement.style.fontSize = size; }"


def prepare(page):
    """Load axe and watch for layout shifts; call before the first page."""
    page.add_init_script(AXE_SCRIPT)
    page.add_init_script(JUMPS)


def audit(page, thorough=True):
    """Return the complaints about a page at 390 px, light, and leave it so.

    Not `thorough`: axe runs in two of the four views, 390 px light and 1280 px dark.
    """
    complaints = page.evaluate(HOUSE_RULES)
    complaints += [f"{START}: {line}" for line in page.evaluate(AXE, EVERYTHING)]
    for view, change, rules in VIEWS:
        change(page)
        if thorough or rules is EVERYTHING:
            complaints += [f"{view}: {line}" for line in page.evaluate(AXE, rules)]
    page.set_viewport_size(NARROW)
    complaints += [f"320 px: {line}" for line in page.evaluate(CUT_OFF)]
    page.set_viewport_size(HALF)
    page.evaluate(TEXT_AT, "200%")
    complaints += [f"640 px, text at 200 %: {line}" for line in page.evaluate(CUT_OFF)]
    page.evaluate(TEXT_AT, "")
    page.set_viewport_size(PHONE)
    return complaints
