"""One checker class per family of rules. Families do not know each other."""
