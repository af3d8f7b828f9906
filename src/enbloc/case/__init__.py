"""The nouns: who the patient is, what the lesion is, what is known and from where. Values only."""
