"""How each model in `models/` is made; needs the data folder (`--data` or `POLNLP_DATA`), never the network."""
