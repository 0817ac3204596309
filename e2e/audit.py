"""What must hold on every page, whoever sees it: axe finds nothing, nothing is cut off, and the house rules hold.

`audit(page)` asks all of it of the page as it stands and gives the complaints, one line each. The page is not loaded
anew for it: the window changes its size and the reader's choice of light or dark, and the page follows.
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
    """The reader chooses light or dark, and theme.js follows, a moment later."""
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)


# From one view to the next something changes. Light or dark changes colours only, so axe need not be asked everything.
START = "390 px, light"
VIEWS = (
    ("390 px, dark", lambda page: turn(page, "dark"), COLOURS),
    ("1280 px, dark", lambda page: page.set_viewport_size(DESK), EVERYTHING),
    ("1280 px, light", lambda page: turn(page, "light"), COLOURS),
)

AXE = """(rules) => axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false}).then((found) => found.violations
  .flatMap((rule) => rule.nodes.map((node) => `axe ${rule.id}: ${node.target} ${node.failureSummary.replace(/\\s+/g, " ")}`)))"""

# Moves of what stands on the page already, measured by the browser from the first paint on.
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

# Sideways scroll of the page; text beyond the window's edge, or longer than the box that hides what is too long.
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
    """Before the first page: bring axe, and watch for what moves while a page loads."""
    page.add_init_script(AXE_SCRIPT)
    page.add_init_script(JUMPS)


def audit(page, thorough=True):
    """The complaints about the page as it stands at 390 px, light, and that is how it is left.

    Not `thorough`: axe sees two of the four views, 390 px light and 1280 px dark.
    """
    found = page.evaluate(HOUSE_RULES)
    found += [f"{START}: {line}" for line in page.evaluate(AXE, EVERYTHING)]
    for view, change, rules in VIEWS:
        change(page)
        if thorough or rules is EVERYTHING:
            found += [f"{view}: {line}" for line in page.evaluate(AXE, rules)]
    page.set_viewport_size(NARROW)
    found += [f"320 px: {line}" for line in page.evaluate(CUT_OFF)]
    page.set_viewport_size(HALF)
    page.evaluate(TEXT_AT, "200%")
    found += [f"640 px, text at 200 %: {line}" for line in page.evaluate(CUT_OFF)]
    page.evaluate(TEXT_AT, "")
    page.set_viewport_size(PHONE)
    return found
