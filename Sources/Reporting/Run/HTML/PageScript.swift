/// The script of a page, which is readable without it. It folds and unfolds all parts at once, opens the target of a
/// link, shows everything in print, searches the register, and highlights one equation in the graph.
enum PageScript {
  /// The digest by which the page's content security policy allows only this script.
  static let digest = "sha256-hXk7Y47oNnv7f6+iJe1HwhjBB7TSERRqdFSzEdAv9i0="

  /// The script.
  static let text = """
    "use strict";
    (() => {
      const all = selector => Array.from(document.querySelectorAll(selector));
      const outputs = document.getElementById("outputs");
      if (outputs && all("details.part").length > 1) {
        const tools = document.createElement("p");
        tools.className = "tools";
        for (const [name, open] of [["Expand all", true], ["Collapse all", false]]) {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = name;
          button.addEventListener("click", () => all("details.part").forEach(part => { part.open = open; }));
          tools.append(button);
        }
        outputs.querySelector("h2").after(tools);
      }
      const reveal = () => {
        const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
        for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
        if (target) target.scrollIntoView();
      };
      addEventListener("hashchange", reveal);
      reveal();
      let folded = [];
      addEventListener("beforeprint", () => {
        folded = all("details:not([open])");
        folded.forEach(part => { part.open = true; });
      });
      addEventListener("afterprint", () => folded.forEach(part => { part.open = false; }));
      const search = document.getElementById("register-search");
      if (search) {
        search.closest("[hidden]").hidden = false;
        search.addEventListener("input", () => {
          const wanted = search.value.trim().toLowerCase();
          for (const item of all(".register > li")) item.hidden = !item.textContent.toLowerCase().includes(wanted);
        });
      }
      const edges = all(".graph [data-from]").map(line => [line.dataset.from, line.dataset.to, line]);
      const nodes = all(".graph [data-node]");
      const reached = (start, from, to) => {
        const seen = new Set([start]);
        for (const name of seen) for (const edge of edges) if (edge[from] === name) seen.add(edge[to]);
        return seen;
      };
      const follow = name => {
        const near = name === null ? null : [reached(name, 0, 1), reached(name, 1, 0)];
        const isNear = node => !near || near.some(set => set.has(node));
        for (const node of nodes) node.classList.toggle("faint", !isNear(node.dataset.node));
        for (const [from, to, line] of edges)
          line.classList.toggle("faint", !(!near || near.some(set => set.has(from) && set.has(to))));
      };
      for (const node of nodes) {
        for (const event of ["mouseenter", "focus"]) node.addEventListener(event, () => follow(node.dataset.node));
        for (const event of ["mouseleave", "blur"]) node.addEventListener(event, () => follow(null));
      }
    })();

    """
}
