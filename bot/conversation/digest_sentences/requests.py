"""Requests for a digest by those who do not know the word: "can I get a weekly summary mondays at 9", "post what's new
here every friday". HaloPSA sends summaries, too: a request says that it is for the one who asks or for this channel, or
names nobody, and it says how often.
"""

from bot.conversation.digest_sentences.words import MORE_WHEN, POLITE, SOME_WHEN, DigestSentence
from bot.search.marked_pattern import MarkedPattern

_OFTEN = r"(?:daily|weekly|bi-?weekly|fortnightly|monthly)"
_US = r"(?:me|us|here|everyone|the team|our team|(?:this|the|our) (?:channel|room))"
_TO_US = rf"(?:(?:(?:to|in|into|for|with) )?{_US} ?){{0,3}}"
_ASK = (
    r"(?:(?:get|have|receive|see|give|send|post|email|mail|message|dm|ping|start|set up|setup|schedule|arrange"
    r"|subscribe to|sign up (?:to|for)) )?"
)
_SUMMARY = r"(?:summar(?:y|ies)|round-?ups?|newsletters?|bulletins?|recaps?|updates?|highlights|news)"
_OF = (
    r"(?: (?:of|on|about|for|with) (?:what(?:['’]?s| is) (?:new|changed)"
    r"|(?:the )?(?:new )?(?:changes|releases?|updates?|halo)))?"
)
# "A weekly summary of tickets" is one that HaloPSA makes.
_SUBJECT = rf"(?: (?:on|about) (?P<subject>(?!{_US}\b)[\w&-]+(?:(?:, | and )[\w&-]+){{0,3}})(?: changes| updates)?)?"
_WHEN = rf"(?:{SOME_WHEN}{MORE_WHEN})"
_SUMMARIES = MarkedPattern(
    rf"{POLITE}{_ASK}{_TO_US}(?:an? |the |some |all )?(?:(?:short|quick|regular|brief) )?(?:(?P<often>{_OFTEN}) )?"
    rf"(?:halo(?:psa)? )?{_SUMMARY}{_OF}{_SUBJECT}(?: {_TO_US})? ?(?P<when>{_WHEN})?",
    "summar round newsletter bulletin recap update highlight news",
)
_WHATS_NEW = MarkedPattern(
    rf"{POLITE}(?:post|send|tell|remind|show|email|mail|message|dm|ping|let|give) {_TO_US}(?:of |about |know )?"
    rf"(?:(?P<before>{_WHEN}) )?(?:of |about )?(?:what(?:['’]?s| is| has)? (?:new|changed)|the (?:news|changes))"
    rf"(?: in halo(?:psa)?)?(?: {_TO_US})? ?(?P<when>{_WHEN})?",
    "new changed changes",
)
# "Email me every week", "email me weekly about jira".
_TO_ME = MarkedPattern(
    rf"{POLITE}(?:e-?mail|mail|message|dm|ping|text|notify|write to) (?:me|us|(?:this|our) channel)(?: here)?"
    rf"(?: (?:all )?(?:the )?(?:(?P<kind>(?!(?:{_US}|the|all)\b)[\w&-]+) )?(?:changes|updates|news))?"
    rf" (?P<when>{_WHEN}){_SUBJECT}",
    "mail message dm ping text notify write",
)
# "The news on monday", "what changed in the morning" is asked for once.
_AGAIN = MarkedPattern(
    rf"\b(?:{_OFTEN}|(?:every|each) \w+|once (?:a|per|every)|(?:twice|times) (?:a|per)|weekdays|as soon as|on arrival"
    r"|(?:mornings|afternoons|evenings)|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b",
    "daily weekly fortnightly monthly every each per weekdays once twice times soon arrival mornings afternoons"
    " evenings days",
)
MAX_LENGTH = 160  # characters


def read_request(said: str) -> DigestSentence | None:
    """A request for regular news as the verb that sets a digest up; None for any other text, and for what is asked for
    once.
    """
    if len(said) > MAX_LENGTH:
        return None
    plain = " ".join(said.split())
    if match := _SUMMARIES.fullmatch(plain):
        often, when = match["often"] or "", match["when"] or ""
        if often and when and not any(word in when.lower() for word in ("every", "each", "daily", "weekly", "monthly")):
            when = f"{often} {when}"
        return _request(match["subject"] or "", when or often)
    if match := _TO_ME.fullmatch(plain):
        return _request(match["subject"] or match["kind"] or "", match["when"])
    if match := _WHATS_NEW.fullmatch(plain):
        return _request("", match["when"] or match["before"] or "")
    return None


def _request(subject: str, when: str) -> DigestSentence | None:
    when = when.strip(" ,")
    return DigestSentence("subscribe", f"{subject} {when}".strip()) if _AGAIN.search(when) else None
