"""Which area a change belongs to: as its source says, or classified by its words. Pure."""

from collections.abc import Mapping, Sequence

from bot.text import stems

# Words in the descriptions of changes that point to an area, beside its names in seeds/areas.toml.
_EXTRA_WORDS = {
    "SLA": "sla response target priority hold",
    "Workflow & automation": "workflow runbook automation rule approval trigger step webhook",
    "Billing & invoicing": "invoice billing credit charge tax avalara payment prorating",
    "Contracts": "contract agreement prepay pre-pay",
    "Sales & quotes": "quote quotation sales order opportunity prospect crm",
    "Stock & purchasing": "stock purchase supplier item consignment serialised product",
    "Assets": "asset device software relationship",
    "Portal": "portal self-service end-user storefront",
    "Knowledge base": "kb article faq knowledge",
    "Integrations": "integration import sync jira azure entra intune ninjaone datto auvik quickbooks salesforce "
    "hubspot twilio google microsoft kaseya jamf",
    "Chat": "chat chatbot widget transcript",
    "Email & campaigns": "email mailbox campaign mail distribution subject",
    "Projects": "project task milestone forecasting gantt",
    "Reporting": "report dashboard chart datasource query statistics",
    "Time & scheduling": "timesheet shift appointment calendar holiday booking timer schedule",
    "Users & security": "permission password login sso role access session authentication qualification agent "
    "impersonating",
    "API": "api endpoint jwt parameter oauth",
    "Tickets": "ticket category action template bulk-edit follower",
    "Admin & configuration": "configuration custom column profile variable field audit advanced list display",
}
# These areas are named in passing by changes of every other area, so their words weigh less.
_WEIGHTS = {"Tickets": 0.6, "Admin & configuration": 0.5, "Integrations": 0.9}


class AreaClassifier:
    """Assigns an area of the catalogue to a change, by the words of its title and summary."""

    def __init__(self, areas: Mapping[str, Sequence[str]]) -> None:
        """`areas`: the names of the areas, each with the other names that people use for it."""
        self._area_by_name = {
            " ".join(stems(alias)): name for name, aliases in areas.items() for alias in (name, *aliases)
        }
        self._areas_by_stem: dict[str, list[str]] = {}
        for name, aliases in areas.items():
            for stem in {stem for text in (*aliases, _EXTRA_WORDS.get(name, "")) for stem in stems(text)}:
                self._areas_by_stem.setdefault(stem, []).append(name)

    def find_by_name(self, text: str | None) -> str | None:
        """The area that has this name or alias; None when there is none."""
        return self._area_by_name.get(" ".join(stems(text))) if text else None

    def classify(self, title: str, summary: str = "") -> str | None:
        """The area with the most words in the title, of which the first four weigh more; the summary only decides when
        no word of the title belongs to an area. None when no area has any of the words.
        """
        for text in (title, summary[:600]) if self._areas_by_stem else ():
            scores: dict[str, float] = {}
            for position, stem in enumerate(dict.fromkeys(stems(text))):
                for name in self._areas_by_stem.get(stem, ()):
                    weight = _WEIGHTS.get(name, 1.0) * (1.3 if position < 4 else 1.0)
                    scores[name] = scores.get(name, 0.0) + weight
            if scores:
                return max(scores, key=lambda name: (scores[name], name))
        return None
