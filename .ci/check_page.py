"""Opens report.html in headless Chromium as readers do: telephones to wide screens, light and dark, with and without
script, and on paper.

Usage: check_page.py PAGE... [--pictures FOLDER], with chromium and chromedriver on the path. Every page must, at every
width, be no wider than its window, say nothing on the console, fetch nothing, keep its content security policy, and give
its parts names; --pictures also
keeps screenshots and a print.
"""
import argparse
import base64
import pathlib
import shutil
import sys
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

WIDTHS = [360, 768, 1280, 1600]

# What is wrong with a page, as its own document tells.
PROBLEMS = """
const problems = [];
const wrong = (text, element) => problems.push(text + ": " + (element ? element.outerHTML.slice(0, 120) : ""));
const one = selector => document.querySelectorAll(selector).length === 1;
for (const selector of ["h1", "main", "header", "nav", "footer"]) if (!one(selector)) wrong("not one " + selector);
if (!document.documentElement.lang) wrong("no language");
if (!document.title.trim()) wrong("no title");
const ids = Array.from(document.querySelectorAll("[id]"), element => element.id);
if (new Set(ids).size !== ids.length) wrong("an id twice: " + ids.filter((id, at) => ids.indexOf(id) !== at)[0]);
let level = 0;
for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
  const next = Number(heading.tagName[1]);
  if (next > level + 1) wrong("a heading skips a level", heading);
  level = next;
}
for (const nav of document.querySelectorAll("nav, section"))
  if (!nav.matches("[aria-label], [aria-labelledby], .block")) wrong("no name", nav);
for (const box of document.querySelectorAll("[role=region]"))
  if (!box.getAttribute("aria-label") || box.tabIndex !== 0) wrong("a box that keys do not reach", box);
for (const picture of document.querySelectorAll("svg"))
  if (picture.getAttribute("aria-hidden") !== "true" && !(picture.getAttribute("role") === "img" && picture.getAttribute("aria-label")))
    wrong("a picture without words", picture);
for (const link of document.querySelectorAll("a[href^='#']"))
  if (!document.getElementById(link.getAttribute("href").slice(1))) wrong("a link to nowhere", link);
for (const link of document.querySelectorAll("a[download]"))
  if (!link.href.startsWith("data:image/svg+xml;base64,")) wrong("a picture that is not in the page", link);
for (const element of document.querySelectorAll("[src], link, iframe, object, embed, base, form"))
  wrong("something foreign", element);
for (const table of document.querySelectorAll("table"))
  if (!table.caption || !table.querySelector("th[scope=col]")) wrong("a table without caption or headings", table);
for (const text of document.querySelectorAll("svg text")) {
  const svg = text.ownerSVGElement;
  if (svg.clientWidth === 0 || !text.textContent) continue;
  const box = text.getBBox();
  if (box.x < -2 || box.x + box.width > svg.viewBox.baseVal.width + 2) wrong(`a clipped label from ${box.x} to ${box.x + box.width}`, text);
}
return problems;
"""

# Notes every violation of the page's content security policy from before its first byte.
LISTENER = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event =>
  window.violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sample));
"""

# A page with a violation of each kind, which proves that the listener hears them.
CANARY = """<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>canary</title><script>window.ran = 1</script><img src="x.png" onerror="window.ran = 2"><p style="color: red">x</p>"""

WIDE = """
document.querySelectorAll("details").forEach(part => { part.open = true; });
const wide = [];
for (const element of document.body.querySelectorAll("*")) {
  if (element.closest(".scroll, svg")) continue;
  const box = element.getBoundingClientRect();
  if (box.width && box.right > innerWidth + 1 && !element.matches(".skip")) wide.push(element.outerHTML.slice(0, 120));
}
const scrolled = document.documentElement.scrollWidth;
return scrolled > innerWidth || wide.length ? [`${scrolled} > ${innerWidth}`, ...wide.slice(0, 3)] : [];
"""


def browser(script=True):
    options = Options()
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def window(driver, width, scheme, height=1000):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                           {"media": "screen", "features": [{"name": "prefers-color-scheme", "value": scheme}]})


def keep(driver, path, width, scheme):
    height = driver.execute_script("return document.documentElement.scrollHeight")
    window(driver, width, scheme, min(height, 16000))
    picture = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
    path.write_bytes(base64.b64decode(picture))


def listen(driver):
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTENER})


def check_listener():
    """The listener reports scripts, handlers, pictures and styles against a policy, and none of them runs."""
    driver = browser()
    try:
        listen(driver)
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "canary.html"
            page.write_text(CANARY)
            driver.get(page.as_uri())
            kinds = {text.split()[0] for text in driver.execute_script("return window.violations")}
            assert {"script-src-elem", "img-src", "style-src-attr"} <= kinds, kinds
            assert driver.execute_script("return window.ran") is None
    finally:
        driver.quit()


def check(page, folder):
    address = page.resolve().as_uri()
    problems = []
    driver = browser()
    try:
        listen(driver)
        for width in WIDTHS:
            for scheme in ["light", "dark"]:
                window(driver, width, scheme)
                driver.get(address)
                problems += [f"{width} {scheme}: {text}" for text in driver.execute_script(PROBLEMS)]
                problems += [f"{width} {scheme}: against the policy: {text}" for text in driver.execute_script("return window.violations")]
                if folder:
                    keep(driver, folder / f"{page.parent.name}-{width}-{scheme}.png", width, scheme)
                    window(driver, width, scheme)
                problems += [f"{width} {scheme}: wider than the window: {text}" for text in driver.execute_script(WIDE)]
                if folder and scheme == "light":
                    keep(driver, folder / f"{page.parent.name}-{width}-open.png", width, scheme)
        problems += [f"console: {entry['message']}" for entry in driver.get_log("browser")]
        for entry in driver.get_log("performance"):
            text = entry["message"]
            if '"Network.requestWillBeSent"' in text and f'"url":"{address}' not in text:
                problems.append(f"a request: {text[:300]}")
        paper = driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": True})
        print_out = base64.b64decode(paper["data"])
        if folder:
            (folder / f"{page.parent.name}.pdf").write_bytes(print_out)
    finally:
        driver.quit()
    driver = browser(script=False)
    try:
        window(driver, 1280, "light")
        driver.get(address)
        text = driver.find_element("css selector", "main").text
        if len(text) < 200 or driver.find_elements("css selector", ".tools"):
            problems.append("nothing to read without script, or script runs all the same")
    finally:
        driver.quit()
    return problems


arguments = argparse.ArgumentParser()
arguments.add_argument("pages", nargs="+", type=pathlib.Path)
arguments.add_argument("--pictures", type=pathlib.Path)
arguments = arguments.parse_args()
if arguments.pictures:
    arguments.pictures.mkdir(parents=True, exist_ok=True)
check_listener()
found = {page: check(page, arguments.pictures) for page in arguments.pages}
for page, problems in found.items():
    print(f"{page}: {'sound at ' + ', '.join(map(str, WIDTHS)) + ' px, light and dark' if not problems else ''}")
    for problem in dict.fromkeys(problems):
        print(f"  {problem}")
sys.exit(any(found.values()))
