"""How far the tumour lies from cuts and barriers, as planned, as executed, as achieved."""
