"""Questions about the bot or about HaloPSA as a product, by topic, recognised by their set of words in any order.

Everything is compared with a question's words in lower case, without punctuation ("what's" is "whats").
"""

from functools import cache
from typing import NamedTuple

MAX_RULE_WORDS = 16  # a longer text is a question of its own

# May stand in a question of any topic.
SMALL_WORDS = frozenset(
    """
    a about ago all already also am an and any anybody anyone anything are as at be been being but by can could day did
    do does else ever everybody everyone everything exactly for from get give go going got had has have he hello
    hey hi his how i
    id if ill im in into is isnt it its ive just kindly know let like ll look may me might moment month more most much
    my need no now of off ok on one or our out please pls really right s say see shall she should so some somebody
    someone something soon still sure t tell than that thats the their them then there these they this those to today
    told too u up us want was wasnt way we week well were what whats when whens where wheres which who whos why will
    with wont would year yes yet you your youre halo halopsa psa haloitsm itsm
    """.split()
)
VERSION_WORDS = frozenset(
    """
    new news latest version versions release releases released notes changes change changed features feature fixes
    fixed updates update show list everything details info contain contains include includes bring brings upgrade
    happening coming come comes out available live here hear heard found find available summary overview
    """.split()
)
_HALO = "halo halopsa psa haloitsm itsm"
_TIME = "today now currently right moment again yesterday tonight week month year minute hour"


class Rule(NamedTuple):
    """Words of a topic: of each group one has to be there, and nothing but these, `others` and the small words."""

    topic: str
    groups: tuple[frozenset[str], ...]
    allowed: frozenset[str]

    def fits(self, found: frozenset[str]) -> bool:
        """Whether a question with these words, numbers left out, is on the topic."""
        return found <= self.allowed and not any(found.isdisjoint(group) for group in self.groups)


def _rule(topic: str, *groups: str, others: str = "") -> Rule:
    sets = tuple(frozenset(group.split()) for group in groups)
    return Rule(topic, sets, SMALL_WORDS.union(others.split(), *sets))


_LICENCE = "licence licences license licenses licensing licencing subscription seat seats"
_HUMAN = "human person someone somebody support representative rep operator helpdesk vendor people staff"

RULES: tuple[Rule, ...] = (
    _rule("noise", "test tests testing tester tset mic", others="123 1234 check ignore message quick works work bot"),
    _rule(
        "prices",
        "cost costs price prices pricing priced fee fees expensive cheap cheaper discount discounts charge charges "
        "pay "
        "paying rate rates budget afford free",
        f"you your {_HALO} {_LICENCE} haloservicedesk",
        others="agent agents user users per monthly year yearly annual annually new additional extra another named "
        "take sign commit volume bulk charity nonprofit education concurrent plan plans tier tiers renewal renewals "
        "many technician technicians tech techs head cloud hosted "
        "charged model structure list increase going buy purchase more less pound pounds dollars euros uk us usd gbp",
    ),
    _rule("prices", "much", "cost costs charge pay is", _LICENCE + f" {_HALO}", others=
    "agent agents user users per extra "
          "additional another new named concurrent"),
    _rule("prices", "buy purchase order renew", _LICENCE + f" {_HALO}", others=
    "agent agents extra additional another new"),
    _rule("prices", "much price pricing", "agent agents user users technician technicians tech techs seat seats",
    "per more "
          "extra additional another one", others="for new named concurrent month"),
    _rule("prices", "trial demo quote sales", f"{_HALO} you licence", others="free book request get available there"),
    _rule("prices", "contract renewal invoice bill subscription", _HALO, "our my with from", others="end ends expire "
          "expires due cancel renew renews when date account pay"),
    _rule(
        "outage",
        "down outage outages offline unavailable unreachable crashed crashing incident incidents maintenance broken "
        "dead laggy",
        f"{_HALO} you service services server servers system site website cloud api it portal anyone everyone {_TIME}",
        others="having there been back online experiencing planned scheduled known major problem problems issue "
        "issues "
        "status page working else slow eu uk us region hosting hosted platform everything why whole again nothing",
    ),
    _rule(
        "outage",
        "working running up online loading slow slowly responding issues problems trouble status alive uptime "
        "operational laggy health",
        f"{_HALO}",
        others=f"not no isnt doesnt wont {_TIME} service services server servers system site website cloud page "
        f"having "
        "any else experiencing everyone all back so very ok fine properly check known current live statuspage where "
        "uptime availability sla dashboard",
    ),
    _rule("outage", "error errors timeout timeouts gateway frozen freezing lagging hanging stuck", _HALO,
    "today now right "
          "again everyone anyone", others="getting bad all having just"),
    _rule(
        "release",
        "next upcoming future coming forthcoming following",
        "release releases version versions patch roadmap",
        others="date dates schedule scheduled out due expected expect eta planned plan available happen happening "
        "drop "
        "land arrive ship live come comes coming features feature changes include includes contain contains "
        "bring brings "
        "content new released timeline get gets got expecting shipped "
        "number "
        "major minor stable called be days until long january february march april may june july august september "
        "october november december",
    ),
    _rule("installed", "version release build", "we i us our my", "on have running run using use got",
          others="current currently installed right instance exactly production live still number know find check see"),
    _rule("installed", "version release build", "our my", others="check find see tell currently current instance where "
          "which number exactly number installed production"),
    _rule("release", "next", "update upgrade build", f"when {_HALO} out due date", others=
    "due expected scheduled planned "
          "released available come coming"),
    _rule("release", "roadmap roadmaps", others="have show whats current public product future planned share see "
    "link "
          "features plans"),
    _rule("release", "release releases released releasing", "schedule date dates cadence cycle timeline often "
          "frequently frequency next", others="new version versions update updates many per come schedules"),
    _rule("release", "often frequently", "update updates updated release releases version versions upgrade upgraded",
          others="new come comes released"),
    _rule("release", "coming planned plans", "soon next future", others=
    "features feature changes new whats things up "
          "release version"),
    _rule(
        "release",
        "theversion",
        "out released available live coming come due land landed arrive arrived ship shipped drop dropped ga "
        "announced "
        "exist exists published ready launched launch",
        others="been version release officially generally already date when production cloud new yet",
    ),
    _rule("release", "theversion", "when", "release", others="date version be will"),
    _rule(
        "sources",
        "you your youre data information info knowledge catalogue database answers bot halobot",
        "current date updated update updates uptodate fresh old recent source sources stale refreshed refresh synced "
        "learn cutoff outdated feed feeds trained training",
        others="last up to often how where from come comes latest long when refreshed time newest get these time "
        "since "
        "read checked use used your based reliable",
    ),
    _rule("sources", "where", "information info data answers knowledge this", "from", others="come comes you get"),
    _rule("sources", "check checking read look refresh poll sync scan", "often when", others="new news sources changes "
          "release releases notes updates last next"),
    _rule("sources", "updated refreshed", "last when", "this it you bot", others="was were"),
    _rule("sources", "sources source", "read checked refreshed updated current last", others="were when time"),
    _rule(
        "who",
        "you your youre halobot bot",
        "ai human robot person chatgpt gpt gpt4 llm claude copilot machine automated openai anthropic model sentient "
        "alive name named called made built created wrote developed maintains maintain owns owner author programmed "
        "designed coded old live born creator maker developer intelligence chatbot powered gemini real",
        others="artificial company language open source use using used running run large learning are a bot what "
        "kind "
        "software by version actual behind talking real an named from who responsible invented",
    ),
    _rule(
        "who", "ai chatgpt gpt llm bot robot human chatbot person", "this talking speaking chatting",
        others="real to with an a am or is",
    ),
    _rule(
        "abilities",
        "you your youre bot halobot",
        "do know help answer capabilities capability capable ask able understand cover offer purpose limitations "
        "limits "
        "abilities features use useful work works function functions commands skills",
        others="questions question things topics kind kinds sort type types using purpose versions changes many "
        "exactly "
        "list other of cant not else all can best here main about me job able",
    ),
    _rule("abilities", "this bot thing", "work works do use for about", "how what whats", others=
    "supposed used bot app"),
    _rule("abilities", "i we", "ask type search use write query", "you this bot here what how", others="questions "
          "question should things bot able use"),
    _rule("abilities", "help", "me i us we", others="stuck lost confused can with someone something"),
    _rule("privacy", "you your this bot halobot who", "record recording store stored save saved logged logging "
    "privacy "
          "private safe safely remember spy spying listening watching read reading see track tracking share "
          "confidential gdpr "
          "secure",
          "i me my questions question messages message conversation conversations channel channels data chat chats "
          "asked "
          "what we us this private", others="ask typed type write asked everything do does private else answers "
          "answer "
          "these my manager boss anyone can be with is"),
    _rule("support", "account", "manager rep representative consultant", others=
    f"{_HALO} email number phone contact name give "
          "address my our who"),
    _rule("support", "contact talk speak call phone ring reach email escalate message", f"{_HUMAN}", others=
    "real live "
          f"number address customer service technical department team to {_HALO} directly actual speaking details"),
    _rule("support", "contact call phone ring reach email", _HALO, "how i we can could want number who", others=
    "support "
          "number address details directly team people line"),
    _rule("support", "support helpdesk helpline hotline", "number email address contact phone telephone hours line "
          "portal", _HALO + " your you", others="technical customer open opening desk"),
    _rule("support", "raise log open report submit file", "halo halopsa vendor you",
    "ticket case bug fault problem issue",
          others="with support new how where do to a the a"),
    _rule("support", "real actual live", "human person agent", others=
    "need please with to talk speak transfer connect"),
    _rule("support", "connect transfer put escalate", "human person agent support someone manager", others=
    "through live real"),
    _rule(
        "handling",
        "you bot halobot",
        "add invite remove turn switch disable enable mute install uninstall kick hide restart configure setup stop "
        "put "
        "added invited post posting messaging posted message",
        others="channel channels off on here workspace slack teams team another other group groups dm conversation "
        "thread "
        "server app from into this our my these me us messages unmute back how can messaging again",
    ),
    _rule("thanks", "found sorted solved figured fixed resolved worked works", "nvm nevermind never it myself", "nvm "
          "nevermind never i its all got already myself", others="mind out thanks ok problem the answer cheers"),
    _rule("wrong", "not isnt arent arent", "clever smart bright intelligent good great useful helpful much use",
    "you youre bot "
          "this", others="very are really all that most sharpest"),
    _rule(
        "wrong",
        "wrong incorrect nonsense untrue false inaccurate mistake mistaken misunderstood irrelevant unrelated "
        "unhelpful "
        "useless rubbish garbage outdated nope bad terrible lie lying lies stupid dumb",
        "that thats this it you your answer answers youre result results response reply no bot is",
        others="completely totally utterly entirely just very absolutely not was were at made a gave given here "
        "again "
        "think believe info information such isnt suggestion",
    ),
    _rule(
        "wrong",
        "not isnt wasnt didnt doesnt dont no never hasnt arent",
        "asked ask meant mean wanted want helpful help helped useful correct right true relevant answer answering "
        "answered looking searching understand understood expected need related close accurate",
        "that thats this it you your answer answers question results result i me what",
        others="my for at even what results question all searching after thing quite really question results very "
        "yes "
        "looking exactly was were",
    ),
)  # fmt: skip


def rule_topic(found: frozenset[str]) -> str:
    """The topic of the first rule that a question with these words, numbers left out, fits; empty for none."""
    allowing = -1
    for word in found:
        allowing &= _rules_by_word().get(word, 0)
        if not allowing:  # no rule knows all of the words: nearly every question ends here
            return ""
    return next((rule.topic for n, rule in enumerate(RULES) if allowing >> n & 1 and rule.fits(found)), "")


@cache
def _rules_by_word() -> dict[str, int]:
    """Of each word, the rules that allow it: bit n for the rule with the number n."""
    by_word: dict[str, int] = {}
    for n, rule in enumerate(RULES):
        for word in rule.allowed:
            by_word[word] = by_word.get(word, 0) | 1 << n
    return by_word
