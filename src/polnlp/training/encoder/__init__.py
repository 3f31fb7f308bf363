"""How the encoder in ``models/encoder`` is made: one encoder, any number of tasks; needs the extra ``train``."""
