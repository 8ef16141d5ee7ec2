"""What people say around a yes in English: reasons, thanks, apologies, praise, reproach, letters, idioms; clauses matched at a place in a message's form.

No judgement of messages. Every clause is complete and built from closed classes of words; an unknown word stands only where it can change nothing (the name
of a thing of the speaker's own that "is ready"). A condition, a doubt, a time of its own or another value stays uncovered, and the message is then no yes.
"""

from __future__ import annotations

from collections.abc import Set

from assistant.understanding.yesno.en import GROUP, OBJECTS, US, objects_of
from assistant.understanding.yesno.words import FILLER, NOTED, PLAIN, Clause, bounded

Row = tuple[str, int, bool]

_BECAUSE = r"(?:because|since|as|cos|coz|cuz|cause|bc)"
_VERY = r"(?:(?:all|just|really|very|so|quite|truly|super|most|extremely|pretty|awfully|incredibly|absolutely|simply|totally|that|always|too) )*"
_PRAISED = (
    r"(?:good|great|nice|fine|quick|fast|easy|simple|swift|prompt|smooth|painless|efficient|effortless|helpful|kind|lovely|wonderful|"
    r"brilliant|excellent|"
    r"amazing|awesome|fantastic|superb|outstanding|impressive|perfect|clear|thorough|careful|patient|professional|friendly|polite|attentive|"
    r"thoughtful|sweet|sensible|reasonable|practical|handy|convenient|useful|reassuring|thrilled|delighted|impressed|relieved|pleased|glad|happy|"
    r"excited|grateful|thankful|responsive|speedy|neat|clever|smart|cool|fabulous|marvell?ous|terrific|tremendous|splendid|stellar)"
)
# a thing of the speaker's own; a word nobody knows may stand here, never one that could carry a condition, a doubt or an answer
_NO_NOUN = (
    r"(?!(?:if|but|not|no|yes|yet|only|unless|until|till|once|when|before|after|without|except|price|prices|cost|costs|fee|fees|answer|approval|"
    r"confirmation|consent|decision|question|questions|address|quantity|order|orders|invoice|date|dates|condition|conditions|doubt|doubts|offer|"
    r"request|problem|concern|concerns|objection|mistake|error|issue|refund|discount|deadline|limit|budget|terms|maximum|minimum|other|old|next|"
    r"first|last|second|half|free|who|why|what|how|where|which|nearly|neither|almost|maybe|hardly|never|wrong|same|without|possible|"
    r"provisional|tentative|conditional|partial|that|thats|this|its|these|those|they|we|you|i|it|alternative|preference|preferred|"
    r"choice|one|is|are|was|were|will|has|have|had|be)\b)"
)
_NOUN = rf"(?:{_NO_NOUN}[a-z]{{2,14}})"
_OWN = (
    rf"(?:(?:our|my) (?:new )?{_NOUN}(?: {_NOUN})?|(?:the|this) (?:{_NOUN} )?(?:hall|building|crane|forklift|dock|site|warehouse|project|build|"
    r"crew|fitters|installers|contractor|contractors|team|line|plant|yard|floor|roof|store|storage|workshop|truck|driver|customer|"
    r"client|schedule|job)|"
    rf"{GROUP})"
)
_WHO = rf"(?:we|i|they|im|were|theyre|weve|ive|theyve|everyone|everybody|someone|somebody|{_OWN})"
_HAVE = r"(?:am|is|are|was|were|will be|shall be|have been|has been|had been|ll be|got|gets|get|ve been)"
_THEN = (
    r"(?:(?: (?:on|by|from|for|at|around))?(?: (?:then|that day|that date|that morning|this day|that time|the §|§|that week))|"
    r" (?:all )?(?:day|here|there|already|"
    r"now|right now|at the moment|currently|anyway|on site|indoors|this time))"
)
_READY = (
    rf"(?:{_VERY}(?:ready|open|here|there|back|available|free|staffed|manned|waiting|around|on site|on shift|in place|in position|"
    rf"complete|completed|finished|"
    r"done|set|prepared|booked|scheduled|installed|up and running|operational|cleared|empty|present|informed|aware|in the loop|on standby|arranged|"
    r"organi[sz]ed|good|happy|fine|ok|okay|relaxed|relieved|excited|delighted|pleased)"
    r"(?: (?:to|and able to) (?:receive|unload|accept|install|sign for|collect|take) (?:it|them|the goods|everything))?)"
)
_HINDERED = (
    r"(?:(?:not|isnt|arent|wont be|wasnt|werent|cant be|cannot be|not going to be) (?:ready|open|finished|complete|completed|free|"
    r"available|here|back|dry|"
    r"there|done|installed|set up|staffed|built|cleared)(?: (?:any )?(?:earlier|sooner|before|before then|until then|till then|yet))?|"
    rf"(?:{_HAVE} )?{_VERY}(?:closed|shut|full|busy|delayed|late|behind|behind schedule|running behind|running late|"
    rf"running out of (?:space|room)|away|out|"
    r"on (?:holiday|vacation|leave|strike|a break|a business trip)|wet|swamped|snowed under|overloaded|short staffed|understaffed|"
    r"under construction|under maintenance|"
    r"under renovation|being (?:renovated|painted|repaired|built|serviced|cleaned|moved)|stuck|held up|blocked|postponed|pushed back|"
    r"put back|set back|doing (?:the )?"
    r"(?:stocktake|inventory|stocktaking|maintenance))|(?:have|has|had) (?:no|little|not enough) (?:space|room|staff|people|capacity|one here))"
    r"(?: (?:until|till|before|up to) then| (?:the week|the days) before| at the moment| right now| now| currently| this week| these days)*"
)
_SLIPPED = (
    r"(?:(?:has |have |had |was |were |got |been |is |are )*(?:delayed|postponed|pushed back|held up|slipped|put back|running late|"
    r"behind schedule|rescheduled|"
    r"slowed down)|(?:has |have |had )?(?:slipped|moved|shifted|changed|pushed)(?: (?:back|out|the project|the build|the start|"
    r"the installation|things|"
    r"everything|it|our plans|the job|the site works?))*(?: back)?)(?: (?:a|by a|a good)(?: few| couple of| bit)?(?: days| week)?|"
    r" somewhat| slightly|"
    r" (?:on|at) (?:our|their) (?:side|end)| a bit)*"
)
_INFORM = r"(?:let|tell|inform|notify|update|advise|warn|brief|remind)"
_THEM = rf"(?:{GROUP}|everyone|everybody|them|the (?:guys|lads|boys|girls|others|rest|fitters|drivers?|installers|night shift))"
_WILL = r"(?:ill|i will|i shall|well|we will|we shall|ill then|im going to|we are going to|were going to)"
_PREPARE = (
    rf"(?:{_INFORM} {_THEM}(?: know)?|be (?:here|there|ready|waiting|around|on site|at the dock|at the gate|standing by|home|"
    rf"prepared)(?: (?:for it|then|to receive it|to unload|"
    r"to sign for it))?|be (?:waiting|ready|there|here) (?:for|with) (?:it|them|the truck|the delivery|the goods|open arms)|have (?:the|"
    r"our|a|my) (?:[a-z]+ )?(?:forklift|crane|team|crew|"
    r"dock|space|people|truck|guys|fitters|paperwork) ready|get (?:everything |things |the team |the dock |it )?ready|(?:put|mark|note|"
    r"write|enter|pop|add|jot) (?:it|this|that|down|the date|"
    r"the new date)(?: (?:down|in|on|into))*(?: (?:the|my|our) (?:calendar|diary|planner|schedule|plan|planning|board|whiteboard|system|"
    r"erp|agenda))?|"
    r"(?:mark|update|adjust|adapt|clear|arrange|prepare|organi[sz]e|plan|block) (?:my|our|the|some|for|around)? ?(?:calendar|diary|"
    r"planner|schedule|plan|"
    r"planning|agenda|board|space|room|dock|unloading|crane|forklift|storage|it|everything|that day|the day)|make (?:room|space|"
    r"sure (?:someone|somebody|we) (?:is|are) (?:there|"
    r"here))|pass it on|take it from (?:here|there)|(?:see|sort|handle|take care of) (?:to )?(?:the rest|everything else|our (?:end|side|part))"
    r"(?: (?:on|at|from) (?:our|my) (?:end|side))?|see you (?:then|on the §|on §|§|there|soon))"
)
_KINDNESS = (
    r"(?:help|service|support|assistance|work|effort|efforts|turnaround|patience|time|flexibility|understanding|cooperation|kindness|attention|speed|"
    r"summary|overview|recap|explanation|clarification|reminder|heads up|reply|response|answer|confirmation|info|information|update|"
    r"message|chat|follow up|"
    r"check|double check|care|diligence|trouble|offer to help|prompt action|quick action|details|preview|courtesy|communication|feedback|handling|"
    r"hard work|good work|great work)"
)
_THANKED = (
    r"(?:(?:bearing|being|checking|double checking|rechecking|spelling|explaining|clarifying|laying|listing|summari[sz]ing|confirming|"
    r"asking|waiting|staying|"
    r"putting up|reminding|catching|noticing|spotting|pointing|understanding|responding|replying|answering|getting back|following up|going|"
    r"walking|coming back|sticking|taking|having|showing|reading|writing|repeating|recapping|listening|stepping in|looking|making|"
    r"keeping|dealing|helping|"
    r"sorting|handling|arranging|doing|all)"
    r"(?: (?:me|us|you|it|this|that|these|everything|all|them|with|to|out|up|up on|on|into|back|again|so|very|quickly|fast|promptly|"
    r"patiently|clearly|"
    r"nicely|patient|quick|kind|helpful|clear|fast|understanding|accommodating|flexible|thorough|careful|friendly|nice|good|efficient|"
    r"swiftly|kindly|carefully|"
    r"through|down|off|around|there|here|for me|the extra mile|the time|the trouble|care|the details|easy|simple|painless|smooth|"
    r"a look|after|my|our|your|way|of|and|the|message|request|sure|before)){0,7}|"
    rf"(?:(?:your|the|this|that|such|all|all your|all the|a|so much) )*(?:(?:very|quick|fast|prompt|swift|great|excellent|kind|good|"
    rf"speedy|nice|clear|detailed|helpful|"
    rf"neat|lovely|friendly|continued|wonderful|patient|thorough|precise|short|concise|super|amazing|brilliant) )*{_KINDNESS}"
    r"(?: (?:with|to|and) (?:me|us|this|that|it|everything|help|patience|support|time|my (?:order|request)|our (?:order|request)))*"
    r"(?: (?:here|today|again|as always|so far|throughout))?)"
)
_THANKS = (
    r"(?:thanks|thank you|thank u|thankyou|thx|tks|cheers|ta|many thanks|much thanks|(?:i |we )?(?:really |very much |do |greatly |"
    r"much )*(?:appreciate(?: you)?|appreciated)|"
    r"(?:im |i am |we are |were )?(?:very |so |really )*(?:grateful|thankful)|good of you|nice of you|kind of you|sweet of you|"
    r"lovely of you|bless you)"
)
_TROUBLE = (
    r"(?:trouble|hassle|bother|inconvenience|confusion|mix up|back and forth|typo|typos|spelling|brevity|silence|wait|delay|"
    r"interruption|late reply|slow reply|"
    r"late response|slow response|late answer|misunderstanding|noise|radio silence|bad english|caps|rush|extra work|work|fuss|"
    r"to and fro|long wait|short notice)"
)
_SORRY = (
    r"(?:(?:so |very |really |terribly |im |i am |we are |were |my |our |sincere |many )*(?:sorry|apologies|apologi[sz]e|pardon|"
    r"excuse me|excuse us|forgive me|sry|soz))"
)
_AWAY = (
    r"(?:in (?:a|another|the) (?:meeting|call|training|workshop|tunnel|lift)|on (?:a|another|the) (?:call|phone|line|other line|train|"
    r"plane|road)|away|busy|out|driving|at lunch|offline|"
    r"afk|tied up|interrupted|distracted|disconnected|having lunch|travelling|traveling|held up|away from my desk|on my break|"
    r"in traffic|slow|late|eating|talking to a colleague)"
)
_TIMES = r"(?:first|second|third|fourth|fifth|tenth|nth|umpteenth|hundredth|millionth|last|final|\d+th|\d+rd|\d+nd)"
_RECORD = (
    r"(?:po|p o|purchase order|order|orders|order form|records?|notes?|files?|paperwork|list|books|calendar|diary|system|documents?|"
    r"documentation|contract|agreement|"
    r"emails?|mails?|letter|request|calculations?|plans?|planner|planning|schedule|erp|sap|spreadsheet|sheet|expectations?|"
    r"requirements?|needs|sheets|data|"
    r"requisition|paper|info|information|understanding|screen|memory|file|end|side|draft)"
)
_MATCHES = (
    r"(?:match(?:es)?|agrees with|tallies with|corresponds (?:to|with)|ties (?:in|up) with|lines up with|is in line with|"
    r"is the same as(?: (?:on|in))?|same as (?:on|in)|"
    r"is identical to|is consistent with|fits(?: with)?|squares with|is as (?:in|on|per)|exactly as (?:in|on|per)|as (?:in|on|per)|"
    r"is exactly (?:as )?(?:in|on|what is in|whats in)|mirrors)"
)
_REQUESTED = r"(?:kindly |would |hereby |now |also |respectfully )*(?:request|ask|invite|instruct|authori[sz]e|urge|beg)(?: that)? you(?: to)?"
_FORMAL = (
    rf"(?:{OBJECTS}|(?:the|our|said|this|your|of|to) (?:above|foregoing|same|proposal|arrangement|amendment|rescheduling|postponement|"
    rf"modification)(?: mentioned)?(?: (?:of|to|for) (?:order )?§)?|"
    r"(?:the |this |our )?(?:(?:new|revised|amended|updated|proposed|changed|later|agreed|said) )+(?:delivery )?(?:date|day|schedule|"
    r"arrangement|terms of delivery)"
    r"(?: (?:of|on|for|to) (?:the |order )?§)*|(?:the )?(?:above|rescheduling|change|amendment)(?: (?:of|to) (?:the |our )?(?:order|"
    r"delivery)(?: date)?(?: §)?)?(?: to §)?|order §)"
)
_PERFORM = r"(?:confirm|agree|approve|accept|consent|authori[sz]e|endorse|okay|acknowledge and (?:accept|approve|confirm))"
_CONSENT_NOUN = r"(?:acceptance|agreement|approval|consent|confirmation|authori[sz]ation|permission|assent|go ahead|sign off|blessing)"

_TABLE: tuple[Row, ...] = (
    # reasons and circumstances
    (rf"{_BECAUSE} {_WHO}(?: {_HAVE})? {_HINDERED}", NOTED, False),
    (rf"(?:{_BECAUSE} )?(?:{_WHO} {_HAVE}|im|were|theyre|weve got) {_READY}{_THEN}?", NOTED, True),
    (rf"(?:{_BECAUSE} )?(?:we|were|weve|{_OWN}) (?:{_HAVE} )?{_VERY}(?:full|busy|delayed|running behind|behind schedule|running late|"
     rf"overloaded|swamped|short staffed)"
     r"(?: right now| at the moment| currently| anyway)?", NOTED, True),
    (rf"(?:{_BECAUSE} )?(?:we|were|weve|{_OWN}|things|everything) {_SLIPPED}", NOTED, True),
    (rf"{_BECAUSE} (?:the|our) (?:[a-z]+ ){{1,2}}(?:only )?(?:comes?|arrives?|opens?|starts?|gets? here|is here) (?:only )?(?:then|(?:on|"
     rf"by) (?:that day|then|the §|§))", NOTED, False),
    (rf"(?:the|our) (?:new |other )?{_NOUN} (?:opens|starts|begins|goes live|is delivered|is installed|is due|comes|"
     rf"arrives)(?: {_NOUN})?(?: on)? (?:the )?(?:§|that day|then)"
     r"(?: so thats (?:perfect|great|ideal|fine|good))?", NOTED, True),
    (r"(?:it|that|this|which)(?: also| just| really)? (?:gives|buys|saves|leaves|wins) us (?:some |a bit of |a little |a few |a bit |"
     r"plenty of |enough |more )*(?:time|days|room|space|air|breathing space|"
     r"breathing room|hassle|trouble|headroom|leeway)", NOTED, True),
    (r"(?:it|that|this|which)(?: also| just| really)? (?:takes the (?:pressure|stress|heat) off(?: us)?|helps(?: us)?(?: a lot| out|"
     r" a great deal| out a lot)?|makes (?:life|things|it) (?:easier|"
     r"simpler)(?: for us)?|saves the day|solves (?:it|everything|our problem|the problem))", NOTED, True),
    (rf"(?:(?:it|this|that|§|the (?:new|later) date|that date|this date)(?:s| is| are| will be|ll be| works| suits us| fits)? )?(?:much|"
     rf"way|far|even|a lot|so much|actually|all the)(?: more)? "
     rf"(?:better|convenient|easier|nicer|practical|sensible|suitable|comfortable)(?: (?:for|by|with) (?:{US}|{GROUP})| than before|"
     rf" that way| this way)*", NOTED, True),
    (rf"(?:it|this|that|§|the (?:new|later) date|that date|this date) (?:is|works|suits us|fits) (?:much |way |far |even |"
     rf"a lot )*(?:better|nicer|easier)(?: (?:for|by|with) {US})?", NOTED, True),
    # what happens next
    (rf"(?:and )?{_WILL} {_PREPARE}", NOTED, True),
    (r"(?:(?:im|i am|we are|were) )?(?:marking|updating|noting|putting|adding|writing|informing|telling|entering) (?:it|this|that|my|our|"
     r"the|down|in|team|everyone|calendar|diary|planner|schedule|"
     r"plan|now|guys|warehouse|date| )*", NOTED, True),
    (r"(?:and )?(?:noted|marked|entered|saved|logged|recorded|put) (?:down )?(?:in|on) (?:our|my|the) (?:planner|calendar|diary|schedule|"
     r"books|system|board|planning|plan|agenda)", NOTED, True),
    (r"(?:(?:im|i am|we are|were|and|really|very much|all|so) )*(?:looking|look) forward (?:to )?(?:it|that|this|the delivery|"
     r"seeing (?:it|you|them|the (?:truck|goods|driver))|working with you|the (?:truck|goods|"
     r"shipment|parts|day|§)|(?:receiving|getting|having) (?:it|them|the (?:goods|delivery|parts|shipment|order))(?: (?:then|on the §))?|"
     r"§|(?:a |our )?(?:continued |further |long )*(?:cooperation|collaboration|"
     r"partnership|business))?", NOTED, True),
    (r"(?:see|catch|talk to|speak to) (?:you|ya|u)(?: (?:then|soon|there|around|on the §|on §|§|that day))?|until then|til then|"
     r"cant wait|cannot wait|fingers crossed it stays dry", NOTED, True),
    # thanks and apologies
    (rf"(?:and )?{_THANKS}(?: (?:so much|very much|a lot|again|a million|a bunch|a ton|tons|heaps|loads|ever so much|muchly|kindly|"
     rf"in advance|indeed))*(?: for {_THANKED}| to (?:check|ask|remind me|offer|help|let me know))?",
     NOTED, False),
    (rf"{_THANKS}(?: you)? (?:for )?(?:checking|asking|reminding|helping|doing this|sorting this|your help|it|that|this)", NOTED, False),
    (rf"{_SORRY}(?: (?:for|about))?(?: (?:all|any|the|my|that|this|our|being so|being|such|having been|to be|to have been|to bother|"
     rf"to trouble|to|bothering))*"
     rf"(?: (?:{_TROUBLE}|slow|late|a pain|a nuisance|difficult|short|brief|blunt|unclear|confusing|so|you|keep you waiting|"
     rf"have kept you waiting|kept you waiting|keeping you waiting))?"
     rf"(?: (?:and|or|earlier|before|today|caused|yesterday|{_TROUBLE}))*", NOTED, True),
    (rf"{_SORRY}(?: (?:i|we))?(?: (?:was|were|had been|am|just came))? (?:{_AWAY}|back|out of a meeting)(?: (?:just now|earlier|there|"
     rf"before|until now))?", NOTED, True),
    (rf"(?:i|we) (?:was|were|had been|got) {_AWAY}(?: (?:just now|earlier|there|before))?", NOTED, True),
    (r"(?:i am|im|we are|were) (?:still |now |just |right )*(?:here|back|around|online|at my desk|with you)(?: (?:now|again))?|(?:still|"
     r"right) here|back (?:now|again)", NOTED, True),
    (r"(?:mate|pal|bro|bruv|dude|dear|love|luv|hun|honey|boss|chief|captain|cap|champ|(?:my )?(?:friend|man)|lads|fam|sis|bestie|bud|"
     r"sweetie|darling|doc|chaps|amigo|yall|guv|ladies|gents|robot|bot|"
     r"assistant|support|customer (?:service|support)|(?:sales|service|support) team|sir ji|ji|sirs)", FILLER, True),
    # praise
    (rf"(?:what (?:a|an)|such (?:a|an)|its (?:a|such a)|thats (?:a|such a)) (?:{_VERY}{_PRAISED} )?(?:relief|joy|pleasure|service|team|"
     rf"help|solution|day|job|star|legend|idea|news|response|chat|experience|treat|gem|hero|surprise|breeze)",
     NOTED, True),
    (rf"(?:you|u)(?: (?:guys|people|folks|all|lot|really|truly))*(?:re| are|r| have been|ve been)? {_VERY}(?:{_PRAISED}|the (?:best|"
     rf"greatest|bomb|man)|a (?:star|legend|gem|lifesaver|life saver|hero|saint|angel|genius|treasure|"
     r"darling|diamond|champ|champion)|saved (?:my|the|our) (?:day|life|week|bacon)|rock|rule|made my day|got this|did (?:well|great|it)|"
     r"do (?:great|good) work)", NOTED, True),
    (r"youre (?:the (?:best|greatest|man)|a (?:star|legend|gem|lifesaver|life saver|hero|saint|angel|genius|treasure|darling|diamond|"
     r"champ|champion)|so kind|very kind|too kind|awesome|great|quick|fast|good)", NOTED, True),
    (rf"(?:(?:well|wow|hey|oh) )*(?:that|it|this)s? ?(?:is|was|were)? {_VERY}{_PRAISED}(?: (?:of you|to (?:hear|know|see)|news|work|stuff|"
     rf"service|job))?", NOTED, True),
    (rf"{_VERY}{_PRAISED} (?:service|job|work|stuff|team|help|support|communication|response|idea|suggestion|solution|thinking|timing|"
     rf"to (?:hear|know|see)(?: (?:it|that))?|news)(?: (?:as (?:always|usual|ever)|again|indeed|"
     r"from you|guys|here|today))*", NOTED, True),
    (rf"{_VERY}{_PRAISED}(?: (?:as (?:always|usual|ever)))?", NOTED, True),
    (r"(?:i|we)(?: (?:really|just|do|so|absolutely|truly|quite))* (?:like|love|adore)(?: (?:it|this|that|the (?:new )?(?:date|day|plan|"
     r"idea)))?(?: (?:very much|a lot|so much))?|(?:love|like) (?:it|this|that)|loving it", NOTED, True),
    (r"(?:well |oh |so )*(?:wow|hallelujah|praise (?:the lord|be)|(?:oh )?thank (?:god|goodness|heavens|the lord|the stars|you lord)|"
     r"music to my ears|at (?:long )?last|finally|hooray|hurray|hurrah|yippee|woop woop|whoop|bravo|"
     r"kudos(?: to (?:you|the team))?|well done|nice work|good job|great job|top notch|first class|champion|legend|you (?:beauty|ripper|"
     r"star|legend|little beauty)|good (?:man|lad|girl|bot|work|stuff|call|catch|thinking|idea)|"
     r"(?:a )?great (?:idea|catch|call)|what would i do without you|one less thing to worry about|cross that (?:one )?off (?:the|"
     r"my) list|happy days|no dramas|no wukkas(?: mate)?|no sweat|no biggie|no fuss|easy peasy|piece of cake|"
     r"easy|job done|good (?:to hear|to know|to see)|that (?:was|is) it|happy with (?:that|it|everything)|like clockwork|as (?:always|"
     r"usual|ever|expected|promised|hoped))", NOTED, True),
    # reproach
    (r"(?:how many (?:more )?times(?: (?:do|must|should) i (?:say|tell you|confirm|repeat) (?:it|that|this|yes))?|"
     rf"for the {_TIMES} time(?: (?:now|already|today))?|(?:i|ive|i have|we|weve|we have)(?: (?:have|ve|already|just|now|clearly|"
     rf"told))* (?:said|told you|confirmed|answered|written|replied|agreed|approved|repeated)"
     r"(?: (?:yes|so|it|this|that|already|twice|three times|several times|many times|a hundred times|before|earlier|a dozen times|"
     r"to this|now|all along|at the start|once))*|"
     r"(?:please )?(?:stop|quit|enough|no more)(?: (?:asking|with the questions|of the questions|questions|talking|chatting|"
     r"wasting (?:my|our) time|dithering|fussing))(?: (?:me|already|please))?|come on|oh come on|cmon|"
     r"(?:oh )?for (?:heavens|gods|goodness|petes|christs|crying out) ?(?:out )?(?:sake|loud)|already|(?:so|too) many (?:questions|"
     r"confirmations|clicks|steps)|"
     r"you ask (?:a lot of|so many|too many) questions|(?:took|it took) (?:you|us|a while|long)(?: (?:long enough|forever|ages|a while|"
     r"enough))?|(?:its |it is |its about |and )?about (?:bloody |damn )?time|high time|chop chop|time is money|"
     r"no time to (?:lose|waste)|we dont have all day|i dont have all day|dont make me wait|dont keep me waiting|"
     r"what are you waiting for|as i (?:already )?(?:said|told you|wrote|mentioned)(?: (?:in my (?:email|mail|message)|on the "
     r"phone|over the phone|by email|before|earlier|yesterday|already|twice))*)", NOTED, True),
    # references to what the speaker has
    (rf"(?:exactly |precisely |yes )?(?:(?:that|it|this|everything|all of (?:it|this|that)|§|the (?:new )?date|the summary|all|all this|"
     rf"the order number and the date|both)(?: all| also| both| exactly| perfectly)? )"
     rf"{_MATCHES} (?:(?:what(?:s| is| we have| i have) in|whats on|the one (?:in|on)|that (?:in|on)) )?(?:my|our|"
     rf"the) (?:{_NOUN} )?{_RECORD}(?: (?:exactly|perfectly|here|too|to the letter))?", PLAIN, True),
    (rf"(?:{_MATCHES}|agrees with|tallies with) (?:(?:whats|what is|what we have|what i have|the one) (?:in|on) )?(?:my|our|the) {_RECORD}"
, NOTED, True),
    (rf"(?:same|the same) (?:date|day|number|details|as)? ?(?:(?:that )?(?:i|we) have |as )?(?:in|on) (?:my|our|the) {_RECORD}", NOTED, True),
    (r"(?:thats|that is|this is|its|exactly|just|precisely) (?:exactly |just |precisely )*(?:what|how|the (?:date|"
     r"day) (?:that )?) ?(?:we|i)(?:ve| have| had| all)? (?:settled on|agreed(?: on| upon| to)?|discussed|arranged|decided(?: on)?|fixed|"
     r"planned|"
     r"talked about|spoke about|set|pictured|imagined|expected|hoped for|was hoping for|had in mind|would like|like|was looking for|"
     r"were looking for|said|told (?:you|your colleague|him|her|them)|was told|ordered)(?: (?:over|on|by|via) (?:the )?"
     r"(?:phone|email|mail|telephone)| with your colleague| earlier| before| yesterday| last week)*", PLAIN, True),
    (rf"(?:i |we )?(?:have |ve |ive |weve )?(?:checked|compared|verified|reviewed|crosschecked|cross checked)(?: (?:it|this|that|"
     rf"everything|all of it|them))? (?:against|with) (?:my|our|the) {_RECORD}", NOTED, True),
    (r"(?:(?:i|we|ive|weve)(?: (?:have|just|now|already|carefully|all))* )?(?:read|gone through|been through|went through|looked at|"
     r"looked over|looked through|studied|seen|been over)(?: (?:it|this|that|everything|every (?:line|word|detail|point)|all of it|all|"
     r"the "
     r"(?:summary|above|preview|message|details|whole thing)|it all))?(?: (?:carefully|twice|through|thoroughly|again|over|in full|"
     r"line by line))*", NOTED, True),
    (r"(?:(?:the |my |our |with |and |for |on )*(?:(?:new|delivery|revised|confirmed|agreed) )*(?:date|day|order|order number|order no|"
     r"order id|number|po|order ref|ref|reference|deadline|schedule)(?: (?:is|being|of|for|to|as))?) (?:the )?§", FILLER, False),
    (r"(?:for and )?on behalf of(?!.)", FILLER, True),
    # letters
    (rf"(?:(?:i|we) )?(?:(?:hereby|herewith|thereby|also|gladly|formally|officially|duly|are pleased to|am pleased to|are happy to|"
     rf"am happy to|are glad to|can|would like to|wish to|would hereby like to|do) )*{_PERFORM} "
     rf"(?:(?:our|my|the) )?(?:{_CONSENT_NOUN} (?:of|to|with|for) )?(?:with |to )?{_FORMAL}(?: (?:to be|as|is) (?:correct|right|accurate|"
     rf"true|in order|agreed|accepted|complete and correct))?", PLAIN, True),
    (r"(?:and )?(?:hereby |herewith )?(?:accept|agree to|approve|confirm) (?:it|this|that|the (?:above|same)|accordingly)", PLAIN, True),
    (rf"this (?:is|serves|message serves|mail serves|email serves) (?:to|as) (?:formally |officially |hereby )*(?:confirm|approve|"
     rf"accept)(?: that (?:we|i) (?:{_PERFORM})(?: (?:to|with))?)? {_FORMAL}", PLAIN, True),
    (rf"(?:please |kindly )?(?:take|accept|consider|regard|treat|see) (?:this|it|the above)(?: (?:message|email|mail|reply|"
     rf"note))? (?:as )?(?:(?:my|our|the|a|full|formal|official|final|written|express|unconditional) )*{_CONSENT_NOUN}"
     rf"(?: (?:to|of|for) {_FORMAL})?", PLAIN, True),
    (rf"(?:(?:i|we) )(?:hereby |herewith )?(?:give|grant|provide|issue)(?: you)? (?:(?:my|our|the|a|full|formal|official|final|written|"
     rf"express|unconditional) )*{_CONSENT_NOUN} (?:to|for|of) {_FORMAL}(?: (?:as )?(?:set out|described|stated|shown|outlined)"
     r"(?: above)?)?", PLAIN, True),
    (r"(?:please |kindly )?(?:be|let it be) (?:advised|informed|assured|notified) that|(?:please|kindly) (?:note|find)(?: (?:that|"
     r"our))?(?= (?:we|i) (?:agree|accept|approve|confirm|have no objection))", FILLER, False),
    (r"(?:with reference to|in reply to|in response to|with regard to|with regards to|regarding|referring to|further to|re|reference|"
     r"following|in answer to|as regards) (?:(?:the|your|our|my|this|last|recent|kind|latest) )*(?:above|message|email|mail|"
     r"letter|question|summary|same|proposal|request|conversation|offer to help|note|reply|matter|subject|chat|order §)", FILLER, False),
    (rf"(?:and |we |i ){{1,2}}{_REQUESTED} (?:proceed|go ahead|process it|make the change|carry it out|update it|do so)(?: accordingly)?"
, PLAIN, True),
    (r"(?:yours|very) (?:faithfully|sincerely|truly|respectfully|cordially)|yours|respectfully|(?:most )?sincerely|faithfully|rgds|br|"
     r"brgds|kr|warmest|with (?:best|kind|warm|many) (?:regards|wishes|thanks)|with (?:thanks|gratitude|compliments)|"
     r"(?:kindest|warmest|best) (?:regards|wishes)|to whom it may concern|dear (?:sir|sirs|madam|sir or madam|all|customer service|"
     r"support|team|service team|friend|friends|colleagues?)|(?:respected|esteemed) (?:sir|madam|team)", FILLER, False),
    # who decides, and that it is decided
    (rf"(?:(?:im|i am|we are|were|being) )?(?:fully |duly |hereby )*(?:authori[sz]ed|entitled|allowed|empowered|cleared) to (?:confirm|"
     rf"approve|decide|sign|sign off|do so|do this|agree)(?: (?:this|it|that|on this|on behalf of {GROUP}))?", NOTED, True),
    (r"(?:im|i am) the (?:buyer|manager|owner|one in charge|person in charge|boss|purchaser|planner|project manager|one who decides|"
     r"decision maker|responsible (?:person|buyer))(?: here)?|i have (?:the |full |all )*(?:authority|power|mandate|right|"
     r"approval|permission)(?: (?:to (?:approve|confirm|sign|decide)(?: (?:this|it|that|these))?|for this))?|and i do|"
     r"i decide(?: (?:that|this))?(?: here)?|its my (?:call|decision)(?: to make)?", NOTED, True),
    (rf"(?:speaking |answering |writing )?(?:for|on behalf of|in the name of) (?:{GROUP}|all of us|everyone|everybody|us all|both of us|"
     rf"my company|our company)", NOTED, True),
    (rf"(?:{GROUP}|everyone|everybody|we all|they all|all of them) (?:has |have |had |just |already |also |finally |all |both )*(?:gave|"
     rf"given|give|signed|nodded|blessed|waved|stamped|cleared|agreed|greenlit|approved|confirmed|oked|okayed)(?: (?:it|this|that))?"
     r"(?: (?:a |the |its |their |his |her |me |us |my |it )*(?:nod|go ahead|green light|blessing|thumbs up|ok|okay|approval|off|through|"
     r"consent))?(?: (?:already|today|this morning|too|as well|on it|on this))?", NOTED, True),
    (rf"(?:{GROUP}|everyone|everybody|they all) (?:is|are) (?:also |all )*(?:fine|ok|okay|happy|good|on board|cool|in agreement|"
     rf"in favou?r)(?: with (?:it|this|that))?(?: (?:too|as well|also))?|(?:my )?(?:wife|husband|partner|colleagues?|boss|team|everyone|"
     rf"everybody|they all) (?:says?|agrees?|said)"
     r"(?: yes)?(?: (?:too|as well|also))", NOTED, True),
    (r"(?:(?:i|we|ive|weve)(?: (?:have|all|both|just|already))* (?:discussed|talked|thought|went|gone|been|spoken|slept|checked|decided|"
     r"considered|consulted)(?: (?:it|this|that|about it|about this|over it|on it|over|through|internally|together|with everyone|"
     r"carefully|"
     r"thoroughly|among ourselves|at length|everything))*)", NOTED, True),
    (rf"having (?:slept on it|thought (?:about|it over)(?: it)?|discussed (?:it|this)(?: with {GROUP}| internally)?|checked (?:it|"
     rf"everything|with {GROUP})|reviewed (?:it|everything|the above)|read (?:it|everything|the above)(?: carefully)?|considered it)|"
     rf"(?<!.)after (?:discussing|talking|checking|consulting|reviewing|consideration|some thought|careful consideration|"
     rf"some consideration|reading)(?: (?:it|this|that|everything|internally|carefully|through|over))*(?: with {GROUP})?", NOTED, True),
    (r"(?:(?:ive|i have|we have|weve|my|our) )?(?:made up (?:my|our) minds?|minds? (?:is|are) made up)|(?:the )?decision (?:is )?(?:made|"
     r"taken)|its decided|thats decided|decided then|you (?:have )?convinced (?:me|us)|(?:fine |ok )?you win|(?:oh )?(?:alright|"
     r"all right) (?:alright|all right|then)|"
     r"(?:ok |okay )?(?:fair|twist my arm|fine then)", NOTED, True),
    # discourse
    (r"(?:well|so|honestly|frankly|actually yes|obviously|clearly|seriously|literally|i mean|you know|like|look|listen|basically|anyway|"
     r"anyhow|right then|now then|okay so|ok so|so yeah|oh well|hmm|mm|mhm|mmm|ooh|uhh|umm|ahh|ha|whoa|oof|psst|yo|"
     r"i guess thats everything|for sure|sure enough|thats all|that is all|thats everything|nothing else|nothing more|thats about it|"
     r"well then|of course|oh)(?= )", FILLER, False),
    (r"(?:and )?(?:thats|that is) (?:all|everything|it)(?: (?:from me|from us|for now on my side|from my side|i need|we need|i wanted))?|"
     r"nothing (?:else|more|further)(?: (?:from me|from us|from my side|needed|to change|to correct|to report))?|no (?:more |further |"
     r"other )*(?:changes|corrections|amendments|"
     r"edits|remarks|comments|additions)(?: (?:needed|required|necessary|from me|from us|from my side|to make))?|(?:i )?(?:see|found|"
     r"find|have) nothing (?:to (?:correct|add|change)|wrong(?: with it)?)|(?:i )?(?:cant|cannot|couldnt|could not) (?:find|see|"
     r"spot) (?:anything wrong|any "
     r"(?:mistakes?|errors?|problems?|issues?))(?: (?:with|in) (?:it|that|this))?|nothing (?:is )?wrong with (?:it|that|this)", NOTED, True),
    (r"(?:sent from|written on|typed on|via) my (?:phone|mobile|iphone|ipad|tablet|android|samsung|galaxy|samsung galaxy|huawei|xiaomi|"
     r"blackberry|pixel|cell|cellphone|smartphone|car)|sent from (?:outlook|mail|gmail|yahoo)(?: for (?:ios|android))?|"
     r"get outlook for (?:ios|android)|over and out|"
     r"(?:xx+|xo|xoxo|x)(?!.)|end of message", FILLER, True),
    (r"(?:please |kindly )?(?:treat (?:it |this )?as (?:urgent|a priority|top priority)|expedite (?:it|this|the (?:update|change|"
     r"processing))(?: (?:in (?:your|the) system|please))?|(?:as )?(?:quick|fast|soon) as (?:you can|possible|poss)|the (?:sooner|"
     r"quicker|faster) the better|pronto|stat|on the double|"
     r"get it done(?: (?:asap|quickly|now|please|today))?|(?:its |it is |this is )?(?:really |very |quite |rather )*(?:urgent|important|"
     r"pressing|critical) (?:for|to) (?:us|me)|dont (?:delay|dawdle|dilly dally|hang about)|make it (?:quick|snappy)|"
     r"speed is of the essence|without further ado)", FILLER, True),
)  # fmt: skip


def clauses(nouns: Set[str]) -> tuple[Clause, ...]:
    """What surrounds a yes, for a preview that is about `nouns`."""
    objects = objects_of(nouns)
    return tuple((bounded(rf"(?:{pattern.replace(OBJECTS, objects)})(?= |$|[^\x00-\x7f])"), state, closed) for pattern, state, closed in _TABLE)
