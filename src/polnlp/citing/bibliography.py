"""A run's account → BibTeX of all that the run used."""

import re
from importlib.resources import files
from typing import Any

# What each model rests on, as its card says; one of the scholar's own is not known here.
_OF_KB = ("doring2019", "vparty", "parlgov", "geonames", "vrandecic2014", "factbook", "norris2017", "legislators")
_OF_NAMES = ("liu2021", "tan2022", "balasuriya2009", "ding2021", "zeldes2017", "mayhew2024", "silveira2014", "re3d")
_OF_TOPICS = ("baumgartner2019", "baturo2017", "boydstun2013", "bills")
_OF_MODEL = {
    "encoder": ("wang2020", "reimers2019", *_OF_NAMES, *_OF_TOPICS, "hamborg2021", *_OF_KB),
    "names-cnn": ("liu2021", "baturo2017"),
    "topic": (*_OF_TOPICS, "guo2017"),
    "stance": ("hamborg2021", "baturo2017", "guo2017"),
    "kb": (*_OF_KB, "dr5hn", "mledoze"),
}
_OF_NULL = {"hypergeometric": "tumminello2011", "configuration": "saracco2017"}
_OF_WEIGHT = {"npmi": "bouma2009", "log_likelihood": "dunning1993"}


def cite_run(account: dict[str, Any]) -> str:
    """Give BibTeX for polnlp, and for the models, data and methods that a run used.

    Args:
        account: A run's ``run.json``.
    """
    entries = read_entries()
    entries["polnlp"] = entries["polnlp"].replace("VERSION", account["polnlp"])
    return "\n\n".join(entries[key] for key in list_keys(account)) + "\n"


def list_keys(account: dict[str, Any]) -> list[str]:
    """Give the keys of what a run used, in the order of the data's way."""
    graph = account["settings"]["graph"]
    keys = ["polnlp"]
    for model in sorted(account["models"], key=lambda name: list(_OF_MODEL).index(name) if name in _OF_MODEL else 99):
        keys += _OF_MODEL.get(model, ())
    keys += ["pustejovsky2003", _OF_NULL[graph["null"]]]
    keys += [_OF_WEIGHT[graph["weight"]]] if graph["weight"] in _OF_WEIGHT else []
    keys += ["blondel2008", "lancichinetti2012"]
    keys += ["field2007"] if graph["draws"] else []
    return list(dict.fromkeys(keys))


def read_entries() -> dict[str, str]:
    """Read the entries that come with the package: key to BibTeX."""
    text = files("polnlp.citing").joinpath("references.bib").read_text(encoding="utf-8")
    entries = [entry.strip() for entry in re.split(r"\n(?=@)", text)]
    return {re.match(r"@\w+\{([^,]+),", entry)[1]: entry for entry in entries}  # type: ignore[index]
