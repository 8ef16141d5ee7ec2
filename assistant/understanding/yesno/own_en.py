"""English consent in the words of what one preview is about: its own acts, its kinds of values, its cost; grammar, matched at a place in a message's form.

Only words of a language: what a value is called by a company comes as a repetition (§). What another preview would do is no consent to this one, so every
clause here belongs to kinds of values or groups of acts. No judgement of messages.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from assistant.understanding.yesno.reasons_en import OF_OWN, WHO
from assistant.understanding.yesno.words import FILLER, NOTED, PLAIN, Clause, bounded

Row = tuple[str, int]

_LEAD = (
    r"(?:(?:please|pls|plz|kindly|just|then|so|and|now|yes|yeah|yep|ok|okay|sure|do|go ahead and|you can|you may|feel free to|lets|id like to|wed like to|"
    r"we would like to|id like you to|"
    r"i want you to|we want you to|we would like you to|i would like you to|happy for you to|(?:its |youre |you are )?(?:ok|okay|fine|good|clear) to) )*"
)
_VERY = r"(?:(?:all|both|just|really|very|totally|completely|perfectly|absolutely|quite|so|exactly|indeed|definitely|fully|still|also|certainly|clearly) )*"
_END = (
    r"(?: (?:now|anyway|regardless|nonetheless|nevertheless|all the same|please|pls|then|instead|asap|right away|for me|for us|accordingly|too|as well|"
    r"from now on))*"
)
_FIT = (
    r"(?:correct|right|fine|ok|okay|good|accurate|perfect|great|up to date|valid|complete|spot on|in order|acceptable|confirmed|checked|verified|approved|"
    r"agreed|alright|all right|as (?:agreed|ordered|stated|expected|it should be|requested|discussed))"
)
_IT = (
    r"(?:it|this|that|them|these|those|everything|all of it|it all|the lot|the (?:goods|order|parts|items|shipment|delivery|whole (?:order|thing))|(?:this|"
    r"that|my|our) order|order §|§)"
)
_COST = (
    r"(?:(?:the|that|this|your|a|any|all|an|these|those|of) )*(?:(?:small|extra|cancellation|cancelation|restocking|handling|price|additional|total|new|"
    r"resulting|production|processing|service|order|applicable|stated|quoted|listed|shown|mentioned|§) )*"
    r"(?:fees?|charges?|costs?|prices?|difference|amounts?|total|surcharge|deduction|penalty|balance|sum|extra)(?: of §)?"
)
_TICKETS = frozenset({"return", "exchange", "claim", "repair", "invoice"})
_SENT_TO = (
    r"(?:(?:your|the) (?:technicians?|technical (?:team|department|colleagues?|people)|service (?:team|department|people)|team|engineers?|claims (?:team|"
    r"department|people|colleagues?)|finance(?: team| department| people)?|accounting(?: team)?|accounts(?: team)?|colleagues?|people|department|returns "
    r"(?:team|department)|warehouse|right (?:people|team|person))|finance|accounting|accounts|service|claims|returns|technicians)"
)
_BROKEN = (
    r"(?:cracked|broken|damaged|crushed|dented|bent|scratched|smashed|torn|chipped|deformed|snapped|split|shattered|leaking|wet|in pieces|ruined|faulty|"
    r"defective)"
)

# what the values of a preview are called, by their kind
_NAMES: Mapping[str, str] = {
    "date": "delivery date|delivery day|date|day|timing|slot|schedule",
    "address": "delivery address|shipping address|ship to address|address|location|site|destination|place|street|postcode|zip code|zip|warehouse|office",
    "quantity": "quantity|quantities|qty|number of pieces|number|count|pieces|units",
    "items": "items?|goods|pieces|products?|parts?|units|quantity|count|list",
    "product": "model|product|replacement|item|part",
    "tax_id": "tax id|tax number|tax no|vat number|vat id|vat no|tax code|tin",
    "title": "title|company name|company|billing name|legal name|name|heading|header|company details|billing details",
    "choice": "invoice type|type|kind|option",
    "text": "description|fault|problem|issue|symptoms?|defect",
    "attachments": "photos?|pictures?|images?|pics?",
    "phone": "phone number|phone|mobile number|number",
    "email": "email address|email|mail address",
}
_ALWAYS = "order number|order no|order id|order|reference|details|data|information|info|summary|amount|total|price|difference|fee"
_DEEDS: Mapping[str, str] = {
    "return": "return request|return order|return|rma",
    "exchange": "exchange request|exchange|swap|replacement",
    "claim": "damage claim|damage report|claim|report|damage|loss",
    "repair": "repair request|repair order|service request|service ticket|fault report|repair|fault",
    "invoice": "invoice request|special invoice|ordinary invoice|vat invoice|invoice",
    "cancel": "cancellation request|cancellation",
    "change": "change request|change|amendment|update|switch|move|adjustment|modification",
}

# what is done with a thing, by the act
_DONE: Mapping[str, str] = {
    "return": "returned|sent back|taken back", "exchange": "exchanged|swapped|replaced", "claim": "reported|claimed|filed", "repair": "repaired|fixed|"
    "looked at",
    "invoice": "invoiced|issued", "cancel": "cancell?ed|called off", "change": "changed|updated|moved|rescheduled|amended|adjusted|switched",
}  # fmt: skip
# consent in the words of no act at all
_ANY: tuple[Row, ...] = (
    (rf"{_LEAD}(?:please )?(?:to )?(?:release|post|save|enter|place|key in|input|push|execute|action|process|do|make|complete|register|submit|file|record|"
     rf"commit|apply|finish|run|update) "
     rf"(?:it|this|that)(?: (?:in|through|off|up))?{_END}", PLAIN),
    (rf"(?:please |kindly )?(?:get|have) {_IT} (?:logged|registered|filed|recorded|submitted|done|processed|entered|sorted|completed|arranged|booked|raised|"
     rf"opened){_END}", PLAIN),
    (r"(?:please|kindly) (?:register|log|record|file|book|execute|save|proceed)", PLAIN),
    (r"(?:good|great|nice|fair|fine|decent) (?:price|deal|rate|offer)", NOTED),
    (r"(?:register|log|submit|process|book|proceed|continue|execute|save|enter) please", PLAIN),
    (rf"(?:(?:i|we) )?(?:(?:have|ve|just|also|already) )*(?:talked|spoke|spoken|called|rang|phoned|checked|emailed|texted) (?:to |"
     rf"with )?{WHO}(?: and (?:they|he|she)(?:s|re| is| are| said| say| says| confirmed)?"
     r"(?: (?:its|it is|thats|that is|that its))? (?:fine|ok|okay|yes|good|happy|on board|agreed|agree|confirmed|approved|it works|it)(?: with (?:it|"
     r"that))?)?(?: so)?", NOTED),
    (r"please (?:to )?(?:make|execute|save|enter|release|action|finish|complete)", PLAIN),
    (rf"(?:you|u) (?:can |may |should |please |just |go )*(?:make|do|change|process|enter|submit|execute) (?:it|this|that|the change|so){_END}", PLAIN),
    (r"(?:why (?:ever|the hell|on earth) not|why would(?:nt)? i(?: not)?|what are you waiting for|all yours|over to you|its all yours|take it away|"
     r"have fun with it)", FILLER),
    (r"(?:is|are|all is|all are|everything is|everything was|it is all|its all|both are|both|this all|that all) (?:very |all |quite |totally |absolutely |"
     r"perfectly )*"
     r"(?:correct|right|fine|accurate|in order|good|ok|okay|perfect)(?: (?:for|with|by) (?:me|us)| here| now| on (?:our|my) (?:side|end))*", PLAIN),
    (r"(?:its|it has been|thats|this is|that is)(?: (?:all|now|fully|hereby|formally))* (?:confirmed|approved|agreed|accepted|settled|decided|signed off|"
     r"cleared)"
     r"(?: (?:by|from|on|with|for) (?:me|us|(?:our|my) (?:side|end|part)|everyone|everybody|all of us))*", PLAIN),
    (rf"{_LEAD}(?:go ahead|proceed|continue|carry on|go) (?:with|for) (?:the |that |this |these |those )?(?:new )?(?:§(?: (?:units|pieces|pcs|total|§))*|"
     rf"date|plan|change|one){_END}", PLAIN),
    (r"(?:(?:all|both|the|those|these|all the) )*(?:lines?|points?|values?|figures?|numbers?|entries|rows|items|facts|parts) (?:are|is|look|looks) (?:all |"
     r"both |exactly |just )*"
     r"(?:as (?:i|we) (?:want|wanted|need|needed|ordered|asked|agreed|expected|said)(?: (?:it|them|for))?|correct|right|fine|ok|okay|good|accurate|perfect|"
     r"in order)", PLAIN),
    (r"(?:as|just as|exactly as|like|just like|exactly like) (?:i|we) (?:want|wanted|need|needed|ordered|asked|agreed|expected|said|requested|"
     r"planned)(?: (?:it|them|for|this))*", FILLER),
    (rf"{_LEAD}do the (?:<verbs>)", PLAIN),
    (r"(?:i|we|that)(?: (?:can|could|will|ll|am happy to|are happy to))* (?:live|work|deal|go|roll|manage|cope) with (?:it|that|this|those|these|"
     r"§)(?: (?:just fine|fine|no problem|easily))?", PLAIN),
    (r"(?:thats|that is|its|it is|seems|sounds|only|all)(?: (?:only|perfectly|quite|more than|very|all))* (?:fair|reasonable|understandable|normal|"
     r"to be expected)|fair", FILLER),
    (rf"(?:ive|weve|i have|we have|i|we)(?: (?:already|just|also|now))* (?:told|informed|notified|updated|briefed|warned|let) (?:{WHO}|everyone|everybody|"
     rf"them|him|her)(?: know)?(?: (?:already|about it|of it|too|as well|"
     r"that|yesterday|today|this morning))*", NOTED),
    (r"(?:i|we) (?:really )?(?:dont|do not) mind(?: (?:it|that|this|at all|waiting))*|worth it|its worth it|(?:no )?hard feelings|no other way|"
     r"it is what it is", NOTED),
    (r"thanks? (?:you )?(?:so much |very much |a lot )?for being (?:so |this |very )?[a-z]+(?: (?:about|with) (?:it|this|that|everything|us|me))?", FILLER),
    (r"(?:(?:kind|best|warm|many) )?(?:regards|greetings|cheers|thanks|wishes)(?: and [a-z]+ [a-z]+)? from (?!(?:monday|tuesday|wednesday|thursday|friday|"
     r"saturday|sunday)\b)[a-z]+(?: [a-z]+)?", FILLER),
    (r"(?:and )?(?:many thanks|thanks|thank you|thx|cheers) and (?:kind|best|warm) regards", FILLER),
    (r"how many (?:more )?times (?:do|must|should|shall|did|will) (?:i|we) (?:have to |need to )?(?:say|tell|confirm|repeat|write|type|answer)(?: (?:you|it|"
     r"this|that|yes|so))*", FILLER),
    (r"(?:my|sorry for my|excuse my) (?:english|spelling|typing|grammar) (?:is )?(?:not (?:so |very )?good|bad|poor|terrible|not perfect)|"
     r"sorry for my (?:bad |poor )?(?:english|spelling|typing)", FILLER),
)  # fmt: skip

_COSTS: tuple[Row, ...] = (
    (rf"{_COST} (?:(?:is|are|sounds?|looks?|seems?) )?{_VERY}(?:ok|okay|fine|acceptable|accepted|agreed|no problem|not a problem|no issue|not an issue|"
     rf"reasonable|"
     r"fair|good|manageable|approved|alright|all right|(?:ok|okay|fine) (?:by|with|for) (?:me|us))", PLAIN),
    (rf"{_COST} (?:(?:is|are) )?{_VERY}(?:noted|understood|clear|known|as expected|as agreed|seen|acknowledged)", FILLER),
    (rf"(?:i|we|ill|well)(?: (?:also|fully|will|can|do|shall|are|am|agree to|agreed to|happy to|willing to|ready to|gladly|happily|of course|hereby|both|"
     rf"certainly))* "
     rf"(?:accept|agree to|agree with|pay|cover|bear|take|absorb|settle|shoulder|take on|live with|approve|eat|swallow|stomach|foot|handle|"
     rf"deal with) {_COST}", PLAIN),
    (rf"(?:(?:i|we|im|were)(?: (?:also|fully|do|did|already|are|am|have|well))* )(?:understand|understood|know|knew|see|saw|seen|aware|acknowledge|realise|"
     rf"realize|"
     rf"noted|note|expected|read|get)(?: (?:that|of|about))*(?: (?:theres|there (?:is|are|will be|would be)|it (?:costs|carries|comes with|has|includes)|"
     rf"you charge|"
     rf"you will charge))? {_COST}(?: (?:applies|apply|will apply|involved|(?:is|are|will be) (?:charged|due|deducted|billed)))?", FILLER),
    (rf"(?:(?:im|i am|we are|were) )?(?:ok|okay|fine|happy|good|cool|comfortable|alright|all right|no problem|no issues?|no objections?) with {_COST}", PLAIN),
    (rf"(?:understood|noted|clear|aware|informed|got it) (?:about|on|re|regarding|of) {_COST}", NOTED),
    (rf"(?:charge|bill|debit) (?:us|me|our account|my account)(?: for)? {_COST}|(?:deduct|charge|bill|take|apply) {_COST}", PLAIN),
    (rf"(?:add|put|charge|bill) (?:it|{_COST}) (?:to|on) (?:our|my|the) (?:bill|account|invoice|tab|statement|next invoice|next bill)", FILLER),
    (rf"(?:even )?with {_COST}|(?:despite|including) {_COST}|{_COST} (?:included|and all)|(?:fee|cost|charge) or no (?:fee|cost|charge)|at {_COST}", FILLER),
)  # fmt: skip

_BY_KIND: Mapping[str, tuple[Row, ...]] = {
    "date": (
        (rf"{_LEAD}(?:confirm|confirming|approve|i confirm|we confirm)(?: the)? (?:delivery|shipment|order|date|change|new date|delivery date) (?:on|for|to|"
         rf"by) (?:the )?§{_END}", PLAIN),
        (rf"{_LEAD}(?:move|push|shift|change|reschedule|postpone|bring|set|put|delay|update|switch|bump|take|have|schedule|book)(?: (?:it|this|that|(?:the |"
         rf"our |my |that )?(?:delivery|order|shipment|"
         rf"date|delivery date|order §|goods)))?(?: (?:back|out|forward|over|up))? (?:to|for|on|until|till) (?:the )?§{_END}", PLAIN),
    ),
    "attachments": (
        (r"(?:the |all |my )?(?:photos?|pictures?|images?|pics?)(?: (?:is|are|was|were))?(?: (?:already|all|also))* (?:attached|enclosed|above|sent|uploaded|"
         r"shared|in the chat|included)"
         r"(?: (?:already|above|before|earlier|too))*", FILLER),
    ),
    "address": (
        (rf"{_LEAD}(?:ship|send|deliver|bring|dispatch|direct|route|reroute|redirect|divert|forward|take)(?: {_IT})?(?: off| over)? (?:there|to (?:that|this|"
         rf"the new|the above|our new|said) "
         rf"(?:address|place|site|location|warehouse|office|plant|factory|one)|to (?:the |our )?§(?: (?:site|warehouse|office|plant|factory|address|location|"
         rf"place))?)"
         rf"{_END}", PLAIN),
        (rf"{_LEAD}(?:use|take|go with|switch to|change (?:it )?to|update (?:it )?to|replace it with) (?:the|that|this|our) (?:(?:new|above|updated|last) )*"
         rf"(?:one|address|location|site|warehouse|office){_END}", PLAIN),
        (r"(?:our |the |my )?new (?:place|address|warehouse|site|location|office|building|premises|plant|factory|home|one)", FILLER),
        (r"(?:it|they|everything|the (?:goods|order)|§) (?:goes|go|should go|must go|needs to go|has to go) (?:there|to (?:that|the new) (?:address|site|place|"
         r"location|one)|to (?:the )?§)", FILLER),
        (rf"(?:thats|that is|its|it is|this is) (?:exactly |now |actually )*where (?:we|{OF_OWN})(?: (?:is|are|live|work|moved|moved to|want (?:it|them)|"
         r"need (?:it|them)|sit|operate|receive (?:it|them|goods)))(?: (?:now|located|based|to be))?", FILLER),
        (r"(?:the |our )?§ (?:site|warehouse|office|plant|factory|address|location|place|branch|depot)", FILLER),
    ),
    "quantity": (
        (rf"(?:because |since |as )?(?:we|they|{WHO})(?: (?:now|really|suddenly))? (?:needs?|wants?|requires?|asked for|ordered|uses?) (?:(?:a few|some|"
         rf"a couple|a bit) )?(?:more|extra|extras)(?: of them)?", NOTED),
        (rf"{_LEAD}(?:add|include|throw in|put on|tack on) (?:it|them|those|these|the (?:extra|additional|extras|rest|remaining|other)(?: (?:ones|pieces|"
         rf"units|pcs|§))?)"
         rf"(?: (?:on|in|to (?:the|our|my) order))?{_END}", PLAIN),
        (rf"{_LEAD}(?:(?:make|bump|raise|increase|boost|lift|bring|take|move|push|set|put|change|adjust|round|reduce|lower|cut|drop|decrease|trim|scale|"
         rf"update|go)|up(?= (?:it|the)))"
         rf"(?: (?:it|this|that|us|the (?:order|quantity|number|qty|count|order quantity)|order §))?(?: (?:up|down))?(?: (?:to|at))?"
         rf"(?: a total of)? §(?: (?:in total|total|altogether|all together|in all|overall|pieces|pcs|units|§))*{_END}", PLAIN),
        (rf"{_LEAD}(?:increase|raise|reduce|lower|decrease|bump|boost) (?:it|this|that|the (?:order|quantity|number|qty|count))(?: (?:up|down))?{_END}", PLAIN),
        (r"(?:a total of |altogether |in total )?§(?: (?:in total|total|altogether|all together|in all|overall|all in|pieces|pcs|units|pc|ea|§))+", FILLER),
        (r"(?:i|we|they)(?: (?:do|really|also|will))* (?:need|want|require|take|can use) (?:(?:the|those|these|all) )*(?:extra|additional|remaining|other)"
         r"(?: (?:ones|pieces|units|pcs|§))?", FILLER),
    ),
    "bool": (
        (r"(?:(?:it|they|these|those|all|both|everything|§|the (?:goods|items|pieces|units|parts|products))(?: of them)?(?: (?:is|are|s|re|was|were))? |"
         r"theyre |its )?(?:(?:still|all|both|also) )+"
         r"(?:in (?:the|their|its|the original|their original|its original) (?:box|boxes|carton|cartons|package|packages|packaging|wrapping|wrappers?|crate|"
         r"bags?)|boxed|boxed up|packed|packaged|wrapped|"
         r"brand new|new|like new|in shrink wrap|shrink wrapped)", FILLER),
        (r"(?:(?:it|they|these|those|all|both|everything|§|(?:all |both )?(?:of )?(?:them|these|those)|(?:the |all the |both )?(?:goods|items|pieces|units|"
         r"parts|boxes|products|cartons|packages))(?: of them)? )?(?:(?:is|are|were|was|re|remain|theyre) )?(?:(?:still|all|both|also|completely|indeed|"
         r"really|definitely|"
         r"absolutely) )*(?:in (?:the |their |its )?)?§", FILLER),
    ),
    "items": (
        (r"(?:just |only )?(?:the |these |those )?§(?: (?:pieces|pcs|units|of them|of these|§))*(?: (?:are |is )?(?:going back|coming back|to go back|"
         r"affected|in total))?",
         FILLER),
    ),
    "text": (
        (r"(?:that|this|it) (?:describes?|sums up|covers|captures) (?:it|the (?:fault|problem|issue)|everything)(?: (?:well|perfectly|exactly|"
         r"nicely))*", FILLER),
        (r"(?:exactly |precisely |yes )?(?:thats|that is|this is|its) (?:exactly |precisely )*(?:what|how) (?:it (?:does|is)|is wrong|is happening|happens|"
         r"we have|"
         r"we see|the (?:fault|problem) is)", FILLER),
    ),
}  # fmt: skip

_BY_GROUP: Mapping[str, tuple[Row, ...]] = {
    "cancel": (
        (rf"{_LEAD}(?:(?:kill|scrap|bin|axe|void) (?:it|them)|(?:kill|scrap|drop|stop|bin|axe|void|call off|scratch|ditch|revoke|annul|terminate|"
         rf"withdraw) (?:(?:the|this|that|my|our) (?:whole )?order|order §|§))"
         rf"|call (?:it|this|the order) off|get rid of (?:it|them|the order)|take it off the books", FILLER),
        (r"cancel away|cancel (?:it|this|the order|the whole (?:order|thing)|all of it|everything|the lot|order §|§)(?: (?:off|completely|entirely|"
         r"altogether|outright))*",
         PLAIN),
        (r"(?:i|we|they)(?: (?:really|definitely))* (?:dont|do not|no longer|wont|will not) (?:need|want|require) (?:it|them|these|any of (?:it|them)|"
         r"the order|"
         r"the goods|§)(?: (?:any ?more|any longer|now|after all|at all|here))*|no longer (?:needed|required)|not needed (?:any ?more|any longer|now|"
         r"after all)",
         NOTED),
    ),
    "return": (
        (r"(?:i|we)(?: (?:really|definitely))* (?:dont|do not|no longer|wont|will not) (?:need|want|require) (?:it|them|these|the goods|§)"
         r"(?: (?:any ?more|any longer|now|after all|at all))*|no longer (?:needed|required)|not needed (?:any ?more|any longer|now|after all)", NOTED),
        (rf"(?:i|we|ill|well)? ?(?:will |shall |can |are going to |im going to )?(?:ship|send|post|bring|return|drop off|pack|"
         rf"hand over) (?:{_IT} )?(?:back )?(?:(?:this week|tomorrow|today|soon|"
         r"asap|next week|right away|as soon as possible|back) ?)+", NOTED),
        (rf"{_LEAD}(?:send|ship|take|have|get) (?:{_IT} )?back{_END}|{_IT} (?:is|are)? ?(?:going|coming|to go) back", FILLER),
    ),
    "repair": (
        (r"(?:please |pls )?(?:have|get|let|send|ask) (?:someone|somebody|a technician|an engineer|a mechanic|your (?:technicians?|engineers?|team|people|"
         r"guys))(?: (?:to|over|out|here|round))*"
         r"(?: (?:look at|check|fix|see|inspect|come|repair|have a look|take a look|call)(?: (?:at )?(?:it|this|that|the (?:pump|unit|machine)))?(?: out|"
         r" over)?)?", NOTED),
    ),
    "claim": (
        (rf"§ (?:of them )?{_BROKEN}(?: (?:pieces|pcs|units|parts|items|ones|§))?", FILLER),
        (rf"(?:§ |all |both )(?:pieces |pcs |units |of them )?(?:(?:was|were|is|are|arrived|came|got|look|looks|all|both|badly|completely|clearly|visibly) )*"
         rf"{_BROKEN}(?: (?:on arrival|in transit|during transport|when (?:they|it) arrived|inside|in the box|inside the box|already))*", NOTED),
    ),
}  # fmt: skip


def clauses(groups: Set[str], kinds: Set[str], verbs: str) -> tuple[Clause, ...]:
    """What consents, or does no harm beside consent, for a preview of these acts (by `verbs`, an alternation) that shows values of these kinds."""
    rows = [*_ANY, *_COSTS, *_wishing(groups, kinds), *_naming(kinds), *_ticketing(groups, verbs)]
    for kind, own in _BY_KIND.items():
        rows += own if kind in kinds else ()
    for group, own in _BY_GROUP.items():
        rows += own if group in groups else ()
    rows = [(pattern.replace("<verbs>", verbs), state) for pattern, state in rows]
    return tuple((bounded(rf"(?:{pattern})(?: (?:please|thx|cheers))*(?= |$|[^\x00-\x7f])"), state, True) for pattern, state in rows)


def _naming(kinds: Set[str]) -> list[Row]:
    """That what the preview shows is right, named by its kind ("the tax id and the name are correct")."""
    names = "|".join([*(_NAMES[kind] for kind in _NAMES if kind in kinds), _ALWAYS])
    named = rf"(?:(?:the|our|my|this|that|these|those|all|all the|both|new) )*(?:{names})"
    several = rf"{named}(?: (?:(?:and|as well as|plus|with) )?{named}){{0,3}}"
    thats = r"(?:thats|thatll be|that is|this is|its|it is|those are|these are|theyre)(?: (?:indeed|exactly|also|actually|really|still))*"
    rows = [
        (rf"{several} (?:(?:is|are|looks?|seems?|sounds?) )?{_VERY}{_FIT}(?: (?:by|with|for) (?:me|us)| as (?:shown|stated|written|is))?", PLAIN),
        (rf"{thats} (?:the|our|my)(?: (?:new|current|actual|exact|same|very))* (?:right|correct|exact) (?:{names})", PLAIN),
        (rf"{thats} (?:the|our|my)(?: (?:new|current|actual|exact|same|very))* (?:{names})", FILLER),
        (rf"(?:(?:im|i am|we are|were) )?{_VERY}(?:ok|okay|fine|good|happy|comfortable|satisfied|pleased) with {several}", PLAIN),
        (rf"{several} (?:all |both )?(?:checks? out|match(?:es)?|adds? up|tall(?:y|ies)|(?:is|are) all there)", PLAIN),
        (
            rf"(?:that|this|the) (?:{names}) (?:is|are) (?:exactly |indeed |also |really )*(?:the (?:right|correct) ones?|what (?:we|i) (?:need|want|ordered|"
            rf"meant|wanted|needed|asked for))",
            PLAIN,
        ),
    ]
    return rows if kinds else rows[:1]


def _wishing(groups: Set[str], kinds: Set[str]) -> list[Row]:
    """That the thing is wanted done ("I want it cancelled"), and the act with what the preview's values are called ("please change the ship-to")."""
    done = "|".join(_DONE[group] for group in _DONE if group in groups)
    rows = []
    if groups & {"cancel"}:
        rows.append(
            (rf"(?:i|we|id|wed)(?: (?:would|do|really|also|definitely))* (?:want|like|wish|need) to (?:cancel)(?: {_IT}| the whole order)?{_END}", PLAIN)
        )
    if done:
        deeds = "|".join(_DEEDS[group] for group in _DEEDS if group in groups)
        shown = "|".join(_NAMES[kind] for kind in _NAMES if kind in kinds) or "(?!)"
        rows.append(
            (
                rf"(?:(?:i|we) )?(?:hereby )?(?:confirm|confirming|approve|approving|authori[sz]e|accept) (?:(?:the|this|that|our|my|new|"
                rf"order) )*(?:(?:{shown}) )?(?:{deeds})(?: (?:of|for|on|to) {_IT})?{_END}",
                PLAIN,
            )
        )
        rows.append((rf"(?:(?:the|this|that) )?(?:(?:{shown}) )?(?:{deeds}) (?:is )?(?:confirmed|approved|accepted|agreed)", PLAIN))
        rows.append(
            (
                rf"(?:i|we|id|wed)(?: (?:would|do|really|also|definitely|still))* (?:want|need|like|wish|prefer|love) (?:to have |"
                rf"to see )?{_IT} (?:to be )?(?:{done})",
                PLAIN,
            )
        )
        rows.append((rf"(?:please |pls )?(?:have|get) {_IT} (?:{done}){_END}", PLAIN))
    names = "|".join(_NAMES[kind] for kind in _NAMES if kind in kinds)
    if "change" in groups and names:
        lead = _LEAD.removesuffix("*") + "+"
        rows.append((rf"{lead}(?:change|update|amend|edit|adjust|modify) (?:the|our|my|that|this)(?: (?:delivery|order))? (?:{names}|ship to){_END}", PLAIN))
    if names:
        lasting = "|".join(_NAMES[kind] for kind in ("tax_id", "title", "choice") if kind in kinds) or "(?!)"
        rows.append((rf"(?:the )?same (?:{lasting}) as (?:always|usual|before|ever)|(?:right|correct) (?:{names})(?: and (?:everything|all|{names}))?", FILLER))
    return rows


def _ticketing(groups: Set[str], verbs: str) -> list[Row]:
    """To open what the preview would open, by its own noun ("log the repair"), or to hand it to those who look after it."""
    if not groups & set(_DEEDS):
        return []
    deeds = "|".join(_DEEDS[group] for group in _DEEDS if group in groups)
    rows: list[Row] = [(rf"{_LEAD}(?:{verbs}) (?:anyway|regardless|nonetheless|nevertheless|all the same|please)", PLAIN)]
    rows.append((rf"(?:(?:to|with|for) )?(?:the|this|that) (?:{deeds})", FILLER))
    if groups & _TICKETS:
        deeds = f"{deeds}|request|ticket|case|application|form"
        sent = rf"(?:{_IT}|(?:the|this|that|my|our) (?:{deeds}))"
        rows.append(
            (
                rf"{_LEAD}(?:send|pass|forward|hand)(?: (?:on|over|off|in|through))? (?:the|this|that|my|our) (?:request|claim|report|ticket|form|"
                rf"application|case){_END}",
                PLAIN,
            )
        )
        rows.append((rf"{_LEAD}(?:{verbs}) (?:it|them|these|those|§|both) (?:out|over|through|in|around|up){_END}", PLAIN))
        rows.append((rf"{_LEAD}(?:send|pass|forward|hand|submit|give|get)(?: {sent})(?: (?:on|over|off|in))? to {_SENT_TO}{_END}", PLAIN))
    opened = (
        r"(?:register|log|file|open|raise|create|submit|book|record|set up|start|initiate|lodge|put in|put through|send in|send off|enter|process|arrange|"
        + (
            r"organise|organize|issue|make|do|get|prepare|kick off|begin|complete|finalise|finalize|go ahead with|proceed with|continue with|carry out|"
            r"execute|apply)"
        )
    )
    rows.append((rf"{_LEAD}{opened} (?:(?:the|a|an|this|that|my|our) )?(?:{deeds})(?: (?:for|of|to) (?:{_IT}|me|us))?(?: (?:in|through))?{_END}", PLAIN))
    return rows
