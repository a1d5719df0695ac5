namespace Omega.Trading.Backtesting;

/// <summary>How the page looks: light, dark and on paper. No fonts and no pictures from elsewhere.</summary>
internal static class PageStyle
{
    public static readonly Markup Sheet = new("""
        :root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#1b1f24;--soft:#59626e;--rule:#dde1e7;--own:#1f5fbf;--hold:#8a6508;--gain:#11734b;--loss:#b3391f;--held:rgb(31 95 191/.13);--g:17 115 75;--l:179 57 31}
        @media (prefers-color-scheme:dark){:root{--page:#13161a;--card:#1a1e24;--text:#e6e9ed;--soft:#a2abb7;--rule:#323943;--own:#74abff;--hold:#d8b04a;--gain:#4cc38a;--loss:#ff8f70;--held:rgb(116 171 255/.16);--g:76 195 138;--l:255 143 112}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main{max-width:1080px;margin:0 auto;padding:28px 20px 40px}
        h1{font-size:26px;line-height:1.2;margin:0 0 4px;overflow-wrap:anywhere}
        h2{font-size:17px;margin:0 0 10px}
        h3{font-size:13px;margin:18px 0 4px;color:var(--soft);font-weight:600}
        p{margin:0 0 10px;max-width:76ch}
        section{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:18px 20px;margin-top:16px;overflow-x:auto}
        .soft,figcaption,small{color:var(--soft)}
        .sim{display:inline-block;border:2px solid var(--loss);color:var(--loss);border-radius:6px;padding:1px 10px;font-weight:700;margin:8px 0 0}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin-top:18px}
        .tiles div{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:12px 14px}
        .tiles dt{color:var(--soft);font-size:13px}
        .tiles dd{margin:0;font-size:22px;font-weight:650;font-variant-numeric:tabular-nums}
        .tiles dd small{display:block;font-size:12.5px;font-weight:400}
        .tiles dd small span{white-space:nowrap}
        figure{margin:0}
        figcaption{font-size:13px;margin-top:6px;max-width:none}
        .key{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;margin-bottom:6px}
        .key i{display:inline-block;width:18px;height:3px;vertical-align:middle;margin-right:6px;background:currentColor;border-radius:2px}
        .key i.box{height:11px;width:11px}
        .own{color:var(--own)}.hold{color:var(--hold)}.gain{color:var(--gain)}.loss{color:var(--loss)}
        .key span span{color:var(--text)}
        svg{display:block;width:100%;height:auto}
        svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--soft);font-variant-numeric:tabular-nums}
        svg .y{text-anchor:end}svg .x{text-anchor:middle}
        .grid path{stroke:var(--rule);stroke-width:1;fill:none}
        .line{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linejoin:round}
        .line.hold{stroke-width:1.2}
        .line.price{color:var(--soft);stroke-width:1.1}
        .area{fill:currentColor;fill-opacity:.2}
        .held{fill:var(--held)}
        .stem{stroke:currentColor;stroke-width:1;fill:none}
        .zero{stroke:var(--soft);stroke-width:1}
        .mark{fill:currentColor;stroke:var(--card);stroke-width:1}
        .read rect{fill:transparent}.read rect:hover{fill:var(--soft);fill-opacity:.18}
        table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
        th,td{padding:5px 8px;text-align:left;border-top:1px solid var(--rule);vertical-align:top}
        thead th{border-top:0;color:var(--soft);font-weight:600;font-size:13px}
        tbody th{font-weight:500;white-space:nowrap}
        .n{text-align:right;white-space:nowrap}
        .what{color:var(--soft);font-size:13px}
        .group th{padding-top:16px;color:var(--soft);font-size:13px;font-weight:600;border-top:0}
        .months td,.months th{text-align:right;padding:5px 6px;font-size:13px;white-space:nowrap}
        .months tr th:first-child{text-align:left}
        .under{font-size:13px;margin:8px 0 0;max-width:none}
        .g1{background:rgb(var(--g)/.1)}.g2{background:rgb(var(--g)/.2)}.g3{background:rgb(var(--g)/.32)}.g4{background:rgb(var(--g)/.45)}
        .l1{background:rgb(var(--l)/.1)}.l2{background:rgb(var(--l)/.2)}.l3{background:rgb(var(--l)/.32)}.l4{background:rgb(var(--l)/.45)}
        .facts th{width:130px;color:var(--soft);font-size:13px}
        .facts td{overflow-wrap:anywhere}
        ul{margin:0;padding-left:20px}li{margin-bottom:4px;overflow-wrap:anywhere}
        @media (max-width:640px){.what{display:none}svg text{font-size:17px}main{padding:16px 10px}section{padding:14px 12px}}
        @media print{:root{color-scheme:light;--page:#fff;--card:#fff;--text:#000;--soft:#444;--rule:#ccc;--own:#1f5fbf;--hold:#8a6508;--gain:#11734b;--loss:#b3391f;--held:rgb(31 95 191/.13);--g:17 115 75;--l:179 57 31}
        body{font-size:11px}main{max-width:none;padding:0}section,.tiles div,figure{break-inside:avoid;border-color:#bbb}section.long{break-inside:auto}tr{break-inside:avoid}.read{display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """);
}
