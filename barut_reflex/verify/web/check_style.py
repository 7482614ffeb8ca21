"""CSS of the check page and the shared profile; its hash is in their Content-Security-Policy."""

from markupsafe import Markup

STYLE = Markup("""
:root{--paper:#f4f8f7;--sheet:#fff;--ink:#102426;--soft:#4d5f61;--line:#dde7e6;--brand:#0b6e68;
--good:#0a6b3d;--warn:#8a5300;--bad:#a81c1c;--calm:#33566b}
@media(prefers-color-scheme:dark){:root{--paper:#0d1718;--sheet:#15211f;--ink:#eaf3f2;--soft:#a9bab9;
--line:#2a3a39;--brand:#5fd0c6}}
*{box-sizing:border-box;margin:0}
body{background:var(--paper);color:var(--ink);font:16px/1.5 "Plus Jakarta Sans",system-ui,
-apple-system,"Segoe UI",Roboto,sans-serif;min-height:100vh;display:flex;flex-direction:column}
header,main,footer{width:100%;max-width:34rem;margin:0 auto;padding:0 16px}
header{display:flex;align-items:center;gap:12px;padding-top:16px;padding-bottom:16px}
header svg{width:36px;height:36px;flex:none}
header strong,header span{display:block;line-height:1.25}
header span{font-size:14px;color:var(--soft)}
main{flex:1;display:flex;flex-direction:column;gap:12px}
section{background:var(--sheet);border-radius:18px;padding:18px 20px}
h1{font-size:clamp(25px,7.4vw,40px);line-height:1.1;letter-spacing:-.01em;font-weight:800}
h2{font-size:16px;font-weight:700;margin-bottom:4px}
h2:not(:first-child){margin-top:16px}
.verdict{color:#fff;padding:24px 20px;display:grid;grid-template-columns:auto 1fr;gap:6px 16px;
align-items:center}
.verdict p{grid-column:1/-1;font-weight:500}
.verdict svg{width:46px;height:46px;fill:none;stroke:#fff;stroke-width:2.6;stroke-linecap:round;
stroke-linejoin:round}
.good{background:var(--good)}.warn{background:var(--warn)}
.bad{background:var(--bad)}.calm{background:var(--calm)}
.told{color:#fff}
.holder{display:flex;gap:16px;align-items:center}
.holder img{border-radius:10px;flex:none;background:var(--line)}
.holder div{min-width:0}
.holder h2{font-size:22px;line-height:1.25;margin:2px 0 0;overflow-wrap:anywhere}
.kind{font-size:14px;color:var(--soft)}
dl{display:grid;gap:12px}
dt{font-size:14px;color:var(--soft)}
dd{font-weight:600;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
ul{padding-left:20px}
li{overflow-wrap:anywhere}
.care{background:none;border:1px solid var(--line)}
.full{border:2px solid var(--brand)}
.full>p{font-size:14px;color:var(--soft);margin-bottom:12px}
.plain h1{font-size:26px;margin-bottom:8px}
footer{padding-top:20px;padding-bottom:28px;font-size:14px;color:var(--soft)}
a{color:var(--brand);display:inline-block;padding:12px 16px 12px 0;text-underline-offset:4px}
@media(min-width:30em){dl{grid-template-columns:1fr 1fr}}
.entry{padding:10px 0;border-top:1px solid var(--line)}
.entry:first-of-type{border-top:0;padding-top:2px}
h3{font-size:16px;font-weight:600;overflow-wrap:anywhere}
.entry p{overflow-wrap:anywhere}
.entry .sub{color:var(--soft)}
.entry .when{font-size:14px;color:var(--soft)}
.banner{border:2px solid var(--warn)}
.code{font-size:20px;font-weight:700}
@media print{@page{size:A4;margin:16mm 18mm}
:root{--paper:#fff;--sheet:#fff;--ink:#000;--soft:#444;--line:#bbb;--brand:#000}
body{font-size:11pt;display:block}header,main,footer{max-width:none;padding:0}
main{display:block}section{padding:0;margin:0 0 5mm;break-inside:auto;border-radius:0}
h1{font-size:15pt}h2{font-size:12.5pt;border-bottom:1px solid #000;padding-bottom:1mm;
margin:0 0 2mm;break-after:avoid}h3{font-size:11pt;break-after:avoid}
.entry{break-inside:avoid;padding:1.5mm 0;border-top:0}.holder h2{border:0;font-size:18pt}
.verdict{color:#000;border:1px solid #000;padding:3mm 4mm;background:none}
.verdict svg{stroke:#000;width:9mm;height:9mm}.verdict h1{font-size:14pt}
.told{color:#000;border:1px solid #000;padding:3mm 4mm;background:none}
.banner,.care,footer a,form{display:none}dl{grid-template-columns:1fr 1fr;gap:2mm 6mm}}
""")
