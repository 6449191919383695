/** The documentation page stands alone: its style is part of it, in the colours of `public/shared/tokens.css`. */
export const PAGE_STYLE = `
:root{color-scheme:dark light;--ground:#0c1016;--surface:#141a22;--raised:#1b232d;--line:#28323e;--text:#eef2f6;--soft:#a3b0be;--link:#8ab6ff;--get:#6fd8a5;--post:#f5c563;--focus:#8fc2ff}
@media(prefers-color-scheme:light){:root{--ground:#f4f5f7;--surface:#fff;--raised:#eef1f4;--line:#d9dee5;--text:#12181f;--soft:#4f5b68;--link:#1d53b8;--get:#14693f;--post:#7d5100;--focus:#0b57d0}}
*{box-sizing:border-box}
html{background:var(--ground);color:var(--text);font:1rem/1.55 Inter,-apple-system,'Segoe UI',Roboto,'Noto Sans',system-ui,sans-serif;scroll-padding-top:1rem}
body{margin:0;display:grid;grid-template-columns:minmax(0,1fr);max-width:84rem;margin:0 auto;padding:1.5rem 1rem 4rem;gap:2rem}
h1,h2,h3,h4,p,ul,ol{margin:0}
h1{font-size:1.9rem;letter-spacing:-.02em;line-height:1.2;margin-bottom:1rem}
h2{font-size:1.45rem;letter-spacing:-.02em;margin:2.5rem 0 1rem}
h3{font-size:1.05rem;font-weight:600;margin-bottom:.25rem}
h4{font-size:.875rem;font-weight:600;color:var(--soft);margin:1.25rem 0 .5rem}
p+p{margin-top:.75rem}
a{color:var(--link);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
code,pre{font-family:ui-monospace,'SF Mono','Cascadia Mono','Segoe UI Mono',Menlo,Consolas,monospace;font-size:.86em}
pre{margin:0;padding:.9rem 1rem;overflow-x:auto;border-radius:6px;background:var(--raised);line-height:1.5}
.step{margin-top:1.5rem}.step~pre{margin-top:.5rem}
.soft{color:var(--soft)}
nav ul{list-style:none;padding:0}
nav a{display:inline-block;padding:.35rem 0;color:var(--text);text-decoration:none}
nav a:hover{text-decoration:underline}
nav .sub{padding-left:1rem}
nav .sub a{color:var(--soft);font-size:.875rem;padding:.2rem 0}
.operation{background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:1.25rem;margin-top:1rem;min-width:0}
.route{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;margin-bottom:.5rem;overflow-wrap:anywhere}
.method{font-weight:700;font-size:.86em;text-transform:uppercase}
.method.get{color:var(--get)}.method.post,.method.patch,.method.delete{color:var(--post)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-top:1px solid var(--line);font-weight:400;overflow-wrap:anywhere;min-width:8rem}
thead th{border-top:0;color:var(--soft);font-size:.8rem}
tbody th{white-space:nowrap;overflow-wrap:normal}
.need{color:var(--post);font-size:.78rem;white-space:nowrap}
summary{cursor:pointer;padding:.35rem 0}
@media(min-width:64rem){body{grid-template-columns:16rem minmax(0,1fr);padding:2rem 2rem 6rem;gap:3rem}nav{position:sticky;top:1.5rem;align-self:start;max-height:calc(100vh - 3rem);overflow-y:auto}}
`;
