"""How a person sees a result. Nothing is computed here."""
