"""The words by which people ask for contact, a meeting, money, a secret or a picture.

Each rule is a verdict, the reason that the sender is told, how it is written, and a pattern. A
`stop` is clear; a `hold` is doubtful and waits for a coordinator. Patterns are read against
`contact_text.plain` text: lower case, ASCII digits, Khmer subscripts made one.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bot.mentoring.contact_text import khmer_key

Verdict = Literal["pass", "hold", "stop"]
Reason = Literal["", "number", "link", "app", "meeting", "money", "secrecy", "photo", "place"]


@dataclass(frozen=True)
class Rule:
    """One pattern; `tight` ones are read against text with no spaces around Khmer."""

    verdict: Verdict
    reason: Reason
    tight: bool
    pattern: re.Pattern[str]


# Names of places to write to. The short and everyday words count only where a rule says so.
_APP = (
    r"(?:face ?books?|fesboo?k|feisboo?k|fac[ae]?boo?k|fb|f\.b|mess?enger|tele ?gra?r?m|telegramm?e?|"
    r"teleg|tele|tg|tlg|whats ?app?|wat ?s?app?|whatsap|instag(?:ram)?|insta|ig|tik ?tok|snap ?chat|"
    r"we ?chat|viber|zalo|discord|skype|imo|twitter|google meet|social media)"
)
_LOOSE_APP = rf"(?:{_APP[3:-1]}|line(?: id)?|snap|zoom|signal|g ?mail|e-? ?mail)"
_NUMBER = r"(?:(?:phone|mobile|cell|contact|tel|hand ?phone) ?(?:number|num|no\.?|nr)|numbers?|digits|phone ?#|contacts?(?: info| details?)?)(?! (?:of|one|between|line|theory|lens))"
_ID = r"(?:user ?name|account|acc|profile|handle|nick ?name|id)"
_TALK = r"(?:talk|go|jump|come over|chat|speak|continue|move|switch|connect|text|message|msg|write|call|reach|contact|find|add|search|follow|friend|discuss|reply|look)"
_DAY = r"(?:today|tonight|tomorrow|now|later|after|this|next|on|sunday|monday|tuesday|wednesday|thursday|friday|saturday)"

_EN_STOP_APP = (
    rf"\b(?:my|ur|your|yr) (?:\w+ )?{_LOOSE_APP}(?= ?(?:is|[:=]|name|account|acc|id|link|page|number|profile|user|@|at\b|\?|$|[.,!]))",
    rf"\b(?:my|ur|your|yr) (?:{_NUMBER}|user ?name|nick ?name|handle)\b(?! (?:in|on the|of|line))",
    rf"\b(?:what(?:'?s| is|s)?|give|send|share|tell|drop|leave|exchange|swap|have|get|want|need|trade|know|ask) (?:\w+ ){{0,2}}(?:your|ur|yr|you|u|our|my|me)? ?(?:{_APP}|phone ?number|{_ID} on {_APP})\b(?= ?(?:\?|$|[.,!]|so|please|pls|id|name|account|number|then|to))",
    r"\b(?:exchange|swap|trade|share) (?:our |your |my |phone )*(?:numbers|contacts?|number)\b",
    r"\b(?:can|may|could) i (?:have|get|take|ask) (?:for )?(?:your|ur|yr|you) (?:\w+ )?(?:number|contact|phone|line|account|profile)",
    r"\b(?:add|dm|pm|inbox|text|whatsapp|fb|telegram|ping|snap|skype|message|msg|email|e-mail|mail|facebook|zoom|facetime) (?:me|bong|oun|us)\b(?! (?:here|the|a|your|about|this|an|to the|any)\b)",
    rf"\bcall (?:me|you|u|us)(?= ?(?:$|[.,!?]|on\b|at\b|back|{_DAY}|when|please|pls|if|anytime|maybe|with))|\b(?:video|phone|voice) ?call(?:s|ing)?\b(?! (?:centre|center))|\bgive (?:me|you) a (?:call|ring)\b|\bring me\b|\bphone me\b",
    r"\b(?:contact|reach|find|search|search for|look for) me\b(?! (?:here|a|the|in this (?:chat|bot)))|\bfollow me(?: (?:on|at|pls|please|back)\b| ?$)|\blook me up\b|\bhit me up\b|\bsearch (?:for )?my name\b|\bget in touch with me\b|\bfriend request\b|\badd my\b|\bslide into\b",
    rf"\b{_TALK}\b.{{0,30}}\b(?:on|to|via|in|through|by|over|using|with|at|from) (?:the |my |your )?{_APP}\b",
    rf"\b{_TALK}\b.{{0,20}}\b(?:on|via|through|by) (?:line|zoom|signal|snap|phone)\b",
    rf"\b(?:do|have|did|are|r) (?:you|u|ya) (?:have |use |got |on |also |in |a )*{_APP}\b(?! (?:for|to|at|in|as))",
    rf"\b(?:you|u|bong|oun) (?:have|has|got|use|hv|hav) (?:a |an |any )?{_APP}\b(?! (?:for|to|at|in|as))",
    rf"\b(?:i'?m|i am|im|me) (?:on|in|at) {_APP}\b|\b{_APP} (?:me|id|name|acc|account|user ?name|handle)(?: is|:| =)|\b{_APP} ?[:=] ?\w|\b(?:on|in) {_APP} (?:i am|im|i'm|my name|as|under|look|search|find|name)|\b{_APP} (?:under|as) (?:the )?name\b|\bunder the name\b",
    rf"\b{_ID}(?: name)? (?:is|:|=) ?[\w.]+",
    r"\b(?:talk|chat|speak|message|continue|text|write|go|connect)\b.{0,20}\b(?:outside(?: (?:of )?(?:this|the|here))|off (?:this|the) (?:app|bot)|elsewhere|somewhere else|another (?:app|place|chat)|other app|different app|in private|privately|without (?:the|this) bot|not (?:on|in) this (?:bot|app)|directly with (?:me|you))",
    r"\b(?:bypass|avoid|trick|fool|get around|go around) (?:the|this) (?:bot|filter|system)",
)  # fmt: skip
_EN_HOLD_APP = (
    rf"\S*[_.]\S* (?:on|in|at) {_APP}\b|^(?:\S+ ){{1,3}}(?:on|at) {_APP}$",
    rf"\b{_APP} (?:{_ID} |name )?\S*[_.\d]\S*\w|\b{_APP} {_ID} \w",
    rf"\b(?:my|ur|your|yr|her|bong'?s) {_LOOSE_APP}\b",
    rf"\b(?:do|can|could|shall|should|may) (?:you|u|we|i) (?:have|use|join|open|add|play|try) (?:\w+ )?(?:{_APP}|zoom|line|signal|skype)\b",
    rf"\b(?:find|search|look|join|scan)\b.{{0,25}}\b{_APP}\b|\b{_APP}\b.{{0,15}}\b(?:search|find|name|username)\b",
    r"\bg ?mail\b|\bqr ?code\b|\bkhqr\b|\bscan (?:this|my|the)\b|\bmy (?:full|family|real|last) name\b",
)  # fmt: skip
_EN_MEET_STOP = (
    rf"\b(?:let'?s|lets|can we|could we|shall we|we can|we could|we should|want to|wanna|would you|why don'?t we|we) meet(?: up| me| you| each other| face)?(?: (?:in|at|near|outside|{_DAY})\b| ?$| ?[.?!,])",
    rf"\bmeet (?:me|up|in person|in real|offline|irl|outside|face to face)\b|\bmeet you (?:at|in|near|outside|there|{_DAY})|\bmeeting (?:you|me|up) (?:at|in|near|outside)|\b(?:wanna|want to|can i|can we|could i|may i|will i|let me|hope to|like to) (?:meet|see) (?:you|u|me|each other)\b(?! (?:in|on) (?:this|here))|\bin person\b.{{0,15}}\b(?:you|me|us)\b|\bface to face\b",
    r"\b(?:come|go|came|drop) (?:over )?(?:to|by) (?:my|your|ur) (?:house|home|place|room|dorm|village|shop|office|work|company|school|gate)\b|\bcome over\b|\bvisit (?:me|you|u|your (?:house|home|village|school|family|class)|my (?:house|home|place|office|company))\b|\bhang ?out\b(?! with my)|\bpick (?:you|u|me) up\b|\b(?:coffee|lunch|dinner|drink|movie) (?:with (?:me|you)|together|this|tomorrow|tonight)|\bgo out with (?:me|you)|\b(?:wait|waiting) for (?:you|me) (?:at|in front|near|outside)|\bsee you (?:at|in front|near|outside) (?:the |my |your )?(?:cafe|coffee|market|mall|park|school|house|gate|home|pagoda|aeon|riverside)",
)  # fmt: skip
_EN_PLACE_HOLD = (
    r"\bwhere (?:do|are|r) (?:you|u) (?:live|living|staying|stay)\b|\bwhere is (?:your|ur) (?:house|home|school|village)|\b(?:your|ur|my|home) (?:home )?address\b(?! (?:in|of))|\b(?:which|what) (?:village|street|school) (?:do|are) (?:you|u)\b|\bmy house is\b|\bi live (?:at|near|next|behind|on|in front|in .{2,30} (?:village|near|next|behind|close))\b|\bhouse (?:number|no)\b|\bstreet \d|\bst\. ?\d|\bare you (?:home )?alone\b",
)  # fmt: skip
_EN_MONEY_HOLD = (
    r"(?<!scholarship )(?<!they )(?<!it )(?<!school )(?<!job )(?<!company )(?<!parents )\b(?:send|lend|give|transfer|wire|loan|pay) (?:me|you|u|bong|oun|her|him|us)?(?: \w+)? ?(?:money|cash|\$|\d+ ?(?:\$|usd|dollars?|riels?)|top ?up|phone card|a gift)|\bborrow (?:some |a little )?(?:money|cash|\$|\d)|\b(?:my|your|ur) (?:bank|aba|wing|acleda) ?(?:account|number|acc)?\b|\b(?:bank )?account number\b|\bsend .{0,10}(?:via|by|to) (?:aba|wing|acleda)\b|\bpay (?:for )?(?:you|your)\b|\b(?:do you|you|u) need (?:some |any )?(?:money|cash|a phone|a laptop)\b|\bbuy you\b|\bgift for you\b",
)  # fmt: skip
_EN_SECRET_HOLD = (
    r"\b(?:don'?t|dont|do not|never|not) (?:tell|show(?: (?:this|it|our|the)(?: \w+)?)?(?: to)?|say (?:it|this|anything)? ?to|mention (?:it|this) to|let) (?:any ?(?:one|body)|your|ur|mom|mum|mother|father|dad|parents?|teachers?|them|her|the coordinator|coordinator|people|others)\b|\b(?:our|my|little|be a|keep a) secret\b|\b(?:just )?between (?:us|you and me)\b|\bkeep (?:it|this) (?:a )?(?:secret|between|quiet|private|to yourself)|\bdelete (?:this|the|our|these|all) (?:\w+ )?(?:chats?|messages?|conversation)|\b(?:nobody|no one) (?:needs to|should|must|has to|can|will) know\b|\bwithout (?:telling|anyone knowing|them knowing)",
)  # fmt: skip
_EN_PHOTO_HOLD = (
    r"\b(?:send|show|share|give|take|post|see|want)(?: me| you| us)? (?:\w+ )?(?:your|ur|a|my|one) (?:\w+ )?(?:photos?|pics?|pictures?|selfies?)\b|\bsend (?:me )?(?:pics?|photos?|selfies?)\b|\bwhat do you look like\b|\bturn on (?:your )?camera\b",
)  # fmt: skip

_K_APP = (
    "(?:ហ្វេសប៊ុក|ហ្វេសបុក|ហ្វេសប៊ុគ|ហ្វេសប៉ុក|ហ្វេកប៊ុក|ហ្វេបុក|ហ្វេស|ហ្វេក|តេឡេក្រាម|តេលេក្រាម|តេឡេ|តេលេ|"
    "មេសិនជើ|មេសេនជើ|មេសេនជឺ|មេសិនជឺ|វ៉តសាប់|វ៉ាត់សាប់|វ៉តអាប់|អ៊ីនស្តាក្រាម|អ៊ីនស្តា|អិនស្តា|ធីកតុក|តិកតុក|ឡាញ|"
    "អ៊ីម៉ូ|វីឆាត|វីឆាត់|facebook|face|fb|telegram|tele|tg|messenger|whatsapp|instagram|insta|ig|tiktok|line|"
    "imo|wechat|snapchat|zalo|viber)"
)
_K_MAIL = "(?:អ៊ីមែល|អ៊ីម៉ែល|អ៊ីម៉ៃល៍|អុីមែល|ជីមែល|ជីម៉ែល|email|gmail)"
_K_WHO = "(?:ខ្ញុំ|បងស្រី|បង|ប្អូន|អូន|ឯង|យើង|អញ)(?!\u17d2)"
_K_NUMBER = "(?:លេខ(?:ទូរស័ព្ទ|ទូរសព្ទ|តេ|ផូន|phone|tel)?|ទូរស័ព្ទលេខ|contact|number)"
_K_STOP_APP = (
    f"(?:{_K_NUMBER}|{_K_MAIL}|{_K_APP}|គណនី{_K_APP}?|ឈ្មោះ{_K_APP})(?:របស់|ផ្ទាល់ខ្លួន)*{_K_WHO}",
    f"(?:សុំ|ឱ្យ|ចង់បាន|ចង់សុំ|ដូរ|ប្តូរ|ទុក|ចែក|យក|ផ្ញើ|ប្រាប់)(?:{_K_NUMBER}(?!រៀង|កូដ|ទំព័រ|សំណួរ|បន្ទប់|តុ|ឆ្នោត|សម្ងាត់|\\d)|{_K_APP}|{_K_MAIL}{_K_WHO})",
    f"(?:អេដ|អែដ|អ៊េដ|អាដ|add|ឆាត|ឆាត់|chat|inbox|អ៊ីនបុក|អុីនបុក|អិនបុក|តេ|ខល|ខូល|call|dm|pm|text|follow|ហ្វូឡូ)(?:មក|ទៅ|ទៅកាន់)?{_K_WHO}|ទូរស័ព្ទ(?:មក|ទៅ){_K_WHO}",
    "(?:អេដ|អែដ|អ៊េដ|add|ឆាត|ឆាត់|inbox|អ៊ីនបុក|អិនបុក|ខល|ខូល|call|តេ|dm|ទូរស័ព្ទ)មក",
    f"(?:រក|ស្វែងរក|search|find|តាមដាន|សឺច|ស៊ើច|វាយ|ឆែក)(?:ឈ្មោះ)?(?:.{{0,12}})(?:ក្នុង|នៅ|តាម|លើ|នៅក្នុង|នៅលើ|on|in){_K_APP}",
    f"(?:និយាយ|ឆាត|ឆាត់|ជជែក|ទាក់ទង|បន្ត|ប្តូរ|ទៅ|ជួប|សរសេរ|ផ្ញើសារ|chat|talk)(?:គ្នា|មក|ទៅ|ជាមួយ|{_K_WHO})*(?:ក្នុង|តាម|នៅ|លើ|ទៅ|នៅក្នុង|តាមរយៈ)*(?:app)?{_K_APP}",
    f"{_K_WHO}(?:មាន|ប្រើ|លេង|អត់មាន){_K_APP}",
    f"មាន{_K_APP}(?:ទេ|អត់|អី|ដែរ)",
    f"{_K_APP}(?:ឈ្មោះ|ឈ្មោះថា|:|=|គឺ|មាន)",
    f"(?:ទាក់ទង)(?:មក)?(?:{_K_WHO}|ផ្ទាល់|ខាងក្រៅ)",
    "(?:និយាយ|ជជែក|ឆាត|ទាក់ទង|ជួប).{0,20}(?:ក្រៅ(?:ពី)?(?:bot|បុត|ប៊ូត|កម្មវិធី|app|ទីនេះ|នេះ|ប្រព័ន្ធ)|ខាងក្រៅ|app\\s?ផ្សេង|កន្លែងផ្សេង|ដោយផ្ទាល់)",
    "ក្រៅ(?:ពី)?(?:bot|បុត|ប៊ូត|កម្មវិធី|app|ទីនេះ|នេះ).{0,20}(?:និយាយ|ជជែក|ឆាត|ទាក់ទង)",
    f"(?:តេ|ខល|ទូរស័ព្ទ)(?:រក|ឱ្យ|ទៅរក|មករក){_K_WHO}",
    "មិនចាំបាច់(?:តាម|ប្រើ)(?:bot|បុត|កម្មវិធី)",
)  # fmt: skip
_K_HOLD_APP = (f"(?:ផ្ញើ|ប្រាប់|ឈ្មោះ){_K_MAIL}", "ឈ្មោះពេញ|នាមត្រកូល(?:ខ្ញុំ|អូន)|qr|ស្កេន")
_K_MEET_STOP = (
    "ជួបគ្នា(?!ថ្ងៃក្រោយ|លើកក្រោយ|ម្តងទៀតនៅទីនេះ)(?:នៅ(?!ទីនេះ)|ទេ|ផ្ទាល់|ខាងក្រៅ|ថ្ងៃ|ស្អែក|ក្រៅ|បាន|មួយ|អត់|តើ|ល្ងាច|អាទិត្យ|ចុង)|ណាត់(?:ជួប|គ្នា)|(?:ចង់|អាច|មក|ទៅ|ចេញមក)ជួប(?:បង|អូន|ប្អូន|ខ្ញុំ)(?!\u17d2)|ជួប(?:បង|អូន|ប្អូន|ខ្ញុំ)(?:នៅ|ផ្ទាល់|បាន|ស្អែក|ថ្ងៃ)|(?:មក|ទៅ)(?:លេង)?ផ្ទះ(?:ខ្ញុំ|បង|អូន|ប្អូន)(?!\u17d2)|(?:មក|ទៅ)(?:ទទួល|យក|ជូន)(?:អូន|ប្អូន)|(?:ផឹក|ញ៉ាំ|ហូប).{0,8}ជាមួយ(?:បង|អូន|ប្អូន|គ្នា)|ដើរលេង(?:ជាមួយ)?(?:បង|អូន|ប្អូន|គ្នា)|(?:រង់ចាំ|ចាំ)(?:អូន|ប្អូន|បង)នៅ",
)  # fmt: skip
_K_PLACE_HOLD = (
    "ផ្ទះ(?:របស់)?(?:អូន|ប្អូន|បង|ឯង)(?:នៅ)?(?:ឯ|កន្លែង|ម្តុំ)*ណា|(?:អូន|ប្អូន|បង|ឯង)(?:រស់|ស្នាក់)?នៅ(?:ឯ|ឯកន្លែង|ម្តុំ)?ណា|(?:អូន|ប្អូន|បង|ខ្ញុំ|ផ្ទះ)(?:រស់)?នៅ(?:ភូមិ|ឃុំ|ផ្ទះលេខ|ផ្លូវ|ជិត|ក្បែរ|ម្តុំ)|រៀន(?:នៅ)?សាលា(?:ណា|អី)|អាសយដ្ឋាន|អាស័យដ្ឋាន|នៅផ្ទះម្នាក់ឯង",
)  # fmt: skip
_K_MONEY_HOLD = (
    "ខ្ចី(?:លុយ|ប្រាក់)|ផ្ញើ(?:លុយ|ប្រាក់)|ផ្ទេរ(?:លុយ|ប្រាក់)|ឱ្យ(?:លុយ|ប្រាក់)(?:អូន|បង|ខ្ញុំ|ប្អូន)|(?:បញ្ចូល|បាញ់|វេរ)លុយ|(?:aba|wing|អេប៊ីអេ|វីង|គណនីធនាគារ|លេខគណនី)(?:របស់)?(?:បង|អូន|ខ្ញុំ|ប្អូន|មក)|លេខគណនី|ទិញ.{0,12}ឱ្យ(?:អូន|ប្អូន)|(?:បង់|ចេញ|ជួយ)(?:ថ្លៃ|លុយ).{0,12}(?:អូន|ប្អូន)|បង(?:ជួយ|ឱ្យ|អាចឱ្យ)(?:លុយ|ប្រាក់)|កាតទូរស័ព្ទ",
)  # fmt: skip
_K_SECRET_HOLD = (
    "កុំប្រាប់(?!ខ្ញុំ|អូន|បងថា)|(?:ទុក|ជា)(?:រឿង|ការ)?(?:ជា)?(?:ការ)?សម្ងាត់|រឿងសម្ងាត់|អាថ៌កំបាំង|លុប(?:សារ|ឆាត|ការសន្ទនា)|កុំឱ្យ(?:គេ|ម៉ាក់|ប៉ា|គ្រូ|អ្នកសម្របសម្រួល|ឪពុក|ម្តាយ|នរណា|អ្នកណា|អ្នកផ្សេង)|ដឹងតែ(?:ពីរនាក់|យើង|បង|អូន|គ្នា)|តែយើងពីរនាក់",
)  # fmt: skip
_K_PHOTO_HOLD = (
    "(?:ផ្ញើ|សុំ|ថត|បង្ហាញ|មើល|ចង់ឃើញ)(?:មើល)?រូប(?:ថត)?(?:មក|អូន|បង|ប្អូន|ខ្ញុំ|ឯង|របស់)(?!\u17d2)|សុំមើលរូប|បើកកាមេរ៉ា",
)  # fmt: skip

_R_WHO = r"(?:bongsrey|bong|pong|bg|oun|own|aun|p'?oun|knhom|khnhom|knhum|knyom|khnom|knom|kyom|nhom|nyom|ey?ng)"
_R_NUMBER = r"(?:lek|lekh|leik|lk|lex|number|numb|num|phone|contact)"
_R_STOP_APP = (
    rf"\b{_R_NUMBER} (?:phone |tel |tell |tou?ro?sa[bp] |tourasap |telephone |robos |rbos |rbs )*{_R_WHO}\b|\b(?:{_APP}|gmail|email|line) (?:robos |rbos |rbs )?{_R_WHO}\b",
    rf"\b(?:som|sum|soum|sm|oy|aoy|ouy|dak|dac|jong ban|jg ban|chong ban|chong dong|jong deng|pnher|phnher|pnhae|dour|dor|pdo|tuk) (?:{_R_WHO} )?(?:{_R_NUMBER}|{_APP}|gmail|line)\b",
    rf"\b(?:add|ad|ed|chat|inbox|call|khol|kol|tel|text|dm|pm|follow|tak ?tong|teak ?tong|takto|search|rok) (?:mok |mk |tov |tv |meul |merl )?{_R_WHO}\b",
    r"\b(?:call|chat|inbox|add|ad|khol|kol|tel|fb|tele|dm|tak ?tong|teak ?tong) (?:mok|mk)\b",
    rf"\b(?:{_R_WHO} )?(?:mean|mian|men|prer|pror|ber|brer|leng|leg) (?:{_APP}|line)(?: (?:te|ot|ort|at)\b|\?|$)",
    rf"\b(?:ni?yeay|nyeay|nieay|niyay|nyay|jechek|chochek|chat|tov|tv|to|bon|rok) (?:knea |kn |knear |mok |{_R_WHO} )?(?:knong|kng|tam|nov|nv|ler|le|leu|krav|krao) {_APP}\b",
    r"\b(?:krav|krao|krau) (?:pi |bi )?(?:bot|app)\b|\b(?:ni?yeay|nyeay|nieay|niyay|chat|jechek) .{0,12}\b(?:krav|krao|krau)\b",
    rf"\b(?:jol|chol|joul|tov|tv|mok|ber|baek) {_APP}\b",
    rf"\b(?:rok|search|merl|meul|find) .{{0,15}}\b(?:knong|kng|tam|nov|nv|ler) {_APP}\b",
    rf"\b{_APP} (?:chmous|chhmous|chmoh|chhmoh|chmouh|chmos)\b|\b(?:chmous|chhmous|chmoh|chhmoh|chmouh) {_APP}\b",
)  # fmt: skip
_R_MEET_STOP = (
    r"\b(?:mok|mk|tov|tv|tor) (?:leng|laeng)\b",
    rf"\b(?:chuob|juob|chub|jub|jop|chuop|joub|chob|choub|juop|chuab|juab) (?:knea|kn|knear|kneah|{_R_WHO})\b|\bn[ao]t (?:chuob|jub|juob|knea|chub|joub)\b|\b(?:mok|mk|tov|tv|tor) (?:leng |laeng |leg )?(?:pteas|phteah|pteah|ptes|ftes|phtes|phteas|pteh)\b|\b(?:tov|tv|mok|mk) (?:yok|tortoul|totul|jun) {_R_WHO}\b|\b(?:derleng|dae?r leng|der leng|dae leng) (?:jea ?mu?oy |chea ?mu?oy |jm )?{_R_WHO}\b",
)  # fmt: skip
_R_HOLD: tuple[tuple[Reason, str], ...] = (
    ("place", rf"\b(?:pteas|phteah|pteah|ptes|phteas) (?:{_R_WHO} )?(?:nov|nv) ?(?:na|ena|e na|ae na|ae ?na)\b|\b{_R_WHO} nov (?:na|ena|phum|pum|khum)\b|\brean (?:nov )?sala (?:na|ey)\b"),
    ("money", r"\b(?:khchey|kchey|kjey|kchei|khjey|phnher|pnher|pher|oy|ouy|aoy|pnhae|banh|vey|ver|phtes|ptes) (?:luy|loy|lui|brak|prak)\b|\b(?:aba|wing) (?:mok|mk|bong|oun|knhom)\b"),
    ("secrecy", r"\b(?:kom|kum|km|kon) (?:brab|prab|prap|brap|pra?b|broab|proab)\b|\b(?:som|sam|sorm|rueng|reung) ?(?:ngat|samngat|somngat)\b|\blu[bp] (?:sa|sar|chat|message)\b|\b(?:kom|kum|km) (?:oy|ouy|aoy) (?:ke|mak|pa|kru|nak ?na)\b"),
    ("photo", rf"\b(?:pnher|phnher|pnhae|som|sum|send) (?:merl |meul )?(?:ru[bp]|roo[bp]|pic|photo|selfie)(?: (?:mok|mk|{_R_WHO}|thot))?\b"),
)  # fmt: skip


def _rules() -> tuple[Rule, ...]:
    rules: list[Rule] = []

    def add(verdict: Verdict, reason: Reason, patterns: tuple[str, ...], *, tight: bool) -> None:
        rules.extend(
            Rule(verdict, reason, tight, re.compile(khmer_key(pattern))) for pattern in patterns
        )

    add("stop", "app", (*_EN_STOP_APP, *_R_STOP_APP), tight=False)
    add("stop", "app", _K_STOP_APP, tight=True)
    add("stop", "meeting", (*_EN_MEET_STOP, *_R_MEET_STOP), tight=False)
    add("stop", "meeting", _K_MEET_STOP, tight=True)
    add("hold", "secrecy", _EN_SECRET_HOLD, tight=False)
    add("hold", "secrecy", _K_SECRET_HOLD, tight=True)
    add("hold", "money", _EN_MONEY_HOLD, tight=False)
    add("hold", "money", _K_MONEY_HOLD, tight=True)
    add("hold", "photo", _EN_PHOTO_HOLD, tight=False)
    add("hold", "photo", _K_PHOTO_HOLD, tight=True)
    add("hold", "place", _EN_PLACE_HOLD, tight=False)
    add("hold", "place", _K_PLACE_HOLD, tight=True)
    for reason, pattern in _R_HOLD:
        add("hold", reason, (pattern,), tight=False)
    add("hold", "app", _EN_HOLD_APP, tight=False)
    add("hold", "app", _K_HOLD_APP, tight=True)
    return tuple(rules)


RULES = _rules()
