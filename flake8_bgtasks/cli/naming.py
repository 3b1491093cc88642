"""From what a person types to a rule."""

import difflib
import re

from flake8_bgtasks.cli.ending import WrongUse
from flake8_bgtasks.host.session import Session
from flake8_bgtasks.rules.model import Rule


def rule_named(text: str, session: Session) -> Rule:
    """Return the rule of this id, written ``BG030`` or ``BG-030`` in either case; end the command where there is none."""
    rules = {rule.code: rule for rule in session.catalogue.written.rules}
    code = re.sub("[-_]", "", text).upper()
    if code in rules:
        return rules[code]
    if code == "BG000":
        raise WrongUse(
            "BG000 is no rule: it is the code of a file that a rule names and that cannot be checked, for a syntax error"
            " or a fault of the plugin"
        )
    family = [known for known in rules if known[:4] == code[:4]]
    close = difflib.get_close_matches(code, family or rules, n=3, cutoff=0.6)
    advice = f"did you mean {' or '.join(close)}?" if close else "`bgtasks rules` lists them"
    raise WrongUse(f"there is no rule {text!r} in {origin(session)} ({advice})")


def origin(session: Session) -> str:
    """Return where the rules in force come from, in words."""
    written = session.catalogue.written
    if session.settings.rules is None:
        return "the bundled rules"
    return f"{written.path}, which extends the {written.extends} rules" if written.extends else written.path
