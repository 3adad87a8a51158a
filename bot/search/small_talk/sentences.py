"""What people say to a bot, by topic, as patterns of whole sentences. `word_rules` has what can be worded in many ways.

Everything is compared with a question's words in lower case, without punctuation ("what's" is "whats").
"""

_FILLER_BOT = r"(?: (?:halo|halobot|bot|mate|dear|buddy|friend|there|all|everyone|team|guys|for now|now|then|again))*"
_THE_PRODUCT = (
    r"(?:our )?(?:halo|halopsa|halo psa|(?:(?:the|an?|our) )?(?:(?:new|latest|next|last|newest|halo) )*"
    r"(?:versions?|releases?|updates?|upgrades?|instance))(?: of halo)?"
)
_BY_OURSELVES = r"(?: (?:myself|ourselves|manually|on prem|on premises?|early|again|later|if it breaks))*"

# What lists and checklists call a change.
_LABEL = (
    r"(?:opt ?in|opt-in|test first|acts? by (?:itself|themselves)(?: after the upgrade)?"
    r"|off until (?:you|i|we) enable it|highlights?|cautions?|a guess)"
    r"(?: (?:here|changes?|in (?:the|a|your) (?:list|lists|checklist|answers?)))*"
)
SENTENCES: dict[str, tuple[str, ...]] = {
    "greeting": (
        rf"(?:hi|hello|hey|hiya|howdy|yo|greetings|morning|afternoon|evening|welcome|sup|oi|hola|good (?:morning|"
        rf"afternoon|evening|day)|halo|halobot|bot|hey halo){_FILLER_BOT}",
        r"how(?:s| is| are| r)(?: (?:it|things|you|u|life|everything|your|the|day|morning|week))+"
        r"(?: (?:going|doing|been|today|feeling|so far|this morning))*",
        r"(?:whats|what is) (?:up|new with you|going on|happening)(?: (?:dude|bro|mate|halo|bot))?",
        r"(?:are )?(?:you|u|anyone|anybody|is anyone|is anybody|is somebody|somebody)(?: still)? (?:there|here|"
        r"in there|in here|out there|listening|awake|alive|online|up|"
        r"around|home)",
        r"(?:nice|pleased|good|great) to (?:meet|see|e meet) you(?: too)?", r"knock knock", r"happy \w+", r"merry \w+",
        r"(?:long time no see|you ok|you alright|alright|how do you do|hows tricks|hope you(?: are|"
        r"re)? well)(?: mate)?",
        r"(?:i )?hope you(?: are|re)? (?:well|ok|good|doing well|having a good \w+)",
    ),
    "thanks": (
        r"(?:(?:many |much |ok |okay |great |no )?(?:thanks|thank you|thankyou|thx|ty|ta|cheers|appreciated|tnx|tysm|"
        r"kudos))"
        r"(?: (?:so much|very much|muchly|a lot|a million|a bunch|"
        r"again|all|everyone|halo|halobot|bot|mate|you|man|dude|"
        r"buddy|for (?:the|your|"
        r"that|this|everything|all) ?(?:help|answer|info|quick reply)?|heaps|loads|tons|thanks|anyway))*",
        r"(?:great|perfect|awesome|cool|nice|brilliant|excellent|fantastic|amazing|lovely|super|good|neat|sweet|"
        r"wonderful|superb|wicked|magic|spot on|bingo|bravo|legend|impressive|ok|okay|okey|right|fine|alright|noted|"
        r"understood|"
        r"gotcha|got it|makes sense|fair enough|exactly|correct|agreed|no worries|no problem|never ?mind|nvm|"
        r"all good|"
        r"im good|that is all|thats all|sounds good|will do|yep|yup|yeah|cool cool|great stuff|done)"
        r"(?: (?:one|work|job|bot|answer|stuff|thanks|thank you|then|mate|halo|to know|that helps?|now|cool|great|"
        r"good|ok|okay|got it|noted|understood|makes sense|will do|cheers|ta|"
        r"thats (?:it|all|great|fine)))*",
        r"(?:that|this|it|its|you|thats|youre|your|you are)"
        r"(?: (?:really|very|so|just|was|is|has|have|been|the|a|an|are|exactly|"
        r"answer|all|super|extremely))*"
        r" (?:helped|helps|worked|works|great|perfect|helpful|brilliant|awesome|amazing|useful|what i needed|best|"
        r"rock|"
        r"genius|star|legend|lifesaver|life saver|good|nice|cool|the best|correct|right|fantastic|wonderful|clever|"
        r"smart|it|true|(?:all|exactly) i needed|"
        r"what i (?:need|want|wanted|meant|was (?:looking for|after)|asked(?: for)?)|"
        r"impressive|funny|sweet|cute)(?: (?:thanks|thank you|me|a lot|bot|a lot|now|one|to know))*",
        r"(?:i )?(?:really )?(?:love|like|appreciate) (?:you|it|this|that|this bot|your help|the help|"
        r"u)(?: (?:so much|bot|a lot))?",
        r"(?:good|great|nice|clever|smart|best) (?:bot|job|work|answer|one|stuff|boy|girl)(?: ever)?",
        r"well done(?: \w+)?",
    ),
    "bye": (
        rf"(?:bye|goodbye|good bye|bye bye|cya|see (?:you|ya|u)|later|laters|farewell|ciao|so long|take care|"
        rf"good ?night|"
        rf"night|cheerio|ttyl|ttfn|until (?:next time|tomorrow)|have a (?:good|nice|great) \w+|enjoy your \w+|"
        rf"see (?:you|ya) (?:later|soon|around|tomorrow|next \w+))(?: (?:later|soon|tomorrow|now|all|"
        rf"next week))*{_FILLER_BOT}",
        r"(?:i (?:am|m|have to|need to|gotta|must)|im|ill|time to) (?:off|done|go|leave|leaving|finished|going home|"
        r"going)"
        r"(?: now| then| home)?",
        r"(?:stop|quit|exit|logout|log out|go away|leave me alone|shut ?up|be quiet|abort|enough|stop it|please stop|"
        r"get lost)",
    ),
    "who": (
        r"(?=.*\b(?:official(?:ly)?|endorsed|affiliated|authori[sz]ed|unofficial)\b)(?:is|are) (?:this|that|it|you|"
        r"halobot)(?: (?:info|information|bot|app|tool|official(?:ly)?|unofficial|endorsed|affiliated|authori[sz]ed|"
        r"supported|an?|the|really|from|by|with|or|not|halo|halopsa|source|channel)){1,8}",
        r"who (?:made|makes|built|wrote|runs|owns|created|maintains|develops|developed|is behind) "
        r"(?:this|you|it|halobot)(?: (?:bot|app|tool|thing))?",
        r"(?:whats|what is|who is|who are) (?:by )?the run book(?: (?:show|podcast|episodes?|series|videos?))?",
        r"(?:who|what)(?: the \w+)?(?: are|re| r)? (?:you|u|this|halobot)(?: \w+)?",
        r"who(?:s| is) (?:this|there|halobot)",
        r"(?:whats|what is|tell me|may i know) your (?:name|story|background|version|model|age|gender|job)",
        r"(?:please )?(?:introduce yourself|tell me (?:more )?about (?:you|yourself)|describe yourself|about you|"
        r"about yourself)",
        r"(?:are|r) (?:you|u)(?: (?:really|actually|just|an?|the|some|kind|of|like|sort))*"
        r"(?: (?:real|human|ai|a i|bot|robot|person|machine|alive|sentient|chatbot|chatgpt|chat gpt|gpt|llm|claude|"
        r"copilot|"
        r"siri|alexa|gemini|open source|official|skynet|from halo|by halo|made by halo|the halo team|halo|"
        r"halo support|free|"
        r"smart|intelligent|conscious|single|married|happy|male|female|a man|a woman|boy|girl|ok|stupid|program|"
        r"script))+"
        r"(?: or (?:an?)? ?(?:\w+))?",
        r"(?:am i|is this|are we)(?: (?:talking|speaking|chatting) (?:to|with))?(?: (?:a|an|the|real|official|"
        r"actual))* "
        r"(?:bot|robot|human|ai|person|machine|chatbot|chatgpt|llm|human being)(?: or (?:an? )?\w+)?",
        r"how (?:do|does|did) (?:you|this bot|halobot|this|it) (?:work|know|find|learn|think)(?: (?:this|that|things|"
        r"it|answers|"
        r"all this|the answers?|so much|internally|actually))*",
        r"(?:do|can|have|did) (?:you|u) (?:have )?(?:sleep|dream|eat|feel|feelings|think|learn|friends|emotions|"
        r"a name|a soul|"
        r"consciousness|hallucinate|lie|make things up|make stuff up|ever sleep|opinions|family|parents|"
        r"a body)(?: things)?",
        r"(?:which|what)(?: (?:ai|language|llm|large))* (?:model|engine|technology|tech|stack|llm|ai|"
        r"language)(?: (?:are|do|is|does"
        r"|you|u|this|behind|powering|use|using|run|runs|on|based|bot|running|written|in|powers))+",
    ),
    "abilities": (
        r"(?:help|halp|pls help|please help|sos|i need help|help me(?: out)?|need (?:some )?help|can (?:you|u|"
        r"someone) help"
        r"(?: me| us)?(?: out)?(?: with (?:something|halo|this|my halo))?|assist(?: me)?|i need assistance|"
        r"i have a question|i have (?:a|some) questions?(?: for you| about halo)?|can i ask (?:you )?(?:a|something|"
        r"a question)"
        r"(?: question)?|question|quick question|got a (?:sec|second|minute|question|moment))",
        r"what (?:is|does|are) (?:this|the|halo|halobot)(?: bot| app| thing| channel)?(?: (?:do|for|about|good for|"
        r"useful for))*",
        r"how (?:do|can|should|would) (?:i|we|you)(?: \w+)? (?:use|ask|talk to|work with|query|search)(?: (?:you|"
        r"this|this bot|"
        r"the bot|halobot|questions?|something|a question|properly|best))*",
        r"(?:what|which)(?: \w+){0,2} (?:can|should|could|may) (?:i|we|you|u)(?: \w+)?(?: (?:ask|do|say|type|try|"
        r"answer|search|"
        r"find|look up|help))+(?: (?:you|here|me|us|with|for|about|in|this|bot|else|best|exactly|today|next|in here|"
        r"for me))*",
        r"(?:what|which) (?:versions?|releases?)(?: of halo)? (?:do|are|can) (?:you|u)(?: \w+){1,3}",
        r"how many (?:changes|versions|releases|entries|features|things|updates)(?: (?:do|are|have|does|you|u|know|"
        r"there|in|about|"
        r"your|the|catalogue|database|got|this|bot|total|have|of|in total|altogether|overall|index))*",
        r"(?:how do i (?:start|begin|get started)|examples?|show me (?:some |an )?examples?|what now|what next|intro)",
    ),
    "labels": (
        # "What are the highlights" and "what acts by itself" ask for those changes.
        rf"(?:(?:whats|what (?:is|are|do you mean by))(?: an?)?|explain(?: the)?|(?:whats the |what is the )?meaning of"
        rf"(?: the)?) {_LABEL}",
        rf"what (?:does|do)(?: the| an?)? {_LABEL} (?:means?|stands? for)",
    ),
    "release": (
        r"(?:is|are) there (?:an?|any) (?:new|newer|newest) (?:halo |halopsa )?(?:versions?|releases?|updates?)"
        r"(?: (?:out|yet|available|coming|soon|due|this|month|week|now|today|of halo|year))*",
    ),
    "updating": (
        rf"(?:how (?:do|can|would|should|to)(?: (?:i|we|you|one))?|where (?:do|can) (?:i|we)) "
        rf"(?:upgrade|update|install|patch|get|download)(?: to)? {_THE_PRODUCT}{_BY_OURSELVES}",
        rf"(?:(?:can|could|should|may|how (?:do|can|to|would)|is it possible to|are we able to|what happens if)"
        rf"(?: (?:i|we|you|one))?) (?:downgrade|roll ?back|revert|go back|undo|skip|defer|delay|postpone|opt out)"
        rf"(?: (?:from|to|of|on))* (?:{_THE_PRODUCT}|theversion){_BY_OURSELVES}",
        rf"(?:can|could) (?:{_THE_PRODUCT}|theversion) be "
        r"(?:downgraded|rolled back|reverted|undone|skipped|deferred|delayed|postponed)",
    ),
    "wrong": (
        r"(?:are you|how) (?:stupid|dumb|broken|drunk|blind|deaf|thick|useless|crazy|high|mad|smart are you"
        r"|clever are you)",
        r"(?:whats|what is) (?:wrong with|the matter with|up with) (?:you|this bot|halobot)", r"(?:forget it"
        r"|leave it|drop it)",
        r"(?:no|nope|nah|wrong|incorrect|false|not true|bad bot|bad answer|wrong answer|try (?:again|harder)|again|"
        r"do better|"
        r"no good|not (?:it|that|this|helpful|right|correct|useful|good|even close|really|quite|what i (?:asked|"
        r"meant|wanted|"
        r"was looking for|need|needed|mean|was after|searched|expected)(?: for| about)?))(?: (?:no|bot|at all|"
        r"try again|sorry))*",
        r"(?:no )?(?:thats|that is|that was|this is|its|it is|you are|youre|your answer is|the answer is|"
        r"u r)(?: (?:completely|"
        r"totally|just|absolutely|so|not|very|the|a|an|all|plain|still|also|clearly|complete|total|again))* (?:wrong|"
        r"incorrect|it|right|"
        r"correct|true|helpful|nonsense|rubbish|what i (?:asked|meant|wanted|need|needed|was looking for|"
        r"am looking for|was after|"
        r"mean|searched|said|typed)(?: for| about)?|my question|an answer|useless|garbage|old|outdated|false|"
        r"irrelevant|mistaken|"
        r"bad|unhelpful|crap|good|useful|answer|thing|not it|a lie|lying|wrong answer|mistake|relevant|related|close)",
        r"(?:you|u)(?: have| just)? (?:misunderstood|got (?:that|it|me) wrong|didnt (?:answer|understand|get)|"
        r"dont (?:understand|"
        r"get it|know)|made (?:that|this|it) up|are lying|missed the point|havent answered|know nothing|"
        r"failed)(?: \w+){0,3}",
        r"(?:i )?(?:asked|meant|said|wanted) something (?:else|different|completely different)(?: entirely)?",
        r"(?:this|that|it|your answer) (?:doesnt|didnt|does not|did not|isnt|wasnt|is not|was not|has nothing|makes|"
        r"make)"
        r"(?: (?:really|even|to do|any|no|at all|actually|help|answer|with|make))* (?:help|answer|sense|helpful|"
        r"my question|me|right|"
        r"correct|it|true|useful|relevant|what i asked)(?: (?:at all|for|me|the question|my question))*",
        r"are you (?:sure|certain|serious|kidding|joking|kidding me|positive|100 sure)(?: (?:about (?:that|this|it)|"
        r"of that))?",
        r"(?:really|seriously|is that (?:right|true|correct|so)|says who|prove it|i (?:dont|do not) (?:believe|"
        r"trust) (?:you|that|"
        r"this|it)|i doubt it|no way|liar|you lie|can i trust (?:you|this|that|your answers?)|how (?:sure|reliable|"
        r"accurate|certain)"
        r" (?:are|is) (?:you|this|that|your answers?))",
        r"i (?:disagree|doubt that|dont think (?:so|thats right|that is right))",
    ),
    "unclear": (
        r"(?:why|what|how|who|when|where|which|huh|eh|pardon|sorry|yes|yes please|maybe|sure|go on|go|please|so|and|"
        r"well|"
        r"why not|how come|what else|how so|what about it|tell me|continue|hello what|say what|come again|excuse me|"
        r"idk|"
        r"dunno|i dont know|not sure|no idea|whatever|anything|something|surprise me|both|none|neither|n a|this|that|"
        r"it|"
        r"for what|by who|since when|says what|what is it|whats that|what is that|what for|ditto|same|nothing)",
        r"(?:i )?(?:dont|do not|didnt) (?:understand|get it|follow|get that|see it)(?: (?:that|this|you|it|"
        r"your answer))*",
        r"what do you mean(?: by (?:that|this|it))?",
        r"(?:can you |please |could you )*(?:repeat|rephrase|say|explain|clarify)(?: (?:that|it|this|yourself|again|"
        r"please|better|"
        r"what you said))+",
        r"(?:tell|ask) me (?:anything|something|everything)(?: (?:you know|interesting|fun|cool|about halo|new))?",
        r"(?:im|i am) (?:confused|lost|stuck|bored|tired|hungry|happy|sad|new here|new|here|back|busy|testing)",
    ),
    "noise": (
        r"(?:l+o+l+|lo+l|lmao|lmfao|rofl|(?:ha){2,20}h?|(?:he){2,20}|(?:hi){2,10}|xd|heh|h+m+|hm+|uh+|um+|er+m*|meh|"
        r"wow+|oh+|ah+|aha|oops|"
        r"yay|woo+|yolo|bru+h|omg|o?kk+|k|ugh+|argh+|grr+|pfft?|psst|boo|woohoo|whoops|yikes|ouch|duh|zzz+|brb|afk|"
        r"fyi|tbh|smh|"
        r"nm|np|ikr|imho|btw|gg|lgtm|joke|just kidding|jk|kidding|banana|potato|magic|ping|pong|beep|boop|"
        r"abracadabra)"
        r"(?: (?:lol|haha|that was funny|thats funny|funny|ok|so funny|that is funny|nice|good one))*",
        r"(?:asd\w*|qwe\w*|zxc\w*|hjkl\w*|sdf\w*|dfg\w*|fgh\w*|jkl\w*|abc(?:d\w*)?|aaa\w*|xxx*\w?|blah|bla|foo|bar|"
        r"baz|dummy|lorem|"
        r"ipsum|foobar|xyz|null|undefined|nan|true|\w)(?: (?:asd\w*|sdf\w*|jkl\w*|hjkl\w*|qwe\w*|blah|bla|foo|bar|"
        r"baz|ipsum|dolor|sit|amet|"
        r"consectetur|adipiscing|elit|123|def|ghi|xyz|\w)){0,12}",
        r"(?P<same>[a-z]{3,4})(?: (?P=same)){1,30}", r"\d{1,2}(?: \d{1,2}){0,8}",
        r"(?P<letter>[a-np-z])(?P=letter){2,60}",
        r"(?:the )?(?:quick )?brown fox.{0,80}", r"(?:wrong|oops wrong|sorry wrong) (?:channel|window|chat|thread|"
        r"person)",
    ),
    "swearing": (
        r"(?:you|u|this|this bot|this thing|halobot|it|youre|the bot|you are|this is|bot|halo)(?: (?:is|are|a|an|so|"
        r"such|really|"
        r"absolutely|completely|totally|just|fucking|pretty|very|bit|of|utterly|total|complete|"
        r"absolute))* (?:useless|stupid|dumb|"
        r"idiot|idiotic|rubbish|terrible|awful|crap|shit|moron|garbage|trash|pathetic|worthless|hopeless|annoying|"
        r"sucks?|joke|"
        r"waste|ridiculous|waste of time|shite|dumbass|moronic|nuts|mad|dick|twat|prick|cunt|hate)(?: (?:bot|thing|"
        r"of|time|lol|a lot))*",
        r"i hate (?:you|this|it|this bot|halo|halobot|halopsa)(?: (?:bot|so much|thing))?",
        r"(?:stupid|dumb|useless|idiot|crap|rubbish|worst|moron|shite|cunt|twat|prick|screw you|piss off|"
        r"kill yourself|"
        r"go to hell|sod off|bugger off|bugger|get stuffed|bitch|son of a bitch|dick|loser)(?: (?:bot|thing|answer|"
        r"machine|ever|you))*",
    ),
    "support": (
        r"(?:human|person|live agent|real person|real human|halo support|speak to a manager|i want to complain|"
        r"make a complaint|"
        r"call me|call me back|phone me)(?: please| now)?",
        r"(?:i|we)(?: (?:cant|cannot|can not|am unable to|are unable to|am not able to))(?: \w+)? (?:log ?in|sign in|"
        r"access|get in|"
        r"get into|login|log on|connect|log in)(?: (?:to|into|in))?(?: (?:halo|halopsa|my account|my halo|our halo|"
        r"the system|it))*(?: \w+)?",
        r"(?:i )?forgot(?:ten)? my (?:halo )?password(?: (?:to|for) halo)?",
        r"(?:report|found|i found)(?: (?:a|the|i|an))? bug(?: in (?:halo|halopsa|the bot|you))?",
        r"(?:whats|what is) (?:the |your )?(?:halo |halopsa )?(?:support |phone |contact )+(?:number|email|address|"
        r"line|details|hours?)(?: (?:of|for) halo)?",
        r"(?:who|whom)(?: (?:do|should|can|could|would|to))*(?: (?:i|we))? (?:contact|call|ask|speak to|talk to|"
        r"email|ring|complain to)"
        r"(?: (?:at halo|about (?:this|that|halo|bugs)|for (?:help|support)|if .{1,40}|to|in case .{1,40}))*",
        r"(?:how|where) (?:do|can|should|would) (?:i|we) (?:report|raise|log|open|submit|file|request|"
        r"suggest)(?: (?:a|an|the|new))*"
        r" (?:bug|bugs|feature|feature request|feature requests|idea|support ticket|support case|"
        r"enhancement)(?: (?:with|to|for|in) "
        r"(?:halo|halopsa|you|the vendor|halo support))?",
    ),
    "language": (
        r"(?:(?:do|can|could) (?:you|u)|please)?(?: please)? ?(?:speak|understand|talk|answer|reply|respond|write|"
        r"switch to|translate"
        r"(?: (?:this|that|it))?)(?: (?:in|to|into|me in))*"
        r" (?:german|deutsch|dutch|french|spanish|polish|english|italian|portuguese|other languages|another language|"
        r"swedish|"
        r"danish|norwegian|chinese|japanese|arabic|welsh|nederlands|francais|espanol|klingon|latin)(?: please| too|"
        r" as well)?",
        r"(?:which|what|how many) languages?(?: (?:do|can|are|you|u|speak|understand|know|supported|is|this|answer|"
        r"in|support))+",
        r"(?:sprechen sie|sprichst du|parlez vous|hablas|habla|czy mowisz|spreek je|spreekt u|parli|"
        r"fala) \w+(?: \w+){0,2}",
        r"(?:hola|bonjour|salut|guten tag|guten morgen|moin|servus|gruss gott|hallo|danke|danke schon|merci|"
        r"merci beaucoup|gracias|"
        r"muchas gracias|dziekuje|czesc|dzien dobry|ciao|buongiorno|obrigado|ola|goedemorgen|goedendag|dank je|"
        r"dankjewel|bedankt|"
        r"dank u|hej|tack|tak|tschuss|auf wiedersehen|adios|au revoir|do widzenia|buenos dias|namaste|konnichiwa|"
        r"ni hao|salam|"
        r"shalom|aloha|bitte|hilfe|aide|ayuda|pomoc|bonsoir|bonjour tout le monde)(?: \w+)?",
    ),
    "privacy": (
        r"(?:is|are) (?:this|it|these|my|the|our)(?: (?:bot|conversation|chat|channel|questions?|answers?|"
        r"messages?))* (?:private|"
        r"public|confidential|secure|safe(?! to \w+ (?:to|from|halo)\b)|"
        r"logged|recorded|stored|visible|monitored|saved|anonymous|"
        r"gdpr compliant)(?: .{1,30})?",
        r"(?:who|can (?:other people|others|anyone|everyone|my boss|my manager|someone|anybody))(?: else)?(?: (?:can|"
        r"will|could))? (?:see|read|"
        r"access|view)(?: (?:my|this|these|what|the|our|your))*(?: (?:questions?|answers?|messages?|conversations?|i|"
        r"we|ask|asked|type|typed|"
        r"write|chat|data|here))*",
        r"(?:please |(?:can|could|will|would) (?:you|u) ){0,3}"
        r"(?:delete|forget|remove|erase|wipe)(?: (?:my|all|our|everything|me|data|history|questions?|this|"
        r"that|conversation|about|what|i|said|"
        r"you|know|chat|of|messages?))+",
        r"(?:do|does|are|will|can) (?:you|u|it|this bot|the bot|halobot)(?: \w+)? (?:record|store|save|log|remember|"
        r"track|spy|listen|listening|"
        r"recording|watching|watch|keep|storing|logging|train|spying|sell|collect|share)(?: (?:on|to|with|my|our|me|"
        r"us|what|the|data|"
        r"questions?|messages?|everything|anything|conversations?|chats?|i|we|ask|say|type|asked|in|this|channel|of|"
        r"all|everyone|last|"
        r"information|info|them|it|history|logs?|said))*",
    ),
    "offtopic": (
        r"(?:can you |please |could you )*(?:tell|make|give|know)(?: (?:me|us|you|any|"
        r"some))* (?:a )?(?:another )?(?:good |funny |bad |dad )*"
        r"(?:jokes?|story|riddle|fun fact|poem|song|laugh|horoscope|recipe)(?: .{1,40})?",
        r"(?:can you |please |could you )*(?:write|compose|sing|draw|paint|generate|play)(?: (?:me|us))? (?:a|an|"
        r"some|my)(?: \w+)? (?:poem|song|"
        r"story|essay|joke|haiku|picture|image|game|music|code|script|letter|cv|resume|blog post|limerick|rap|"
        r"novel)(?: .{1,60})?",
        r"(?:whats|what is|hows|how is|what will)(?: the)? weather.{0,40}",
        r"(?:will it|is it going to|is it) (?:rain|raining|snow|sunny|cold|hot)(?: .{1,30})?",
        r"(?:what|whats|what is|which|tell me)(?: (?:the|is|current|todays|time|day|date|year|of|the|month|"
        r"it))* (?:time|date|day|year|month|it)"
        r"(?: (?:is|it|today|now|tomorrow|right now|in \w+|of the week))*",
        r"(?:whats|what is) \d+(?: (?:x|plus|times|minus|and|by|divided))* \d+", r"(?:calculate|compute) \d.{0,40}",
        r"(?:what is|whats) the (?:meaning of life|answer to life.{0,40}|capital of .{1,30}|population of .{1,30}|"
        r"square root of .{1,20}|"
        r"time difference.{0,30}|exchange rate.{0,30}|airspeed.{0,40})",
        r"who (?:won|wins|is winning|will win) .{1,40}", r"who is (?:the )?(?:president|prime minister|king|queen|"
        r"pope)(?: .{1,40})?",
        r"(?:roll|flip|toss) (?:a|the) (?:dice|die|coin)", r"(?:do|will|would) you (?:love|like|marry|date|know) me",
        r"(?:marry|kiss|love|hug) me",
        r"(?:ignore|disregard|forget)(?: (?:all|any|your|the|previous|prior|above))* (?:instructions?|prompts?|"
        r"rules)(?: .{1,200})?",
        r"(?:whats|what is|show|reveal|print|tell me|repeat|give me)(?: (?:me|us))? your (?:system |initial |"
        r"hidden )?(?:prompts?|instructions|rules)(?: .{1,40})?",
        r"(?:pretend|behave|roleplay|act|talk|speak)(?: (?:as if|as though|like|to be|you are|youre|"
        r"as a pirate))+(?: .{1,100})?", r"you are now .{1,100}",
        r"(?:best|good|nearest|favou?rite) (?:restaurant|pizza|lunch|coffee|pub|bar|film|movie|song|colou?r|"
        r"food)s?(?: .{1,40})?",
        r"(?:whats|what is) (?:for (?:lunch|dinner|tea)|your favou?rite .{1,30})",
        r"order (?:me )?(?:a )?(?:pizza|coffee|lunch|beer)(?: .{1,20})?",
        r"(?:google|search the (?:web|internet)|browse|look up) .{0,40}(?:online|internet|web|google|wikipedia)",
        r"(?:sing|dance|play music|tell me the news|make me (?:a )?(?:coffee|tea|sandwich)|"
        r"open the pod bay doors.{0,20}|hello world|"
        r"print hello world|42|do a barrel roll|make me laugh|entertain me|im bored)",
        r"(?:what do you think (?:about|of)|whats your opinion (?:on|of)|do you like)(?: .{1,40})?",
    ),
    "action": (
        r"(?:can you|could you|please|would you|will you|i want you to|i need you to)(?: (?:please|just|kindly|"
        r"go and))* (?:create|open|log|raise|close|"
        r"update|assign|delete|reset|restart|reboot|unlock|resolve|reopen|cancel|escalate|approve|send|book|schedule|"
        r"install|disable|enable|"
        r"add|change|fix|set up|configure|upgrade|do|run|generate|check|order|onboard|merge|look at|reassign|move|"
        r"draft|write|reply to|email|call)"
        r"(?: \w+){0,6}? (?:for me|for us|my \w+(?: \w+)?|this (?:ticket|issue|problem|case)|ticket \d+|"
        r"tickets? number \d+|our halo"
        r"|our instance|my instance|in our (?:halo|instance|system)|on my (?:behalf|account|pc|computer|machine|"
        r"laptop))(?: .{1,40})?",
        r"(?:close|open|reopen|assign|delete|resolve|update|escalate|show|find|get|look up|where is|"
        r"whats the status of|status of|"
        r"what is the status of)(?: (?:me|up|to|my|the|a))* ticket (?:number |no |id )?\d+(?: .{1,40})?",
        r"(?:my|the) (?:computer|pc|laptop|printer|mouse|keyboard|internet|wifi|screen|monitor|phone|outlook|mailbox|"
        r"vpn) "
        r"(?:is|isnt|wont|doesnt|does not|has|keeps|cant|cannot)(?: \w+){0,6}",
        r"(?:show|list|what are|how many|where are|give)(?: (?:me|us))? (?:my|our)(?: (?:open|overdue|new|assigned|"
        r"closed|unassigned|todays))* tickets?"
        r"(?: .{1,40})?", r"(?:reset|change|i forgot) my password(?: please)?",
        r"(?:remind|wake|email|call) me (?:to|at|in|when|about) .{1,60}",
    ),
    "handling": (
        r"(?:please |can you )?stop (?:pinging|messaging|notifying|spamming|bothering|tagging|dming|emailing"
        r"|posting|talking|"
        r"replying|answering)(?: .{1,30})?", r"(?:mute|unmute|silence|restart|reboot|uninstall|disable) (?:you"
        r"|yourself|this bot|the bot|halobot)",
    ),
    "company": (
        r"(?:what|who)(?:s| is| are)(?: (?:a|an|the))? (?:halo|halopsa|halo psa|haloitsm|halo itsm|"
        r"halo service solutions|nethelpdesk|"
        r"by the runbook|by the run book|rising tide|rising tide group|risingtide)(?: (?:exactly|anyway|used for|for|"
        r"about))*",
        r"who (?:owns|made|makes|founded|runs|is behind|develops|built|created|is the (?:ceo|cto|owner|"
        r"founder) of)(?: \w+)? (?:halo|halopsa|halo psa|"
        r"the company)(?: .{1,20})?",
        r"(?:where|when)(?: (?:is|was|are|were))+ (?:halo|halopsa|halo psa|the company)(?: \w+)? (?:based|located|"
        r"founded|from|hosted|headquarters?)(?: .{1,20})?",
        r"(?:is|why is|how good is|do you think|should we (?:use|buy|choose|get)|should i (?:use|buy)|"
        r"why (?:should we|would i) (?:use|buy))(?: \w+)? (?:halo|halopsa|halo psa)"
        r"(?: (?:any good|good|better|worse|worth it|secure|safe|reliable|hiring|going bankrupt|gdpr compliant|"
        r"iso \w+|soc 2.{0,20}|"
        r"so (?:slow|bad|expensive|complicated|good|popular)|for us))*(?: than .{1,30}| or .{1,30}|"
        r" instead of .{1,30})?",
        r"(?:halo|halopsa|halo psa) (?:vs|versus|or|compared to|compared with|alternatives?|competitors?|reviews?|"
        r"careers|jobs|stock price|share price|ceo|"
        r"training|certification|academy|partners?|consultants?|careers?)(?: .{1,30})?",
        r"(?:compare )?(?:halo|halopsa)? ?(?:with|against|to|vs|versus) (?:connectwise|autotask|kaseya|servicenow|"
        r"zendesk|freshservice|atera|syncro|jira|superops)",
        r"compare (?:halo|halopsa|halo psa) (?:with|and|to|against) .{1,30}",
        r"(?:which|what)(?: psa| tool| software)* is (?:better|best|cheaper)(?: .{1,40})?",
        r"(?:is there|do you have|are there|where (?:is|can i (?:find|get)))(?: (?:any|a|the))? "
        r"(?:halo |halopsa )?(?:training|certifications?|courses?|webinars?|academy|documentation|docs|community|"
        r"forum|user group|knowledge base)"
        r"(?: (?:for|on|about|of|in) (?:halo|halopsa|halo psa|new starters|it))?",
        r"(?:how (?:do|can) (?:i|we) (?:get|become|be) (?:halo )?(?:certified|trained)(?: .{1,20})?|(?:when|"
        r"where) (?:is|are)(?: the)?(?: next)? (?:halo )?(?:webinar|conference|"
        r"episode|podcast|event|halocon)s?(?: .{1,20})?)",
    ),
}  # fmt: skip
