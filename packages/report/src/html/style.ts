/** The page's only style sheet. Its hash is in the page's content security policy, so nothing else can style it. */
export const style = `
:root {
  color-scheme: light dark;
  --bg: #f6f5f2; --card: #ffffff; --line: #e4e1da; --text: #23211d; --soft: #6c675e; --faint: #efede7;
  --pass: #2f8f5b; --fail: #c8452f; --warn: #b9791a; --info: #3a6fb5; --gate: #9a8fd0;
  --pass-bg: #e6f4ec; --fail-bg: #fbe9e5; --warn-bg: #fbf1de; --info-bg: #e7effa;
  --add: #e3f5e8; --del: #fdeae6; --hunk: #eef1fb;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #161513; --card: #1f1e1b; --line: #35332e; --text: #ece9e2; --soft: #a39e93; --faint: #292723;
    --pass: #5cc48c; --fail: #f08a74; --warn: #e4b25c; --info: #86b3ee; --gate: #a79de0;
    --pass-bg: #1c3226; --fail-bg: #3b211b; --warn-bg: #37290f; --info-bg: #1b2a3f;
    --add: #1b3325; --del: #3d221d; --hunk: #252a3d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--bg); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
main { max-width: 1080px; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1, h2, h3 { line-height: 1.25; margin: 0; font-weight: 650; letter-spacing: -0.01em; }
h1 { font-size: 1.75rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 0.9rem; }
h3 { font-size: 0.95rem; }
code, pre, .mono { font-family: var(--mono); font-size: 0.86em; }
code { overflow-wrap: anywhere; }
a { color: inherit; }
a:focus-visible, summary:focus-visible, pre:focus-visible, .scroll:focus-visible { outline: 2px solid var(--info); outline-offset: 2px; border-radius: 6px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: 0.5rem 1rem; border-radius: 8px; }
.eyebrow { color: var(--soft); margin: 0 0 0.25rem; overflow-wrap: anywhere; }
.title { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }
.soft { color: var(--soft); }
.badge {
  display: inline-block; padding: 0.12rem 0.6rem; border-radius: 999px; font-size: 0.8rem; font-weight: 600; white-space: nowrap;
  background: var(--faint); color: var(--soft);
}
.badge.pass { background: var(--pass-bg); color: var(--pass); }
.badge.fail { background: var(--fail-bg); color: var(--fail); }
.badge.warn { background: var(--warn-bg); color: var(--warn); }
.badge.info { background: var(--info-bg); color: var(--info); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 0.75rem; margin: 1.5rem 0 0; padding: 0; }
.tile { padding: 0.8rem 1rem; }
.tile dt { color: var(--soft); font-size: 0.8rem; }
.tile dd { margin: 0.1rem 0 0; font-size: 1.25rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.tile small { display: block; font-size: 0.78rem; font-weight: 400; color: var(--soft); }
.callout { padding: 0.9rem 1.1rem; margin-top: 1.25rem; border-left: 4px solid var(--fail); overflow-wrap: anywhere; }
.callout.warn { border-left-color: var(--warn); }
.callout p { margin: 0.15rem 0; }
.timeline { padding: 1rem 1.1rem 0.8rem; }
.lane { display: grid; grid-template-columns: minmax(120px, 30%) 1fr; gap: 0 1rem; align-items: center; padding: 0.22rem 0; }
.lane .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-decoration: none; }
.lane .name:hover { text-decoration: underline; }
.lane svg { display: block; width: 100%; height: 22px; }
.axis { color: var(--soft); font-size: 0.75rem; display: flex; justify-content: space-between; font-variant-numeric: tabular-nums; }
.track { fill: var(--faint); }
.grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.lane .aside { padding-left: 1rem; opacity: 0.75; }
.lane rect:not(.track, .fill-gate) { stroke: var(--card); stroke-width: 1; vector-effect: non-scaling-stroke; }
.fill-pass { fill: var(--pass); } .fill-fail { fill: var(--fail); } .fill-warn { fill: var(--warn); } .fill-info { fill: var(--info); } .fill-gate { fill: var(--gate); }
.legend { display: flex; flex-wrap: wrap; gap: 0.35rem 1.1rem; margin: 0.7rem 0 0; padding: 0; list-style: none; color: var(--soft); font-size: 0.8rem; }
.legend svg { width: 10px; height: 10px; margin-right: 0.4rem; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0.9rem; }
.panel { padding: 1rem 1.1rem; min-width: 0; }
.panel h3 { margin-bottom: 0.7rem; }
.panel.full { grid-column: 1 / -1; }
.bars { margin: 0; padding: 0; list-style: none; }
.bars li { margin: 0 0 0.55rem; }
.bars .row { display: flex; justify-content: space-between; gap: 1rem; font-size: 0.88rem; }
.bars .row span:first-child { overflow-wrap: anywhere; }
.bars .row span:last-child { font-variant-numeric: tabular-nums; white-space: nowrap; }
.bars svg { display: block; width: 100%; height: 6px; margin-top: 0.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.88rem; }
th, td { text-align: left; padding: 0.32rem 0.8rem 0.32rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
th:last-child, td:last-child { padding-right: 0; }
th { color: var(--soft); font-weight: 500; font-size: 0.8rem; white-space: nowrap; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.wide { width: 100%; overflow-wrap: anywhere; }
details > summary { cursor: pointer; list-style: none; }
details > summary::-webkit-details-marker { display: none; }
.step { margin-bottom: 0.6rem; overflow: hidden; }
.step > summary { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 0.8rem; padding: 0.75rem 1.1rem; }
.step > summary::before, .text > summary::before {
  content: ''; width: 0.45em; height: 0.45em; border-right: 2px solid var(--soft); border-bottom: 2px solid var(--soft);
  transform: rotate(-45deg); flex: none; transition: transform 0.12s;
}
.step[open] > summary::before, .text[open] > summary::before { transform: rotate(45deg); }
.step > summary .path { font-weight: 600; overflow-wrap: anywhere; }
.step > summary .facts { margin-left: auto; color: var(--soft); font-size: 0.88rem; font-variant-numeric: tabular-nums; }
.step .body { border-top: 1px solid var(--line); padding: 0.4rem 1.1rem 1rem; }
.attempt { padding: 0.9rem 0 0.2rem; }
.attempt + .attempt { border-top: 1px dashed var(--line); margin-top: 0.8rem; }
.attempt > header { display: flex; flex-wrap: wrap; gap: 0.35rem 0.7rem; align-items: center; }
.facts-list { display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; margin: 0.5rem 0 0.6rem; font-size: 0.88rem; }
.facts-list div { display: flex; gap: 0.4rem; min-width: 0; }
.facts-list dt { color: var(--soft); white-space: nowrap; }
.facts-list dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.reason { margin: 0.4rem 0; color: var(--fail); overflow-wrap: anywhere; }
.note { margin: 0.4rem 0; overflow-wrap: anywhere; }
.chips { display: flex; flex-wrap: wrap; gap: 0.35rem; margin: 0.5rem 0; padding: 0; list-style: none; }
.text { margin: 0.4rem 0; border: 1px solid var(--line); border-radius: 10px; background: var(--bg); overflow: hidden; }
.text > summary { display: flex; align-items: center; gap: 0.6rem; padding: 0.42rem 0.8rem; font-size: 0.88rem; }
.text > summary .soft { margin-left: auto; font-size: 0.8rem; overflow-wrap: anywhere; text-align: right; }
pre {
  margin: 0; padding: 0.8rem; border-top: 1px solid var(--line); max-height: 32rem; overflow: auto; background: var(--card);
  white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; tab-size: 4;
}
pre span { display: block; margin: 0 -0.8rem; padding: 0 0.8rem; min-height: 1.5em; }
pre .add { background: var(--add); } pre .del { background: var(--del); } pre .hunk { background: var(--hunk); color: var(--soft); } pre .file { font-weight: 650; }
.inner { padding: 0.2rem 0.8rem 0.6rem; border-top: 1px solid var(--line); background: var(--card); }
footer { margin-top: 3rem; color: var(--soft); font-size: 0.82rem; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  main { padding: 1.5rem 0.9rem 3rem; }
  h1 { font-size: 1.4rem; }
  .columns { grid-template-columns: 1fr; }
  .lane { grid-template-columns: 1fr; padding: 0.35rem 0; }
  .lane .name { font-size: 0.82rem; }
  .step > summary .facts { margin-left: 0; width: 100%; }
  .axis-gap { display: none; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media print { body { background: #fff; } .card { break-inside: avoid; } pre { max-height: none; } }
`
