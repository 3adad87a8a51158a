"""Which area a change belongs to: as its source says, or proposed from the words that areas go by. Pure."""

from collections.abc import Mapping, Sequence

from bot.text import stems

_EXTRA_WORDS = {  # what changes say of themselves, beside the names that people call the areas (seeds/areas.toml)
    "SLA": "sla response target priority hold",
    "Workflow & automation": "workflow runbook automation rule approval trigger step webhook",
    "Billing & invoicing": "invoice billing credit charge tax avalara payment prorating",
    "Contracts": "contract agreement prepay pre-pay",
    "Sales & quotes": "quote quotation sales order opportunity prospect crm",
    "Stock & purchasing": "stock purchase supplier item consignment serialised product",
    "Assets": "asset device software relationship",
    "Portal": "portal self-service end-user storefront",
    "Knowledge base": "kb article faq knowledge",
    "Integrations": "integration import sync jira azure entra intune ninjaone datto auvik quickbooks salesforce hubspot twilio google microsoft kaseya jamf",
    "Chat": "chat chatbot widget transcript",
    "Email & campaigns": "email mailbox campaign mail distribution subject",
    "Projects": "project task milestone forecasting gantt",
    "Reporting": "report dashboard chart datasource query statistics",
    "Time & scheduling": "timesheet shift appointment calendar holiday booking timer schedule",
    "Users & security": "permission password login sso role access session authentication qualification agent impersonating",
    "API": "api endpoint jwt parameter oauth",
    "Tickets": "ticket category action template bulk-edit follower",
    "Admin & configuration": "configuration custom column profile variable field audit advanced list display",
}
_WEIGHTS = {
    "Tickets": 0.6,
    "Admin & configuration": 0.5,
    "Integrations": 0.9,
}  # said in passing by changes of every area


class AreaClassifier:
    """The areas of a catalogue, ready to be told from a text."""

    def __init__(self, areas: Mapping[str, Sequence[str]]) -> None:
        self._area_by_name = {" ".join(stems(term)): name for name, also in areas.items() for term in (name, *also)}
        self._areas_by_stem: dict[str, list[str]] = {}
        for name, also in areas.items():
            for stem in {stem for term in (*also, _EXTRA_WORDS.get(name, "")) for stem in stems(term)}:
                self._areas_by_stem.setdefault(stem, []).append(name)

    def find_by_name(self, text: str | None) -> str | None:
        """The area that a source means by this name; None when it is none of ours."""
        return self._area_by_name.get(" ".join(stems(text))) if text else None

    def classify(self, title: str, summary: str = "") -> str | None:
        """The area whose words a title uses most, the earliest of them counting more; its summary is asked when the
        title says nothing.
        """
        for text in (title, summary[:600]) if self._areas_by_stem else ():
            worth: dict[str, float] = {}
            for place, stem in enumerate(dict.fromkeys(stems(text))):
                for name in self._areas_by_stem.get(stem, ()):
                    worth[name] = worth.get(name, 0.0) + _WEIGHTS.get(name, 1.0) * (1.3 if place < 4 else 1.0)
            if worth:
                return max(worth, key=lambda name: (worth[name], name))
        return None
