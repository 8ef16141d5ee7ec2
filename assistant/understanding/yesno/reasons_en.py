"""Why somebody says yes, in English: what happened, who waits, who agreed; statements whose nouns may be any words and whose predicates are closed classes.

A noun nobody knows changes nothing ("our crusher arrived last week"), a verb nobody knows may ("our crusher comes first"): so the subject is open and all
that is said of it is listed. A statement only stands beside consent, never for it. What contradicts an act (a project that is off) belongs to the acts it
is a reason for.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from assistant.understanding.yesno.words import FILLER, NOTED, Clause, bounded

_NO_WORD = (
    r"(?!(?!(?:supply|assembly|family|italy)\b)[a-z]+ly\b)(?!(?:pending|if|but|not|no|yes|yet|only|unless|until|till|once|when|whenever|while|before|after|"
    r"without|except|though|although|however|price|prices|cost|costs|"
    r"fee|fees|charge|charges|answer|question|questions|condition|conditions|doubt|doubts|offer|offers|problem|problems|concern|concerns|objection|objections|"
    r"mistake|error|issue|issues|refund|discount|deadline|limit|budget|terms|maximum|minimum|other|others|old|next|previous|former|original|wrong|half|part|"
    r"free|"
    r"who|whose|why|what|how|where|which|nearly|neither|nor|nobody|none|nothing|noone|almost|maybe|perhaps|hardly|never|same|possible|possibly|provisional|"
    r"tentative|conditional|partial|that|this|these|those|they|we|you|your|yours|i|it|he|she|them|us|me|alternative|preference|choice|one|ones|is|are|was|were|"
    r"be|been|will|would|could|should|can|may|might|must|shall|has|have|had|do|does|did|and|or|to|on|in|at|for|of|with|by|from|as|so|than|then|first|later|"
    r"tomorrow|soon|today|week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|competitor|lawyer|lawyers|legal|court|please|let|lets|dont|cant|"
    r"wont|isnt|wasnt|arent|cancel|change|keep|stop|wait|hold|ask|check|tell|call|send|deliver|refuse|refused|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|hundred|dozen|several|few|fewer|couple|pair|"
    r"most|many|more|less|some|all|both|any|every|each|everyone|everybody|someone|somebody|anyone|anybody|against|another|different|elsewhere|cancellation|"
    r"complaint|complaints|competition|competitors|thoughts|idea|ideas|plans|carrier|carriers|quote|"
    r"quotes|angry|unhappy|apology|lawsuit|return|exchange|better|cheaper|best|rather|instead|again|back)\b)"
)
_WORD = rf"(?:{_NO_WORD}[a-z]{{2,16}})"
_OWN = r"(?:the|our|my|their|his|her|a|an|this|all our|all the|most of our|some of our|one of our|two of our)"
WHO = (
    rf"(?:{_OWN} (?:new )?{_WORD}(?: {_WORD})?(?: (?:here|there|team|guys|people|side|department|in {_WORD}|at the {_WORD}))?|(?:the |"
    rf"our )?(?:new )?{_WORD}(?: {_WORD})?)"
)
OF_OWN = rf"{_OWN} (?:new )?{_WORD}(?: {_WORD})?"
WE = r"(?:we|i|they|everyone|everybody|everyone here|we all|all of us|both of us)"
_SUBJECT = rf"(?:{WE}|{WHO})"
_OPEN = (
    rf"(?:(?:(?:the|our|my|a|an|some|all|all the|more|new|extra|these|those|their|this) )*{_WORD}(?: {_WORD}){{0,2}}|it|them|this|that|these|those|§|"
    rf"everything)"
)
_SO = r"(?:(?:because|since|as|cos|coz|cuz|cause|and|so|well|you see|the thing is|its just|basically|turns out|it turns out)(?: that)? )?"
_ALREADY = r"(?: (?:already|just|now|finally|also|all|both|really|actually|recently|since|only just|urgently|badly|desperately|still|currently|kindly))*"
_PAST = (
    r"(?: (?:last (?:week|month|year|night|monday|tuesday|wednesday|thursday|friday|weekend|quarter|summer|winter|spring|autumn)|yesterday|this (?:morning|"
    r"week|month|"
    r"year|afternoon)|recently|already|earlier|earlier today|today|just now|now|over the weekend|(?:two|three|four|a few|a couple of|some|several|"
    r"a) (?:days?|weeks?|"
    r"months?) ago|a while ago|the other day|on the phone|over the phone|by phone|by email|by mail|in person|in writing|on site|internally|twice|"
    r"in the meantime|"
    r"overnight|before|this time))*"
)
_BE = r"(?:is|are|was|were|has been|have been|had been|got|will be|s|re|being|im|were|theyre|its)"

# what speaks for any act: who waits for it, what is ready for it
_HELPS: tuple[str, ...] = (
    rf"{_SO}(?:{_SUBJECT} {_BE}|{OF_OWN}|{_WORD}){_ALREADY} (?:waiting|pushing|pressing|asking|desperate|eager|keen|begging|chasing|chasing me|chasing us|"
    rf"screaming|crying out|counting "
    rf"on|relying on)(?: (?:for|on|about))?(?: (?:it|them|this|that|these|me|us|you|the (?:goods|parts|delivery|order|update)))?{_ALREADY}{_PAST}",
    rf"{_SO}{_SUBJECT}{_ALREADY} (?:needs?|wants?|requires?|requested|asked for|expects?|prefers?|likes?) (?:it|them|this|that|these|it that way|it this way|"
    rf"it like that|it "
    rf"like this|it there|it then|it done|this done|that|the (?:goods|parts|pumps|items|delivery|paperwork|documents?)|to have it)(?: (?:there|then|by then|"
    rf"urgently|"
    rf"asap|badly|quickly|here|on site|that way|this way|for {_OPEN}))*",
    rf"{_SO}{_SUBJECT}(?: {_BE})?{_ALREADY} (?:informed|aware|in the loop|on board|fine with it|fine with that|fine with this|ok with it|ok with that|"
    rf"happy with it|happy with that|"
    rf"happy about it|in agreement|ready|ready for it|ready for them|prepared|set|set up|available|around|staffed|in place|complete|completed|finished|done|"
    rf"installed|open|good to "
    rf"go|up and running)(?: (?:to (?:receive|unload|take|accept|install|collect|sign for) (?:it|them|the goods|everything)))?(?: (?:then|by then|that day|"
    rf"on that day|on §|on the §|"
    rf"from then|now|there|here))*",
    rf"{_SO}{_SUBJECT} (?:can|is able to|are able to|will be able to|will|is ready to|are ready to|is prepared to) (?:receive|take|accept|unload|store|"
    rf"handle|collect|fit|use|"
    rf"install|sign for|pick up)(?: (?:it|them|this|that|delivery|everything|the (?:goods|delivery|parts|pumps|shipment|truck)))?(?: (?:on|by|from|at|"
    rf"over))?(?: (?:§|the §|that day|"
    rf"then|there|that date|that time|here))*",
    rf"{_SO}(?:{WE}|ive|weve|{OF_OWN})(?: (?:have|has|ve|had))?{_ALREADY} (?:moved|relocated|expanded|grown|opened|moved in|moved house|moved premises|"
    rf"moved offices|started|begun|arrived)"
    rf"(?: (?:to|into|in|on|at|with) {_OPEN}| there| here)?{_PAST}",
    rf"(?:thats|that is|this is|its) (?:exactly |just )?when (?:{WE}|{WHO}) (?:{_BE} )?(?:on site|there|here|back|ready|available|in|free|due|scheduled|"
    rf"booked|start|starts|begin|begins|come|comes|arrive|arrives|need it|"
    rf"needs it|want it|wants it|open|opens|install|installs|finish|finished|finishes)(?: (?:again|there|here|too|it|them|on site))?",
    rf"{_SO}{_SUBJECT} (?:come|comes|arrive|arrives|start|starts|work|works|is in|are in|is back|are back|is here|are here|begin|begins|install|installs|"
    rf"open|opens) (?:only )?(?:then|that (?:day|week|"
    rf"morning|date)|on that day|on §|on the §|§|by then)",
    rf"(?:{_SO}(?:it|that|this|§|that date|the (?:new )?(?:date|day|address|quantity|plan|place|one)) )(?:really |also |just |perfectly |actually )*(?:suits|"
    rf"works|fits|helps|works out|works well|is good|is great|"
    rf"is perfect|is ideal|is fine|matches|works better|suits better|is convenient)(?: (?:for|with|in|to))? {_OPEN}(?: (?:perfectly|well|nicely|better|fine|"
    rf"too))*",
    rf"(?:{_SO}(?:it|that|this|which) )?(?:gives|leaves|buys|saves|allows) (?:us|everyone|them|{OF_OWN}) (?:enough |some |more |plenty of |the |a bit of |"
    rf"a little )*(?:time|days|room|space)(?: (?:that|they|we|it) needs?)?",
    rf"(?:{_SO}(?:it|that|this|which) )?(?:gives|leaves|buys|saves|allows) us (?:enough |some |more |plenty of |the |a bit of |a little )*(?:time|days|room|"
    rf"space) (?:to|for) (?!(?:think|decide|reconsider|"
    rf"check|ask|find|look|consider|discuss|compare|cancel|choose|see|talk)\b){_WORD}(?: (?:up|out|in|down))?(?: {_OPEN})?",
    rf"{_SO}(?:{WHO}) (?:opened|arrived|came in|started|got here|turned up|moved in|moved there|is up|is open|is running|is finished|opens|"
    rf"starts)(?: (?:there|here))?{_PAST}",
    rf"{_SO}{_SUBJECT}(?: (?:have|has|ve|had))?{_ALREADY} (?:opened|built|rented|leased|hired|set up|installed|bought) (?:a|an|the|our|some) (?:new |bigger "
    rf"|second |larger )*{_WORD}(?: {_WORD})?(?: (?:there|here|for (?:it|them|that|this)))?{_PAST}",
    rf"(?:it|that|this|§|the new (?:one|place|address|date))(?:s| is) (?:much |a lot |way |far )?(?:closer|nearer|better|easier|simpler|more convenient|"
    rf"handier|safer|quicker)"
    rf"(?: (?:to|for) {_OPEN})?",
)  # fmt: skip
# … and what was agreed or looked at, which alone says that something was understood
_ANY: tuple[str, ...] = (
    rf"{_SO}{_SUBJECT}(?: (?:has|have|had|s|ve))?{_ALREADY} (?:agreed|confirmed|approved|signed(?: off| it off)?|accepted|oked|okayed|cleared|authori[sz]ed|"
    rf"consented|said (?:yes|ok|"
    rf"okay|its ok|its fine|go ahead|fine|thats fine))(?: (?:to|with|on))?(?: (?:it|this|that|everything|the (?:change|move|plan|date|cancellation|return|"
    rf"exchange)))?{_PAST}",
    rf"{_SO}(?:{WE} |ive |weve |{WHO} )?(?:(?:have|has|ve|had) )?(?:(?:already|just|now|double|carefully|also|personally|re|quickly) )*(?:checked|verified|"
    rf"reviewed|compared|confirmed|"
    rf"looked at|looked over|looked up|went over|went through|gone over|gone through|inspected|counted|measured|cross checked|validated|cleared)"
    rf"(?: (?:it|that|this|everything|all of it|{_OPEN}))?(?: (?:against|with|on|in) {_OPEN})?(?: (?:twice|again|myself|ourselves|carefully|too|as well|"
    rf"already|just now))*",
    rf"(?:exactly |precisely |just )?(?:thats|that is|this is|its|it is|is)?(?: exactly| just| precisely)* ?(?:what|how|as|the one|the date|"
    rf"the way)(?: that)? (?:{WE}|{WHO})"
    rf"(?: (?:ve|have|has|had|all))* (?:agreed|discussed|planned|arranged|settled|decided|wanted|want|need|needs|needed|asked for|requested|expected|expects|"
    rf"asked|talked about|"
    rf"ordered|meant)(?: (?:on|upon|about|it))?(?: (?:with|by|on|over) {_OPEN})?{_PAST}",
    rf"{_SO}(?:{WE} |ive |weve )?(?:(?:have|ve|already|just) )*(?:agreed|discussed|cleared|settled|arranged|aligned|coordinated|spoke|spoken|talked|checked|"
    rf"confirmed|consulted)"
    rf"(?: (?:it|this|that|about it|everything))? with {_OPEN}{_PAST}",
    rf"{_SO}{_SUBJECT} (?:{_BE} )?{_ALREADY} ?(?:in a (?:hurry|rush)|under (?:time )?pressure|short of time|behind schedule|running late|on a tight schedule|"
    rf"busy|full|packed|swamped)"
    rf"{_ALREADY}{_PAST}",
    r"(?:(?:the )?(?:boss|manager|customer|client|accounting|finance|purchasing)(?:s)? (?:orders|request|wish|wishes|decision|instructions?|ok|approval))",
    rf"{_SO}(?:someone|somebody|people|staff|{OF_OWN}) (?:is|are|will be|s) (?:there|here|on site|in|around|at the (?:gate|dock|door|site|"
    rf"warehouse))(?: (?:to (?:receive|unload|take|accept|sign "
    r"for) (?:it|them|the goods)))?(?: (?:then|that day|on that day|on §|on the §|all day))*",
    rf"{_SO}(?:accounting|accounts|finance|{OF_OWN}|{WE}) (?:{_BE} )?{_ALREADY} ?(?:closing|close|doing|preparing|filing|finishing|needs?|waiting for|wants?|"
    rf"wait for) (?:it |them |this )?(?:for |to close )?"
    r"(?:the |our |their )?(?:books|month|quarter|year|month end|quarter end|year end|audit|tax return|tax filing|closing|accounts|records|files?|"
    r"bookkeeping|reimbursement|paperwork)",
)  # fmt: skip

_OFF = (
    r"(?:called off|cancell?ed|scrapped|stopped|shelved|dropped|axed|abandoned|on hold|put on hold|dead|over|finished|terminated|withdrawn|redundant|closed|"
    r"closed down|shut down|"
    r"bankrupt|insolvent|gone|history|discontinued|suspended|killed|pulled)"
)
_NEEDLESS = (
    rf"{_SO}{_SUBJECT}(?: (?:really|definitely|actually))* (?:dont|do not|no longer|doesnt|does not|wont|will not|didnt|did not)(?: (?:really|even|"
    rf"actually))* (?:needs?|wants?|requires?|"
    rf"uses?) (?:it|them|these|any of (?:it|them)|any|the (?:goods|order|parts|pumps)|{OF_OWN}|(?:those|these|any of the|any of those|"
    rf"that many) {_WORD}(?: {_WORD})?|§)(?: (?:any ?more|any longer|now|after all|at all|here|this year|for now))*",
    rf"{_SO}(?:its|theyre|thats|(?:it|they|these|this|the (?:goods|parts|pumps|items)) (?:is|are|was|were)) (?:no longer (?:needed|required|wanted)(?: now)?|"
    rf"not (?:needed|required|wanted) (?:any ?more|any longer|now|after all))",
    rf"{_SO}{WE}(?: (?:have|has|ve|had|still|already|got))* (?:enough|plenty|too many|too much|enough of (?:it|them)|spares|some left|stock|"
    rf"leftovers)(?: (?:in stock|already|left|here|"
    rf"of them|on site|on the shelf|now|anyway))*",
)
_ORDERED_WRONG = (
    rf"{_SO}(?:{_SUBJECT})(?: (?:have|has|ve|had|accidentally|mistakenly|simply|just|obviously))* (?:ordered|bought|placed|got|purchased)"
    r"(?: (?:it|them|this|that|the order|these|this order))? ?(?:(?:twice|double|by mistake|by accident|in error|wrongly|too many|too much|too early|"
    r"the wrong (?:one|ones|model|size|type|item|"
    r"items|product|part|parts|version|quantity)|a wrong (?:one|model|size|type|item|part)|more than (?:we|i) (?:need|needed)|"
    r"from two suppliers)(?: (?:of them|by mistake|in error|here))*)",
    r"(?:a |an |it was a |its a )?(?:duplicate|double|accidental|mistaken|redundant|test) (?:order|entry|booking|purchase)",
    rf"{_SO}(?:(?:we|i)(?: have|ve)? )?over ?ordered(?: (?:them|a bit|again|here|by mistake))?",
    rf"{_SO}(?:it|this|these|they|that|this order|the order)(?: (?:was|were))? (?:ordered|placed|bought) (?:by (?:accident|mistake)|"
    rf"in error|twice|accidentally|mistakenly)",
    rf"{_SO}(?:its|thats|it|this|that|this order|the order|§)(?: (?:is|was|s))? (?:a |an |just a |our )?(?:duplicate|double|double order|duplicate order|"
    rf"double entry|duplication|ordered twice|placed twice|"
    r"entered twice|ordered by mistake|placed by mistake|superfluous|surplus)",
)
_WRONG = (
    rf"{_SO}(?:its the |it was the |the )?wrong (?:{_WORD} )?(?:size|type|model|version|part|item|product|spec|specs|dimensions?|thread|"
    rf"voltage)(?: (?:ordered|was ordered|on our side|by us|from us))?",
)
_UNFIT = (
    rf"{_SO}(?:it|they|these|§|{OF_OWN})(?: (?:really|just|simply))* (?:doesnt|dont|didnt|does not|do not|did not|wont|will not) (?:fit|match|suit|"
    rf"work(?= (?:here|for|with|in|on))|"
    rf"go)(?: (?:with|on|in|into|for|here|at) {_OPEN}| here| at all| {OF_OWN})?",
    rf"{_SO}(?:its|theyre|(?:it|they|these|§) (?:is|are|was|were)) (?:a bit |a little |much |way |far |just )?too (?:big|small|large|long|short|heavy|weak|"
    rf"strong|noisy|tall|wide|narrow|powerful|tight|loose)"
    rf"(?: for {_OPEN})?",
    rf"{_SO}(?:{_SUBJECT}) (?:changed|has changed|have changed|changes) (?:the|their|his|her|our|its) (?:plans?|design|layout|spec|specs|specification|"
    rf"requirements?|project|setup|drawings?)",
)
_CALLED_OFF = (
    rf"{_SO}{_SUBJECT}(?: {_BE})+{_ALREADY} {_OFF}(?: (?:by|for|due to|because of) {_OPEN})?{_PAST}",
    rf"{_SO}{_SUBJECT}(?: (?:has|have|s|ve|had))?{_ALREADY} (?:sold|scrapped|lost (?:the|that|this|our) {_WORD}|pulled out|backed out|withdrew|withdrawn|"
    rf"fell through|fallen through|cancell?ed(?: (?:on us|(?:the|their|his|her|its) (?:order|project|job)))?|"
    rf"dropped out|dropped (?:the|this) (?:project|plan|job)|went bankrupt|went bust|went under|closed(?: down)?|shut down|collapsed|died|ended|stopped|"
    rf"disappeared)(?: (?:by|for|due to|because of) {_OPEN})?{_PAST}",
    rf"{_SO}(?:{WE}|weve|ive)(?: (?:have|ve|had|already|just|will|ll))* (?:got|bought|found|ordered|sourced|get|buy|have|take|took) (?:it|them|"
    rf"{_OPEN}) (?:from|at|with|through) (?:another|a different|a local|a cheaper|"
    rf"a nearer|some other|our usual|our own|a second) {_WORD}",
    rf"{_SO}(?:{WE}|{WHO})(?: (?:have|has|ve|had|already|just))* (?:changed|our|the|its|their)? ?(?:plans?|schedule|setup|strategy|requirements?)(?: (?:have|"
    rf"has|just))? changed",
    rf"{_SO}{WE}(?: (?:have|ve|had|already|just|will|ll))* (?:bought|sourced|ordered|got them|got it) (?:locally|elsewhere|somewhere else|nearby|"
    rf"from another supplier|in house)",
    rf"{_SO}{WE}(?: (?:have|ve|had|already|just|will|ll))* (?:found|got|get|buy|bought|source|sourced) (?:it|them|some|one|another|another one|"
    rf"an alternative|a replacement|something else|another "
    rf"(?:supplier|solution|source)|others)(?: (?:locally|elsewhere|in stock|in our (?:own )?(?:stock|store|warehouse|storage|shelves)|in our store|"
    rf"in the store|on site|somewhere else|nearby|internally|in house|already))*",
    rf"{_SO}(?:the |our |their )?(?:budget|funding|money|financing)(?: {_BE})? (?:cut|frozen|reduced|gone|slashed|pulled|withdrawn|cancell?ed|dried up|"
    rf"ran out)",
    rf"{_SO}(?:no|no more) (?:project|need|use|budget|funding) (?:for it|for them|any ?more|left)(?: (?:any ?more|left|now))*|(?:there is|"
    rf"theres) no (?:project|need|use)(?: (?:for it|for them|any ?more|now))+",
)
_BROKEN = (
    r"(?:cracked|broken|damaged|crushed|dented|bent|scratched|smashed|torn|chipped|deformed|snapped|split|shattered|leaking|wet|ruined|faulty|defective|"
    r"in pieces|open|squashed|punctured)"
)
_DAMAGED = (
    rf"{_SO}(?:the )?(?:box|boxes|package|packaging|carton|cartons|crate|pallet|parcel|{_WORD}) (?:(?:was|were|is|are|got|came|arrived|all|both|badly|"
    rf"completely) )+{_BROKEN}(?: (?:when|as) (?:it|they|we) (?:got "
    rf"here|arrived|came|opened it|got it|received it))?",
    rf"{_SO}(?:its|theyre|all|both|§|those are|these are)(?: (?:all|both|badly|completely|clearly|already|visibly|§))* {_BROKEN}(?: (?:on arrival|in transit|"
    rf"inside))?",
    rf"{_SO}(?:§ (?:of them )?|(?:§ )?(?:pieces|pcs|units) |it |they |these |all of them |both |{WHO} )(?:(?:was|were|is|are|arrived|came|got|look|looks|all|"
    rf"both|badly|completely|clearly|already|visibly|"
    rf"totally|partly) )+{_BROKEN}(?: (?:on arrival|in transit|during transport|during shipping|when (?:it|they|we) (?:arrived|opened it|unpacked it|"
    rf"unpacked them)|inside|in the box|inside the box|on "
    rf"delivery|{_WORD} and {_WORD}))*",
)
_FAULTY = (
    rf"{_SO}(?:its|it|(?:the )?(?:pump|unit|motor|machine|device|thing)|{OF_OWN})(?: (?:still|just|really|now|keeps|kept|started|is|was|has been|constantly|"
    rf"always))* (?:leaking|leaks?|vibrating|vibrates|"
    rf"overheating|overheats|tripping|trips|stopping|stops|humming|rattling|smoking|making (?:a )?(?:lot of )?(?:noise|noises|strange noises?)|noisy|stuck|"
    rf"blocked|wont (?:start|run|turn|work|switch on)|"
    rf"doesnt (?:start|run|turn|work|pump|switch on)|does not (?:start|run|turn|work|pump|switch on)|not (?:starting|running|turning|working|pumping)|broken|"
    rf"dead|down)(?: (?:again|badly|a lot|all the time|"
    rf"since {_WORD}|at the {_WORD}|from the {_WORD}))*",
)

# what simply happened, where the doer and the thing may be anything: nothing that was said, thought, wished, corrected or taken back
_EVENT = (
    r"(?:built|grew|broke|burnt|burst|blew|fell|froze|shut|finished|completed|installed|hired|repaired|fixed|opened|expanded|merged|arrived|started|launched|"
    r"upgraded|"
    r"renovated|demolished|dug|poured|painted|cleaned|emptied|cleared|trained|commissioned|connected|wired|welded|assembled|"
    r"unloaded|stored|counted|measured|inspected|passed|joined|retired|flooded|overflowed|collapsed|crashed|leaked|cracked|rusted|overheated|seized|jammed|"
    r"doubled|outgrew|relocated|gained|landed|"
    r"broke down|ran out|wore out|used up|set up|moved in|moved out|took over|came in|came down|went live|went down|sold out)"
)
_HAPPENED = (
    rf"{_SO}(?:{WE}|ive|weve|{OF_OWN})(?: (?:have|has|ve|had|was|were|got|just|already|finally|recently|also|all|really|actually|then|only))* {_EVENT}"
    rf"(?: (?:(?:to|at|in|on|from|for|with|of|by|into|off|out|up|down|over|the|our|a|an|my|their|here|there|away|together)|{_WORD})){{0,5}}{_PAST}"
)

# which acts a reason is one for; beside another act it would rather speak against it
_OF_ACT: Mapping[str, tuple[str, ...]] = {
    "cancel": (*_NEEDLESS, *_ORDERED_WRONG, *_WRONG, *_CALLED_OFF, *_UNFIT),
    "return": (*_NEEDLESS, *_ORDERED_WRONG, *_WRONG, *_CALLED_OFF, *_UNFIT),
    "exchange": (*_ORDERED_WRONG, *_UNFIT),
    "claim": _DAMAGED,
    "repair": _FAULTY,
}  # fmt: skip


def clauses(groups: Set[str], kinds: Set[str]) -> tuple[Clause, ...]:
    """What may be said for any act, and for these; where a place is shown, no other place may be told of.

    Beside what speaks for an act a weak word of consent is enough.
    """
    own = [pattern for group in sorted(groups & set(_OF_ACT)) for pattern in _OF_ACT[group]]
    helps = () if groups & {"cancel", "return"} else _HELPS
    rows = [
        *((pattern, FILLER) for pattern in dict.fromkeys((*helps, *own))),
        *((pattern, NOTED) for pattern in (*_ANY, *(() if "address" in kinds else (_HAPPENED,)))),
    ]
    return tuple((bounded(rf"(?:{pattern})(?= |$|[^\x00-\x7f])"), state, True) for pattern, state in rows)
