"""The colours and shapes of the entity types, one set for the page and the exports.

Okabe and Ito's palette, told apart by the colour-blind, darkened where it would fall below 3:1 on white; every type
has a shape as well, so that nothing rests on colour alone.

References:
    Okabe, Ito (2008). Color universal design. https://jfly.uni-koeln.de/color/
"""

TYPE_COLORS = {
    "PARTY": "#c7402d",
    "LEADER": "#0072b2",
    "PERSON": "#3d93c9",
    "ORG": "#00835f",
    "COUNTRY": "#b3750a",
    "REGION": "#86701f",
    "ELECTION": "#a8559a",
    "EVENT": "#7a4fb5",
    "MISC": "#6b6f76",
}

# On the page's dark ground.
DARK_COLORS = {
    "PARTY": "#ff7a66",
    "LEADER": "#56a8e8",
    "PERSON": "#8cc9f5",
    "ORG": "#2dbd92",
    "COUNTRY": "#e6a93c",
    "REGION": "#c2aa52",
    "ELECTION": "#e08fd3",
    "EVENT": "#b391ea",
    "MISC": "#a0a6b0",
}

TYPE_NAMES = {
    "PARTY": "Parties",
    "LEADER": "Leaders",
    "PERSON": "Other persons",
    "ORG": "Organisations",
    "COUNTRY": "Countries",
    "REGION": "Other places",
    "ELECTION": "Elections",
    "EVENT": "Events",
    "MISC": "Other names",
}

TYPE_SHAPES = {
    "PARTY": "round-rectangle",
    "LEADER": "ellipse",
    "PERSON": "pentagon",
    "ORG": "rectangle",
    "COUNTRY": "diamond",
    "REGION": "vee",
    "ELECTION": "star",
    "EVENT": "triangle",
    "MISC": "hexagon",
}
