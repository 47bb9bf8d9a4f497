/// The style sheet of a page: one column in narrow viewports, charts side by side in wide ones, light or dark by the
/// reader's setting, and everything unfolded in print.
enum PageStyle {
  /// The style sheet.
  static let text =
    """
    :root{color-scheme:light dark;\(variables(Palette.light))}
    @media (prefers-color-scheme:dark){:root{\(variables(Palette.dark))}}
    @media print{:root{\(variables(Palette.light));color-scheme:light}}
    *{box-sizing:border-box}
    html{scroll-padding-top:1rem}
    body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Liberation Sans",Arial,sans-serif;overflow-wrap:anywhere}
    header,main,nav,footer{max-width:1320px;margin:0 auto;padding:0 16px}
    header{padding-top:1.5rem}
    h1{font-size:clamp(1.5rem,1.1rem + 2vw,2.4rem);line-height:1.2;margin:0 0 .6rem;max-width:34em}
    h2{font-size:1.45rem;line-height:1.25;margin:2.2rem 0 .8rem;padding-top:.8rem;border-top:2px solid var(--ink)}
    h3{font-size:1.12rem;margin:0}
    h4{font-size:1rem;margin:0 0 .15rem}
    p{margin:.4rem 0;max-width:70ch}
    ul,ol{margin:.4rem 0;padding-left:1.3rem}
    a{color:var(--series)}
    a:focus-visible,summary:focus-visible,[tabindex]:focus-visible,input:focus-visible,button:focus-visible{\
    outline:3px solid var(--series);outline-offset:2px}
    code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.88em}
    .skip{position:absolute;left:-9999px}
    .skip:focus{left:16px;top:8px;background:var(--paper);padding:.4rem}
    .made,.remark,.unit,.origin,.gist,figcaption,footer,caption{color:var(--muted)}
    .remark,.origin,figcaption,footer{font-size:.88rem}
    .remark{margin:.1rem 0;max-width:90ch}
    .unit{font-weight:400}
    .headline{font-size:clamp(1.15rem,1rem + 1vw,1.55rem);line-height:1.4;max-width:44em}
    .verdicts{font-size:1.05rem;max-width:60em}
    nav h2{font-size:1rem;margin:1rem 0 .3rem;padding:0;border:0}
    nav>ul,nav ul ul{padding:0;list-style:none;margin:0}
    nav>ul{font-size:.92rem}
    nav>ul>li{padding:.15rem 0}
    nav ul ul{display:inline}
    nav ul ul li{display:inline-block;margin-left:.8rem;font-size:.95em}
    nav>ul>li>a{font-weight:600}
    nav a{display:inline-block;padding:.12rem 0}
    .tools{display:flex;gap:.6rem;margin:.6rem 0}
    button,input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--muted);border-radius:4px;\
    padding:.25rem .7rem}
    input{max-width:100%}
    details.part{border-top:1px solid var(--line);padding:.5rem 0}
    details.part[open]{padding-bottom:1.2rem}
    summary{cursor:pointer}
    .part>summary{padding:.2rem 0}
    .part>summary h3{display:inline}
    .gist{margin-left:.6rem}
    .inner{margin:.4rem 0}
    .inner>summary{color:var(--series)}
    .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,540px),1fr));gap:1rem 2rem;margin:.6rem 0}
    figure{margin:.4rem 0;min-width:0}
    svg{display:block;max-width:100%;height:auto}
    svg.narrow{display:none}
    @media screen and (max-width:640px){svg.wide{display:none}svg.narrow{display:block}}
    figcaption{margin-top:.3rem;max-width:62ch}
    .scroll{overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums;margin:.3rem 0}
    caption{text-align:left;padding:.2rem 0;font-size:.88rem}
    th,td{padding:.22rem .9rem .22rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);\
    overflow-wrap:normal}
    thead th{border-bottom:2px solid var(--muted);vertical-align:bottom}
    th[scope=row]{font-weight:400}
    th[scope=rowgroup]{padding-top:.7rem}
    .n{text-align:right;white-space:nowrap;padding:.22rem 0 .22rem 1.1rem}
    thead .n{white-space:normal}
    .block{margin:1.2rem 0;min-width:0}
    .compared{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,34rem),1fr));gap:0 2rem}
    @media screen and (max-width:640px){table{font-size:.84rem}.n{padding-left:.7rem}th,td{padding-right:.4rem}}
    .register{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));\
    gap:0 2rem}
    .register>li,.equations>li{border-top:1px solid var(--line);padding:.55rem 0}
    .values{list-style:none;padding:0;margin:.15rem 0}
    .values li{display:flex;gap:.7rem;align-items:flex-start;padding:.12rem 0}
    .values div{min-width:0}
    .distribution{flex:none;width:72px;min-height:1px}
    .origin{margin-left:.4rem}
    .equations{padding:0;list-style:none}
    .formula{display:block;padding:.15rem 0}
    .equations>li:target,.register>li:target{background:var(--soft)}
    .command{white-space:pre-wrap;background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:.7rem}
    .facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.6rem 0}
    .facts dd{margin:0}
    .graph svg{max-width:none}
    .graph a{text-decoration:none}
    .graph a:focus-visible rect{stroke-width:3}
    .faint{opacity:.18}
    footer{padding:1.5rem 16px}
    [hidden]{display:none!important}
    @media print{
    body{font-size:10pt}
    nav,.skip,.tools,.search,.save{display:none!important}
    details::details-content{content-visibility:visible!important;display:block!important;block-size:auto!important}
    details>summary{list-style:none}
    .charts{grid-template-columns:1fr 1fr}
    .register{grid-template-columns:1fr 1fr}
    figure,tr,.register>li,.equations>li,.values li{break-inside:avoid}
    h2,h3,summary{break-after:avoid}
    .scroll{overflow:visible}
    .graph svg{max-width:100%}
    a{color:inherit;text-decoration:none}
    }
    \(Palette.variableRules)
    """

  private static func variables(_ colours: Palette.Colours) -> String {
    var variables =
      "--paper:\(colours.paper);--ink:\(colours.ink);--muted:\(colours.muted);--line:\(colours.line);"
      + "--series:\(colours.series);--soft:color-mix(in srgb,\(colours.ink) 5%,\(colours.paper))"
    for (look, colour) in colours.references.enumerated() { variables += ";--r\(look):\(colour)" }
    return variables
  }
}

extension Palette {
  /// The rules for charts within a page, in colours that follow the reader's setting.
  fileprivate static var variableRules: String {
    rules(
      Colours(
        paper: "var(--paper)", ink: "var(--ink)", muted: "var(--muted)", line: "var(--line)", series: "var(--series)",
        references: light.references.indices.map { "var(--r\($0))" }), scope: "svg ")
  }
}
