"""What a rules file says: from YAML to frozen rules, or all its problems with their places."""
