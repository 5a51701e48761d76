"""The columns of FBref's tables of players' seasons, as people keep them; a second of a name has a number."""

WHO = frozenset({"id", "Player", "Nation", "Pos", "Squad", "Age", "Born", "Matches"})
"""What every table has."""

_OF_TABLES = {
    "defense": (
        "90s Tkl TklW Def~3rd Mid~3rd Att~3rd Tkl.1 Att Tkl% Lost Blocks Sh Pass Int Tkl+Int Clr Err"
    ),
    "gca": (
        "90s SCA SCA90 PassLive PassDead TO Sh Fld Def GCA GCA90 PassLive.1 PassDead.1 TO.1 Sh.1 Fld.1 Def.1"
    ),
    "keepers": ("MP Starts Min 90s GA GA90 SoTA Saves Save% W D L CS CS% PKatt PKA PKsv PKm Save%.1"),
    "keepersadv": (
        "90s GA PKA FK CK OG PSxG PSxG/SoT PSxG+/- /90 Cmp Att Cmp% Att.1 Thr Launch% AvgLen Att.2 "
        "Launch%.1 AvgLen.1 Opp Stp Stp% #OPA #OPA/90 AvgDist"
    ),
    "misc": ("90s CrdY CrdR 2CrdY Fls Fld Off Crs Int TklW PKwon PKcon OG Recov Won Lost Won%"),
    "passing": (
        "90s Cmp Att Cmp% TotDist PrgDist Cmp.1 Att.1 Cmp%.1 Cmp.2 Att.2 Cmp%.2 Cmp.3 Att.3 Cmp%.3 Ast "
        "xAG xA A-xAG KP 1/3 PPA CrsPA PrgP"
    ),
    "passing_types": ("90s Att Live Dead FK TB Sw Crs TI CK In Out Str Cmp Off Blocks"),
    "playingtime": (
        "MP Min Mn/MP Min% 90s Starts Mn/Start Compl Subs Mn/Sub unSub PPM onG onGA +/- +/-90 On-Off "
        "onxG onxGA xG+/- xG+/-90 On-Off.1"
    ),
    "possession": (
        "90s Touches Def~Pen Def~3rd Mid~3rd Att~3rd Att~Pen Live Att Succ Succ% Tkld Tkld% Carries "
        "TotDist PrgDist PrgC 1/3 CPA Mis Dis Rec PrgR"
    ),
    "shooting": ("90s Gls Sh SoT SoT% Sh/90 SoT/90 G/Sh G/SoT Dist FK PK PKatt xG npxG npxG/Sh G-xG np:G-xG"),
    "stats": (
        "MP Starts Min 90s Gls Ast G+A G-PK PK PKatt CrdY CrdR xG npxG xAG npxG+xAG PrgC PrgP PrgR Gls.1 "
        "Ast.1 G+A.1 G-PK.1 G+A-PK xG.1 xAG.1 xG+xAG npxG.1 npxG+xAG.1"
    ),
}

COLUMNS = {
    table: WHO | {name.replace("~", " ") for name in names.split()} for table, names in _OF_TABLES.items()
}
"""The columns that are known of each table."""
