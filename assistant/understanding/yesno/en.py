"""How English clauses consent or do no harm beside consent: grammar over closed classes of words, matched at a place in a message's form.

No lists of whole answers (those are in `yesno_words.py`), and no judgement of messages. Every clause here is complete: a condition, a doubt or another value
behind it stays uncovered, and the message is then no yes.
"""

from __future__ import annotations

import re
from collections.abc import Set

from assistant.understanding.yesno.words import FILLER, NOTED, PLAIN, SOFT, Clause, bounded

_REPORTED = -1  # harmless where the clause ends with it: what somebody else said goes no further
_OWN = r"(?:(?:the|our|my|both|all|everyone in|all of) )*"
GROUP = (
    rf"(?:{_OWN}(?:(?:whole|entire|logistics|quality|technical|engineering|procurement|operations|accounts|local|regional|department|it|site|plant|"
    rf"purchasing|production|project|warehouse|maintenance|finance|sales|line|shift|end|general|senior|receiving|"
    r"factory|company) )*(?:boss|manager|management|team|purchasing|procurement|planner|planners|planning|supervisor|director|"
    r"directors|finance|"
    r"accounting|accounts|office|hq|site|warehouse|plant|factory|customer|customers|client|clients|colleague|colleagues|buyer|buyers|"
    r"engineer|engineers|"
    r"engineering|production|logistics|operations|ceo|cfo|coo|md|owner|department|crew|people|staff|board|lead|chief|foreman|contractor|"
    r"workshop|line|"
    r"project|maintenance|receiving|dock|yard|technician|technicians|installers|fitters|side|end|guys|folks|schedule|timeline|planning|plans|plan|"
    r"needs|purposes))(?: here)?"
)
US = r"(?:me|us|you and me|everyone|everybody|everyone here|all of us|both of us|the both of us|ourselves|myself|my side|our side|our end|my end)"
_HOLDERS = r"(?:my|our|the|a|full|formal|official|final|complete|written|express|explicit|unconditional|big|clear|total) "
_ASSENT = (
    r"(?:approval|consent|ok|okay|permission|confirmation|green light|go ahead|authori[sz]ation|blessing|agreement|yes|sign off|"
    r"thumbs up|nod|go|clearance)"
)
_VERY = (
    r"(?:(?:all|just|really|very|totally|completely|perfectly|absolutely|quite|so|pretty|much|exactly|indeed|definitely|entirely|fully|more than|"
    r"simply|super|certainly|truly|clearly|still|also|100 %|100|a hundred percent) )*"
)
_GOOD = (
    r"(?:fine|good|great|perfect|ok|okay|correct|right|accurate|acceptable|ideal|excellent|wonderful|lovely|brilliant|spot on|bang on|dead on|"
    r"suitable|affirmative|"
    r"agreeable|convenient|in order|alright|all right|cool|super|fantastic|awesome|gud|nice|as (?:expected|agreed|discussed|"
    r"it should be|wanted|requested|"
    r"required)|(?:exactly |just |precisely )?(?:what|how|the (?:date|day|one|change)) (?:that )?(?:i|we) (?:want|wanted|need|needed|"
    r"asked for|requested|"
    r"agreed|agreed on|discussed|had in mind|were after|was after|are after|like|were hoping for|hoped for)(?: it)?(?: to be)?|a (?:go|yes|deal|"
    r"good (?:one|date|plan|solution))|"
    r"an? (?:accurate|correct|fair|good|perfect) (?:summary|reading|description))"
)
_PERFORM = r"(?:confirm|agree|approve|accept|consent|authori[sz]e|endorse|support|okay|ok|greenlight|green light|sanction)"
_PERFORMED = r"(?:confirmed|approved|agreed|accepted|authori[sz]ed(?! to)|signed off|cleared(?! to)|okayed|greenlit|good to go)"
_FULLY = (
    r"(?:(?:hereby|do|also|fully|totally|completely|formally|officially|absolutely|both|all|certainly|definitely|gladly|happily|duly|readily|now|can|"
    r"can now|can only|wholeheartedly) )*"
)
_DID = r"(?:approved|agreed|signed off|confirmed|okayed|oked|accepted|authori[sz]ed|cleared|green ?lit)"
_TIME = r"(?: (?:by|on|for|from|at|around|until) (?:then|that day|that date|that time|this date|this day|the §|§)| then| that day)?"
_LEAD = (
    r"(?:(?:please|pls|plz|kindly|just|simply|so|then|and|yes|yeah|yep|ok|okay|sure|now|do|go ahead and|go on and|you can|you can now|"
    r"you may|you may now|"
    r"you are free to|youre free to|you are welcome to|youre welcome to|you are cleared to|youre cleared to|feel free to|lets|let us|by all means|"
    r"(?:im |i am |we are |were )?(?:happy|fine|ok|okay|glad|content) for you to|(?:id|i would|we would|wed) (?:like|love|"
    r"appreciate) (?:for )?you to|"
    r"(?:i|we) (?:want|need|authori[sz]e|permit|allow|instruct|would ask|ask|trust) you to|(?:i|we) hereby (?:authori[sz]e|instruct) you to) )"
)
_THANKED = (
    r"(?:(?:sorting|handling|arranging|organi[sz]ing|doing|helping|processing|accommodating|managing|fixing|moving|changing|"
    r"taking care of|looking after|"
    r"dealing with|working on|seeing to|assisting|making)(?: (?:me|us|it|this|that|everything|things|all this|the change|"
    r"the order))?(?: (?:out|with|up))?"
    r"(?: (?:this|that|it))?|being so \w+|(?:all )?(?:the|your|this|such) (?:(?:very|quick|fast|prompt|swift|great|excellent|kind|good|speedy|"
    r"hard|continued|wonderful|friendly) )*(?:help|service|support|assistance|work|effort|efforts|turnaround|patience|time|flexibility|"
    r"understanding|cooperation|kindness|attention|speed))(?: so (?:quickly|fast|promptly|soon|well|kindly|swiftly)| here| today)?"
)
_REPLY = r"(?:sorry|apologies|apologise) for (?:the |my |our )?(?:(?:late|slow|delayed|long) )?(?:reply|response|delay|wait|answer)"


def objects_of(nouns: Set[str]) -> str:
    """What a consenting verb may have for object: the thing at hand, or what the act itself is about."""
    own = _any(nouns)
    listed = (
        f"(?:{own}|change|changes|update|updates|amendment|amendments|modification|modifications|request|adjustment|revision|paperwork|needful|rescheduling)"
    )
    return (
        rf"(?:it all|all of it|all of this|it|this|that|them|these|those|(?:the |our |my |order |the order |our order |my order )?§|"
        rf"(?:(?:the|this|that|these|those|my|our|said|all) )+(?:(?:new|proposed|requested|suggested|above|same|whole|entire|shown|order|"
        rf"planned) )*{listed}"
        rf"(?: (?:to|of|for|on|in) (?:the |order )?§)?)"
    )


def _acting(objects: str, verbs: Set[str], nouns: Set[str]) -> str:
    """The previewed act itself by its own verbs, with what it is about."""
    own = _any(nouns)
    ordered = (
        rf"(?:{objects}|(?:the|my|our|this|that) (?:order|delivery|booking)(?: §)?|(?:the |our |my )?(?:(?:new|delivery|order|"
        rf"proposed) )*{own})"
    )
    gerund = _any({re.sub("e$", "", verb) + "ing" for verb in verbs if " " not in verb})
    return (
        rf"(?:(?:proceed with|go ahead with|go ahead and start|start|continue with) (?:the )?{gerund}(?: {ordered})?|"
        rf"{_any(verbs)} {ordered}(?: (?:to|for|on) (?:the |that )?(?:§|new date))?)"
    )


def _any(words: Set[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(sorted(words - {''}), key=len, reverse=True)) or '(?!)'})"


def _imperative(objects: str) -> str:
    """A verb that carries out what is at hand, with its object and particle."""
    doing = (
        r"(?:action|execute|process|apply|implement|submit|finali[sz]e|complete|finish|register|record|log|enter|arrange|"
        r"organi[sz]e|schedule|book|handle|carry out|wrap up|sort out|sign off on|go with|roll with|run with|proceed with|go ahead with|"
        r"continue with|"
        r"carry on with|press ahead with|push ahead with|move ahead with|move forward with|crack on with|get on with|take care of|see to|"
        r"start|begin|do)"
    )
    done = (
        r"(?:done|made|sorted|processed|completed|finali[sz]ed|finished|changed|updated|moved|rescheduled|booked|booked in|submitted|registered|"
        r"confirmed|locked in|going|moving|rolling|over with|over and done with|executed|actioned|applied|implemented|entered|arranged|scheduled)"
    )
    return (
        rf"(?:{doing} {objects}(?: (?:in|through))?|(?:lock|book|put|send|push|pass|wave|log|key|sign|phone|run|get) {objects} "
        rf"(?:in(?:to)? the system|on the system|on record|in|through)|(?:lock|book|key) in {objects}|(?:put|push|send|pass|wave) through {objects}|"
        rf"(?:get|have|see) {objects} {done}|make {objects} (?:so|happen|official|go live|live|final|real|reality)|set {objects} in (?:motion|stone)|"
        rf"(?:wrap|sort|sew|tie) {objects} (?:up|out)|carry {objects} (?:out|through)|"
        r"(?:get (?:cracking|going|on with it|rolling|moving)|press on|press ahead|push on|push ahead|forge ahead|move ahead|move forward|power on|"
        r"go forward|roll|action|execute|crack on|carry on|proceed|continue|submit|finali[sz]e|go ahead|sign off|make a start)(?= |$)"
        r")"
    )


# what depends on the act is put in for these marks
_MARK = re.compile("<[a-z]+>")
OBJECTS, _IMPERATIVE, _ACTING = "<objects>", "<imperative>", "<acting>"
_WHAT = rf"(?: (?:(?:to|with|on|of|for) )?{OBJECTS})?"
_WHOM = rf"(?: (?:by|with|for|to|on|from) {US})?"
_PARTS = r"(?:(?:the|this|that|new|delivery|order|proposed|amended|revised) )*(?:date|day|change|update|changes|summary|details|schedule|timing)"
_OTHER = r"(?:order number|order|number|address|quantity|time|item|items|price|rest|details|info|information|model)"
_SEVERAL = rf"(?:the |both |{_OTHER} and |{_OTHER} )*(?:{_PARTS}|{_OTHER})"
_THAT = (
    rf"(?:it all|it|this|that|these|those|they|everything|all of it|all of this|all|§|(?:the )?§|{_SEVERAL}|both|all of these|(?:all |all of |"
    rf"everything )?(?:the )?above)"
)
_COPULA = r"(?:is|are|looks?|sounds?|reads?|will be|would be|feels|matches)"
_TABLE: tuple[tuple[str, int], ...] = (
    (r"(?:that|it|this|that date|the date|the new date|§|the §)(?:ll| will) do(?: (?:nicely|fine|perfectly|just fine|well))?|thatll do|itll do|"
     r"thisll do", PLAIN),
    (rf"(?:{_THAT} )?(?:works|suits|fits)(?: (?:me|us|everyone))? (?:perfectly|well|nicely|fine|great|beautifully)", PLAIN),
    (
        rf"(?:everyone|everybody|we all|all of us|both of us|we both)(?: here)? (?:agrees?|approves?|accepts?|confirms?|(?:is|are) (?:happy|ok|okay|"
        rf"fine|agreed|on board|"
        rf"in agreement))(?: (?:with|to|on|about) {OBJECTS})?|(?:were|we are|all) (?:all )?agreed(?: here)?",
        PLAIN,
    ),
    (rf"(?:i|we) (?:hereby )?(?:give|grant) you (?:{_HOLDERS})*{_ASSENT} to (?:proceed|go ahead|{_ACTING})", PLAIN),
    (rf"(?:youre |you are |its |it is )?(?:good|ok|okay|fine|clear|cleared|happy) to (?:change|proceed|go|go ahead|process|submit|{_ACTING})", PLAIN),
    (r"(?:im |i am |we are |were )?(?:happy|fine|ok|okay|content|glad) for (?:it|this|that|the change) to (?:go ahead|proceed|happen|go through|"
     r"be (?:done|made|changed|"
     r"updated|processed|submitted))", PLAIN),
    (r"as (?:planned|outlined)|(?:as )?per your (?:proposal|plan|offer|suggestion|message|summary|note)", FILLER),
    (r"perfect timing|fair enough|happy days|finally|at last|(?:it |this |that )?(?:seems|sounds) (?:fine|ok|okay|good|reasonable|fair|sensible|"
     r"right)", FILLER),
    (rf"{GROUP} (?:{_DID})(?: (?:it|this|that|on it|on this|on that))? (?:this morning|today|already|yesterday|just now|earlier|this afternoon|"
     rf"last week)", FILLER),
    (rf"{_LEAD}*{_IMPERATIVE}", PLAIN),
    (rf"{_LEAD}+{_ACTING}", PLAIN),
    (_ACTING, FILLER),
    (rf"(?:i|we|both of us) {_FULLY}{_PERFORM}{_WHAT}", PLAIN),
    (rf"(?:(?:the |this |that )?{_PARTS} |it |this |that |§ |all |everything )?(?:(?:is|are) )?{_FULLY}{_PERFORMED}{_WHOM}", PLAIN),
    (rf"(?:approved|agreed|confirmed|accepted|authori[sz]ed|cleared|okayed|signed off) (?:by|with) {GROUP}", FILLER),
    (
        rf"(?:you (?:have|got)|youve got|youve|(?:i|we) (?:hereby )?(?:give|grant)(?: you)?|heres|here is|this is|consider (?:this|it)|"
        rf"(?:please )?(?:take|treat|regard|accept) (?:this|that|it) as) (?:{_HOLDERS})*{_ASSENT}",
        PLAIN,
    ),
    (rf"(?:{_HOLDERS})*{_ASSENT} (?:from|of|by) (?!(?:[a-z]+ ){{0,4}}(?:warehouse|site|plant|factory|yard|dock|workshop|line))(?:{GROUP})", FILLER),
    (rf"(?:{_THAT} {_COPULA}|its|thats|theyre|thatll be|itll be|looks?|sounds?|reads?) (?:both )?{_VERY}{_GOOD}{_WHOM}", PLAIN),
    (rf"{_VERY}(?:fine|good|great|perfect|ok|okay|ideal|acceptable|suitable|convenient) (?:by|with|for) {US}", PLAIN),
    (rf"(?:{_THAT} )?(?:{_COPULA} )?{_VERY}(?:fine|good|great|perfect|ok|okay|ideal|works?|will work|suits?|fits) (?:by |with |"
     rf"for )?{GROUP}", FILLER),
    (
        rf"(?:{_THAT} )?(?:will |would |does |totally |perfectly )*(?:works?|suits?|fits?|does the (?:job|trick)|do|checks? out|adds? up|"
        rf"match(?:es)?)"
        rf"(?: (?:for )?{US}| (?:our|the|my) (?:schedule|plans?|planning|needs|purposes?))(?: (?:well|fine|perfectly|nicely|great|very well|"
        rf"just fine))?",
        PLAIN,
    ),
    (
        r"(?:exactly |just |precisely |it matches |this matches )+what (?:i|we) (?:want|wanted|need|needed|asked for|requested|agreed|"
        r"discussed|meant)",
        PLAIN,
    ),
    (
        rf"(?:i|we)(?:ll| will| would|d| shall| can)? (?:(?:gladly|happily|be happy to|be glad to|certainly|just|all) )*(?:accept|take|"
        rf"go with|go for|"
        rf"agree to|"
        rf"go along with|be fine with|be ok with|be happy with|be good with) {OBJECTS}|(?:i|we)(?:ll| will) accept|"
        rf"(?:(?:i|we)(?: would|d)? (?:like|want|wish|love) to|(?:im |i am |we are |were )?(?:very |more than |quite )?(?:happy|glad|ready|pleased|"
        rf"willing) to) "
        rf"(?:go ahead|proceed|go through|move forward|accept|approve|agree|say yes)(?: (?:with |to )?{OBJECTS})?",
        PLAIN,
    ),
    (rf"{_THAT} (?:checks? out|adds? up|fits the bill|does the (?:job|trick)|matches|tallies)", PLAIN),
    (
        rf"(?:im|i am|we are|were|both of us are)? ?{_VERY}(?:happy|fine|ok|okay|good|content|comfortable|satisfied|pleased|cool|on board|"
        rf"in agreement|"
        rf"in favou?r)(?: (?:with|about|of|to go with|to accept|to confirm) {OBJECTS}| (?:to (?:proceed|go ahead|move forward)|for you to (?:proceed|"
        rf"go ahead)))",
        PLAIN,
    ),
    (rf"(?:im|i am|we are|were) {_VERY}(?:on board|in agreement|in favou?r|sold|all for it|up for it|game)", PLAIN),
    (r"(?:im|i am|we are|were) (?:all )?(?:set|sorted)", FILLER),
    (
        r"(?:(?:i|we) (?:have|see|got)|ive|weve|theres|there are|there is)? ?(?:no|zero|absolutely no) (?:(?:further|other|more|particular) )*"
        r"(?:concerns?|objections?|reservations?|complaints?|issues?|problems?|worries|doubts)(?: (?:at all|whatsoever|here))?"
        r"(?: (?:with|about|to|on|from|regarding) (?:it|this|that|§|the change|the new date|me|us|our side|our end|my side|my end|anyone))*",
        FILLER,
    ),
    (r"nothing (?:further |more |else )?to add", FILLER),
    (
        rf"{GROUP} (?:(?:has|have|is|are|also|already|just|now|all|both|fully|s|ve) )*(?:{_DID}|on board|in agreement|happy|fine|ok|okay|in the loop|"
        rf"aware|informed|"
        rf"(?:gave|given) (?:me |us |you )?(?:the|their|his|her|a|its) {_ASSENT})"
        rf"(?: (?:it|this|that|(?:on|to|with|of|about) {OBJECTS}))?",
        FILLER,
    ),
    (
        rf"{GROUP} (?:says?|said|thinks|confirms|confirmed|tells us|told us)(?: (?:that|to|us))*(?: (?:it|this|that|its|thats))?(?: (?:is|"
        rf"looks|works))? ?"
        rf"(?:{_GOOD}|yes|so|go ahead|proceed|go for it|do it|works?)",
        _REPORTED,
    ),
    (rf"(?:as per|per|with|based on|i have|we have|ive got|weve got|having) {GROUP}s? {_ASSENT}", FILLER),
    (
        rf"(?:(?:because|since|as|cos|cause|and) )?(?:we|i|they|{GROUP}) (?:(?:really|urgently|do|will|badly|only) )*(?:needs?|wants?|requires?|"
        rf"must have) "
        rf"(?:it|this|them|that|the (?:parts|goods|pumps|order|items|delivery|shipment|material|materials|equipment))"
        rf"(?: (?:here|there|in|on site|delivered|urgently|asap|quickly))?{_TIME}",
        FILLER,
    ),
    (
        rf"(?:(?:because|since|as|cos|cause|and) )?(?:we|i|they|someone|somebody|{GROUP}) (?:will|can|is|are|shall|should) ?(?:be )?(?:all )?"
        rf"(?:ready|open|there|here|back|available|staffed|manned|waiting|in|around|on site|on shift|receive it|take delivery|unload|"
        rf"unload it|accept it)"
        rf"(?: (?:to receive|to accept|to unload|to sign for) (?:it|them|the goods))?(?: for it)?{_TIME}",
        FILLER,
    ),
    (rf"(?:thanks|thank you|thankyou|thx|cheers|many thanks|hi|hello|hey|dear)(?: (?:all|everyone|everybody|there|guys|team|both))|(?:thanks|"
     rf"thank you|thankyou|thx|cheers|many thanks)(?: (?:so much|very much|a lot|again|a million|in advance))?(?: for {_THANKED})?", FILLER),
    (r"(?:thanks|thank you|thx) for (?:letting me know|letting us know|telling (?:me|us)|the (?:info|information|update|reply|answer|"
     r"heads up))", NOTED),
    (_REPLY, FILLER),
    (
        r"(?:i|we)(?:d| would) (?:be|really|greatly|very much) ?(?:(?:be|most|very|so|really) )*(?:grateful|glad|happy|pleased|delighted|"
        r"obliged|thankful|"
        r"appreciate it) if you (?:would|could|did)(?: (?:do (?:it|so|that|this)|go ahead|proceed|process it|make the change))?",
        FILLER,
    ),
    (r"if you (?:would|please|would please|would be so kind|would be so good|dont mind|wouldnt mind)", FILLER),
    (
        r"(?:(?:i|we|i ve|we ve|ive|weve|have|all|just|already|double|carefully) )*(?:reviewed|verified|inspected|double checked|"
        r"looked over|read through|"
        r"checked|gone through|gone over|been through)(?: (?:it|this|that|everything|it all|the (?:details|summary|change|changes|preview)))?"
        r"(?: (?:twice|carefully|thoroughly|again))?",
        FILLER,
    ),
    (
        r"(?:in|into|on) (?:the|your) system|(?:on|at|from) (?:your|our|my) (?:end|side)|exactly as (?:shown|described|stated|above|you say|proposed|"
        r"discussed|agreed|listed)|(?:as|like) (?:you (?:wrote|described|listed|have it|put it|showed|have shown)|listed|shown|displayed|outlined|"
        r"previewed|summari[sz]ed|described|we (?:agreed|discussed|said)|written|set out)(?: (?:here|above|earlier))?|per (?:the )?(?:above|summary|"
        r"preview)|"
        r"just (?:as|like) (?:that|(?:we )?(?:discussed|agreed|shown|planned))|without (?:further |any )?(?:delay|hesitation|reservation|"
        r"reservations)|"
        r"with immediate effect|on (?:our|my) behalf|as (?:quickly|fast|soon|promptly) as (?:you can|possible|you like)|in full",
        FILLER,
    ),
    (
        r"(?:please |pls )?(?:have|wishing you|wish you)(?: (?:a|an))?(?: (?:very|nice|good|great|lovely|wonderful|pleasant))* (?:day|"
        r"weekend|evening|"
        r"afternoon|one|"
        r"week|night)(?: ahead)?|(?:(?:im|i am|we are|were) )?looking forward(?: to (?:it|that|this|the delivery|receiving (?:it|them|the goods)|"
        r"hearing from you|"
        r"your (?:reply|confirmation)))?|bye(?: bye)?|goodbye|see you|take care|good (?:morning|afternoon|evening|day)|all the best|"
        r"cant wait|cannot wait|"
        r"how are you|hope (?:you are|youre|this finds you|all is) well",
        FILLER,
    ),
    (
        r"(?:(?:its|it is|this is|thats|very|quite|really|rather|extremely|most) )*(?:urgent|a priority|top priority|high priority|time critical)|"
        r"(?:please |and )*(?:hurry|"
        r"hurry up(?: please)?|be quick|be fast|quickly|quick|promptly|fast|urgently|with urgency|at the earliest|without fail|the sooner the better|"
        r"speedily)|"
        r"(?:we are|were|im|i am) in a (?:hurry|rush)|time is (?:tight|short|running out)|(?:theres |there is )?no (?:rush|hurry)(?: at all)?|"
        r"take your time|"
        r"(?:when|whenever) (?:you can|you are ready|youre ready|you get a (?:chance|minute|moment)|convenient|you have (?:a )?(?:time|moment|"
        r"minute))|at your convenience",
        FILLER,
    ),
    (
        r"(?:theres |there is )?no need to (?:wait|ask|check|hesitate|worry|explain|apologi[sz]e|double check|ask|call|confirm)(?: (?:it|this|me|us|"
        r"anyone))?"
        r"(?: (?:again|any ?more|any longer|further|twice))?|(?:please )?(?:dont|do not) (?:worry|hesitate|wait|delay|be shy)(?: about (?:it|that|"
        r"anything))?"
        r"(?: any longer)?|cant complain|cannot complain|no complaints|(?:i|we) (?:dont|do not) (?:have|see|foresee) (?:any |"
        r"an )?(?:(?:further|other) )?"
        r"(?:objections?|issues?|problems?|concerns?|reservations?)(?: (?:with|to|about) (?:it|this|that|§|the change|the new date))?",
        FILLER,
    ),
    (r"(?:i have |we have )?no (?:(?:further|more|other) )?(?:questions?|comments?|remarks?)(?: (?:from|on) (?:me|us|my side|our side|our end|"
     r"my end))?", NOTED),
    (
        r"(?:my|our|the) (?:(?:final|short|simple) )?(?:answer|reply|response|decision|vote) (?:is|remains)(?: still)?|(?:i|we) (?:say|said|repeat)|"
        r"(?:to|just to) (?:confirm|be clear|be sure|repeat)|once (?:again|more)|again|(?:as|like) (?:i|we) (?:said|wrote|mentioned)(?: (?:before|"
        r"earlier|already))?|"
        r"for the record|in short|in a word|obviously|simply|a(?: (?:big|clear|firm|definite|resounding|strong|solid))+(?= yes)|a(?= yes)",
        FILLER,
    ),
    (
        r"(?:youre|you are|were|we are|its|it is|were all|you are all|youre all) (?:good|clear|cleared|set|free|fine) to (?:go|proceed|go ahead)|"
        r"(?:you|u) (?:(?:have|ve) )?(?:understood|understand|got|have|read|put) (?:me|it|that|this|everything|it all) (?:right|correctly|correct|"
        r"perfectly|exactly right|"
        r"all right|spot on)|(?:thats|that is|its|it is|consider it|consider that|all|then its)? ?(?:settled|agreed|a done deal)|that settles it|"
        r"consider it (?:done|a yes)|"
        r"(?:all )?systems (?:are )?go|(?:a|its a|thats a)?(?:(?:big|clear|firm|definite|resounding|huge|solid) )+yes(?: from (?:me|us))?|precisely|"
        r"(?:quite|very|"
        r"so|too) (?:right|so|true)|yeppers|yuppers|no doubt|without (?:a )?doubt|undoubtedly|unreservedly",
        PLAIN,
    ),
    (r"true|settled then", SOFT),
    (r"with (?:pleasure|our blessing|my blessing|our full support)|yes (?:it is|it does|they are|this is it|i am|we are|i do|we do)(?! not)", PLAIN),
    (
        r"(?:spot on|bang on|dead on|right on|heck yes|hell yeah|righto|righty ?ho|right you are|bingo|affirm|with all my heart|wholeheartedly|"
        r"(?:a |one )?(?:hundred|thousand|million|100|1000) ?(?:percent|%|times yes|times)|aok|a ok|ojbk|oj8k|yes indeed|couldnt be better|"
        r"could not be better|"
        r"say no more|fire away and do it|ten four|10 4)",
        PLAIN,
    ),
    (r"(?:oui|ja|jawohl|genau|si|da|sim|claro|vale|tak|hai hai|super|sweet|fab|fabulous|splendid|smashing|marvell?ous|sounds gud|"
     r"great news|good news|"
     r"fine then|superb|nice|nice one|good stuff|neat|grand|magic)", SOFT),
    (r"(?:um+|uh+|uhm+|erm*|eh|aw|ooh|woo|woohoo|yay|hooray|phew|sir|here|fire away)", FILLER),
)  # fmt: skip


def clauses(verbs: Set[str], nouns: Set[str]) -> tuple[Clause, ...]:
    """The clauses for an act with its English `verbs` and the `nouns` it is about."""
    objects = objects_of(nouns)
    own = {OBJECTS: objects, _IMPERATIVE: _imperative(objects), _ACTING: _acting(objects, verbs, nouns)}
    filled = ((_MARK.sub(lambda mark: own[mark.group()], pattern), state) for pattern, state in _TABLE)
    return tuple((bounded(rf"(?:{pattern})(?= |$|[^\x00-\x7f])"), max(state, FILLER), state == _REPORTED) for pattern, state in filled)
